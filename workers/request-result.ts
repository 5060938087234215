import type { Exchange } from '../src/capillary/exchange.ts'
import type { Answer } from '../src/capillary/verdict.ts'
import type { RequestResult } from '../src/model.ts'

/**
 * What became of a request as a whole. `ok`: it settled a row, or brought what the next request needs; `rejected`: the API
 * said no to all of it; `retried`: nothing of it is settled, and it goes again; `lost`: no reply came.
 */
export function requestResult(came: Exchange, answer: Answer): RequestResult {
  if (came.kind === 'fault') return 'lost'
  switch (answer.kind) {
    case 'throttled':
      return 'throttled'
    case 'retry':
      return 'retried'
    case 'halt':
    case 'refused':
      return 'rejected'
    case 'rows': {
      const { verdicts } = answer
      if (verdicts.some((verdict) => verdict.kind === 'next' || (verdict.kind === 'final' && isDone(verdict.status))))
        return 'ok'
      return verdicts.some(({ kind }) => kind === 'final') ? 'rejected' : 'retried'
    }
  }
}

function isDone(status: string): boolean {
  return status !== 'rejected' && status !== 'failed'
}

/** The same of a request that only looks something up, which is read apart. */
export function lookUpResult(came: Exchange): RequestResult {
  if (came.kind === 'fault') return 'lost'
  if (came.kind === 'reply' && came.status === 429) return 'throttled'
  return came.kind === 'reply' && came.status < 400 ? 'ok' : 'rejected'
}
