/** Node's code for a proxy that does not let a connection through. */
export const TUNNEL_ERROR = 'ERR_PROXY_TUNNEL'

/** What a proxy said instead, as `407 Proxy Authentication Required`, from Node's words of it; undefined where it said nothing. */
export function tunnelAnswer(message: string): string | undefined {
  return /HTTP\/\d\S* (\d{3}.*)$/.exec(message)?.[1]
}

/** Whether it wants to know who we are, which no second try will tell it. */
export function asksForLogin(answer: string | undefined): boolean {
  return answer?.startsWith('407') === true
}
