import type { Json } from '../../src/model.ts'
import type { Fault, Reply } from '../../src/capillary/exchange.ts'

/** A reply as the client gives it; a body that is no string is sent as JSON. */
export function reply(status: number, body: Json, headers: Readonly<Record<string, string>> = {}): Reply {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { kind: 'reply', status, headers, text, requestId: 'r-1', latencyMs: 5 }
}

export function fault(code: string, maybeSent: boolean): Fault {
  return { kind: 'fault', code, message: 'it broke', maybeSent, latencyMs: 5 }
}

/** The API's v2 error envelope with one error. */
export function errors(code: Json, message: string): Json {
  return { errors: [{ status: false, code, message }] }
}

export const htmlPage = '<!DOCTYPE html><html><head><title>Bad gateway</title></head><body>…</body></html>'
