import { isoTime, syncAsJson } from '../../app/sync/sync-json.ts'
import type { Moment } from '../../app/top/look.ts'
import { workersAsJson } from '../../app/workers/list-workers.ts'
import { progressAsJson } from './json-events.ts'

/** What is under way, for scripts: runs as `--progress json` tells of them, syncs as `sync list` does. */
export function topAsJson({ at, runs, workers, problem, syncs }: Moment): object {
  return {
    at: isoTime(at),
    runs: runs.map(({ file, progress }) => ({ file, ...progressAsJson(progress) })),
    workers: workers === undefined ? null : workersAsJson(workers),
    problem: problem ?? null,
    syncs: syncs.map(syncAsJson),
  }
}
