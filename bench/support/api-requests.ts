import { readFileSync } from 'node:fs'
import type { ApiRequest } from '../../src/capillary/exchange.ts'
import type { LaneRow } from '../../src/lanes/lane.ts'
import { laneNamed } from '../../src/lanes/lanes.ts'
import type { LaneName } from '../../src/model.ts'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'
import { openSource } from '../../src/source/open-source.ts'

export interface RequestsOptions {
  readonly lane: LaneName
  readonly file: string
  readonly plan: string
}

/** The requests that rollcall would send for a file on a lane, in its order. */
export async function requestsOf({ lane, file, plan }: RequestsOptions): Promise<readonly ApiRequest[]> {
  const source = await openSource(file)
  const loaded = loadPlan(readFileSync(plan, 'utf8'), plan)
  const compiled = compilePlan(loaded, source.columns)
  const { request, rowsPerRequest } = laneNamed(lane)
  const batch = loaded.lanes[lane]?.batch ?? rowsPerRequest
  const requests: ApiRequest[] = []
  let gathered: LaneRow[] = []
  for await (const rows of source.chunks()) {
    for (const row of rows) {
      const rendered = compiled.render(row)
      if (rendered.kind !== 'requests') throw new Error(`row ${row.row} is ${rendered.kind}: ${rendered.message}`)
      const asked = rendered.requests[lane]
      if (asked !== undefined) gathered.push({ request: asked })
      if (gathered.length === batch) {
        requests.push(request(gathered))
        gathered = []
      }
    }
  }
  if (gathered.length > 0) requests.push(request(gathered))
  await source.close()
  return requests
}
