/** Where the processes of an account keep their one token. What fails here is thrown: then a process has a token for itself. */
export interface TokenStore {
  /** The token that was put there last, unless its life is over. */
  read(): Promise<SharedToken | undefined>
  /** `ttlMs`: its whole life, from now. */
  write(token: string, ttlMs: number): Promise<void>
  /** The right to ask for a token, which one process has at a time, and loses when it dies; undefined: another has it. */
  lock(): Promise<TokenLock | undefined>
}

export interface SharedToken {
  readonly token: string
  readonly ttlMs: number
  /** What is left of its life. */
  readonly leftMs: number
}

export interface TokenLock {
  release(): Promise<void>
}
