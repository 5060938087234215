import { ERRORS } from './texts.ts'

/** What goes back on the wire. */
export interface Answer {
  readonly status: number
  readonly body: string
  readonly html?: boolean
  readonly headers?: Readonly<Record<string, string>>
  /** Called once the whole of it was handed to a live connection. */
  readonly delivered?: () => void
}

/** What a request will do when its time comes. */
export interface Action {
  /** The members that it holds while it is under way, each as `type:value`. */
  readonly keys: readonly string[]
  /** `busy`: those of the keys that another request holds. */
  perform(busy: ReadonlySet<string>): Answer
}

/** Codes that pass by themselves: whoever gets one has no final answer yet. */
export const PASSING: ReadonlySet<number> = new Set([429, 461, 517, 521, 2010, 4001])

/** An `errors` envelope (capillary-facts.md, section 4). */
export function errorsAnswer(status: number, code: number, message?: string, delivered?: () => void): Answer {
  const text = message ?? ERRORS[code] ?? `Error ${code}`
  return { status, body: JSON.stringify({ errors: [{ status: false, code, message: text }] }), delivered }
}

/** The HTTP status of an error: the few that the pages tie to one, and else what the simulator was told to use. */
export function statusOf(code: number, businessStatus: number): number {
  switch (code) {
    case 400:
    case 401:
    case 403:
    case 404:
    case 429:
      return code
    case 4000:
      return 403
    case 4001:
      return 503
    default:
      return businessStatus
  }
}

/** What a gateway in front of the API sends: HTML, never an envelope. */
export function gatewayAnswer(status: number): Answer {
  const headers = status >= 300 && status < 400 ? { headers: { Location: 'https://elsewhere.example/' } } : undefined
  const title = `${status} ${GATEWAY_TITLES[status] ?? 'Error'}`
  const body = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><center><h1>${title}</h1></center></body></html>\n`
  return { status, body, html: true, ...headers }
}

const GATEWAY_TITLES: Readonly<Record<number, string>> = {
  302: 'Found',
  403: 'Request blocked',
  404: 'Not Found',
  407: 'Proxy Authentication Required',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
  520: 'Web server is returning an unknown error',
}

/** An action that gives the same answer whatever happens meanwhile. */
export function fixed(answer: Answer): Action {
  return { keys: [], perform: () => answer }
}
