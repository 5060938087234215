import type { Readable } from 'node:stream'

/** What a handler answers. `json`: as it is; `text`: already rendered; `stream`: a file, piece by piece. */
export type Reply =
  | { readonly kind: 'json'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'text'; readonly status: number; readonly body: string; readonly type: string }
  | {
      readonly kind: 'stream'
      readonly body: Readable
      readonly type: string
      readonly bytes?: number
      readonly headers?: Readonly<Record<string, string>>
    }

/** Something that cannot be done as asked: what a caller is told, with which HTTP status. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: 400 | 401 | 403 | 404 | 409 | 413

  constructor(status: Refusal['status'], message: string) {
    super(message)
    this.status = status
  }
}

export function ok(body: unknown, status = 200): Reply {
  return { kind: 'json', status, body }
}
