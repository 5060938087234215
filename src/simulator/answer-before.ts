import { errorsAnswer, gatewayAnswer, statusOf } from './answer.ts'
import type { Answer } from './answer.ts'
import type { FaultName } from './faults.ts'
import type { SimulatorLane } from './lanes.ts'

/** The answer of a fault that comes before anything is done. */
export function answerBefore(fault: FaultName, lane: SimulatorLane, businessStatus: number): Answer | undefined {
  switch (fault) {
    case 'lostBefore': // never sent: its socket is destroyed
    case 'http502':
      return gatewayAnswer(502)
    case 'http503':
      return gatewayAnswer(503)
    case 'http503RetryAfter':
      return { ...gatewayAnswer(503), headers: { 'Retry-After': '1' } }
    case 'http504':
      return gatewayAnswer(504)
    case 'http520':
      return gatewayAnswer(520)
    case 'error500Body':
      return { status: 500, body: '{"timestamp":1763789000000,"status":500,"error":"Internal Server Error"}' }
    case 'unauthorized':
    case 'unauthorizedTwice':
      return errorsAnswer(401, 401)
    case 'forbiddenPage':
      return gatewayAnswer(403)
    case 'throttled429':
      return throttled(undefined)
    case 'throttled429RetryAfter':
      return throttled(1)
    case 'busy521':
      return lane === 'register' ? errorsAnswer(statusOf(521, businessStatus), 521) : undefined
    case 'lostAfter':
    case 'resetHalfway':
    case 'slow':
    case 'http504After':
    case 'brokenJson':
      return undefined
    default:
      return fault satisfies never
  }
}

/** A 429, with Retry-After where seconds are given: nobody documents its body or headers. */
export function throttled(retryAfterSeconds: number | undefined, message?: string): Answer {
  const answer = errorsAnswer(429, 429, message)
  return retryAfterSeconds === undefined ? answer : { ...answer, headers: { 'Retry-After': String(retryAfterSeconds) } }
}
