import type { Broker } from './broker.ts'
import { PREFIX } from './job-options.ts'

/**
 * Whose turn it is on a lane that several runs share. Each batch has a turn, a number that is its job's priority; the
 * lowest goes first, and the lane remembers the latest that began. A run that comes later takes the turns from there,
 * so that runs go in step, whatever their sizes.
 */
export interface Turns {
  /** A batch with that turn was taken up on that queue. */
  began(queue: string, turn: number): Promise<void>
  /** The latest turn that began on that queue; 0 where none did for a while. */
  latest(queue: string): Promise<number>
}

/** BullMQ takes no higher priority than this. Beyond, batches go in the order in which they came. */
export const LAST_TURN = 2_097_151
/** A lane that nobody used for so long begins anew. */
const FORGET_AFTER_S = 3_600

function keyOf(queue: string): string {
  return `${PREFIX}:turn:${queue}`
}

/** Undefined on the embedded broker, which one run has for itself. */
export function laneTurns({ redis }: Broker): Turns | undefined {
  if (redis === undefined) return undefined
  return {
    async began(queue, turn) {
      // A sorted set of one, because it alone can be set to the greater of two.
      await redis.multi().zadd(keyOf(queue), 'GT', turn, 'latest').expire(keyOf(queue), FORGET_AFTER_S).exec()
    },
    async latest(queue) {
      return Number((await redis.zscore(keyOf(queue), 'latest')) ?? 0)
    },
  }
}
