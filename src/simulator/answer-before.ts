import { errorsAnswer, gatewayAnswer, statusOf } from './answer.ts'
import { v1Refusal } from './v1/reply.ts'
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
      return refused(401, lane)
    case 'forbiddenPage':
      return gatewayAnswer(403)
    case 'throttled429':
      return throttled(undefined, lane)
    case 'throttled429RetryAfter':
      return throttled(1, lane)
    case 'busy521':
      return lane === 'register' || lane === 'update' ? errorsAnswer(statusOf(521, businessStatus), 521) : undefined
    default:
      return undefined
  }
}

/** The refusal of a request as such, in the form of its lane: nobody documents its body. */
function refused(status: 401 | 429, lane: SimulatorLane, message?: string): Answer {
  const isV1 = lane === 'register-v1' || lane === 'look-up-v1'
  return isV1 ? v1Refusal(status, status, message) : errorsAnswer(status, status, message)
}

/** A 429, with Retry-After where seconds are given: nobody documents its headers either. */
export function throttled(retryAfterSeconds: number | undefined, lane: SimulatorLane, message?: string): Answer {
  const answer = refused(429, lane, message)
  return retryAfterSeconds === undefined ? answer : { ...answer, headers: { 'Retry-After': String(retryAfterSeconds) } }
}
