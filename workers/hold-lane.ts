import type { Step } from '../src/lanes/lane.ts'
import type { Visit } from './visit.ts'

/** `slower`: that was too fast. */
export interface Hold {
  readonly reason: string
  /** Undefined: nobody said for how long. */
  readonly ms: number | undefined
  readonly slower: boolean
}

/** The whole lane waits, because the API said so. After a 429 the rows go out again without having lost an attempt. */
export async function holdLane({ reason, ms, slower }: Hold, { pace }: Step, visit: Visit): Promise<void> {
  const { batch, tools } = visit
  const since = Date.now()
  const until = await (pace === undefined ? tools.pacer : tools.pacerOf(pace)).hold(ms, { slower })
  const lane = pace ?? tools.lane.name
  // What comes beside it, of requests that were under way, is told as well: its words may be others.
  tools.patience.isNews(batch.data.run, lane, until - Date.now())
  tools.tell({ kind: 'lane-held', lane, from: since, until })
  await tools.notify(batch.data.run, { kind: 'throttled', lane, since, until, reason })
}
