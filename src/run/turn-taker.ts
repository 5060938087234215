import { LAST_TURN, type Turns } from '../broker/turns.ts'

/** `high`: for an operator who waits for it. Others go on meanwhile, more slowly. */
export type Priority = 'normal' | 'high'

/** How many batches of a run go while one of a normal run does. */
const WEIGHT: Readonly<Record<Priority, number>> = { normal: 1, high: 8 }

/** Takes a run's turns on a lane: after its own last one, and not before what the lane has come to. */
export class TurnTaker {
  readonly #queue: string
  readonly #turns: Turns | undefined
  readonly #step: number
  #last = 0

  constructor(queue: string, turns: Turns | undefined, priority: Priority) {
    this.#queue = queue
    this.#turns = turns
    this.#step = 1 / WEIGHT[priority]
  }

  /** The turns of the next batches, in order; undefined ones where the run has the lane for itself. */
  async take(batches: number): Promise<readonly (number | undefined)[]> {
    if (this.#turns === undefined) return Array.from({ length: batches }, () => undefined)
    this.#last = Math.max(this.#last, await this.#turns.latest(this.#queue))
    return Array.from({ length: batches }, () => {
      this.#last += this.#step
      return Math.min(Math.ceil(this.#last), LAST_TURN)
    })
  }
}
