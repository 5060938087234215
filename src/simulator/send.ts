import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Answer } from './answer.ts'
import { gatewayAnswer } from './answer.ts'
import type { FaultName } from './faults.ts'

/** How a request may be read and answered: what leaves is told by its HTTP status, 0 where it was not whole. */
export interface Wire {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly requestId: string
}

/** Reads a request's body. Never called back where the client goes away before its end. */
export function readText(request: IncomingMessage, done: (text: string) => void): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  // A client that hangs up is no fault of ours.
  request.on('error', () => {})
  request.on('end', () => {
    const [only] = chunks
    done(chunks.length === 1 && only !== undefined ? only.toString() : Buffer.concat(chunks).toString())
  })
}

/** Sends an answer, or what the fault makes of it. Gives the status that left whole, or 0. */
export function send(answer: Answer, wire: Wire, fault?: FaultName): number {
  const { request } = wire
  if (request.socket.destroyed) return 0
  switch (fault) {
    case 'lostAfter':
      request.socket.destroy()
      return 0
    case 'resetHalfway':
      sendHalf(answer, wire)
      return 0
    case 'http504After':
      return sendWhole(gatewayAnswer(504), wire)
    case 'brokenJson':
      return sendWhole({ status: 200, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) }, wire)
    default: {
      const status = sendWhole(answer, wire)
      answer.delivered?.()
      return status
    }
  }
}

function sendWhole(answer: Answer, { response, requestId }: Wire): number {
  response.writeHead(answer.status, headersOf(answer, requestId))
  response.end(answer.body)
  return answer.status
}

function sendHalf(answer: Answer, { request, response, requestId }: Wire): void {
  response.writeHead(answer.status, headersOf(answer, requestId))
  response.write(answer.body.slice(0, Math.floor(answer.body.length / 2)), () => request.socket.resetAndDestroy())
}

function headersOf({ body, html, headers }: Answer, requestId: string): Record<string, string | number> {
  return {
    'Content-Type': html === true ? 'text/html' : 'application/json;charset=UTF-8',
    'Content-Length': Buffer.byteLength(body),
    'X-Cap-Requestid': requestId,
    ...headers,
  }
}
