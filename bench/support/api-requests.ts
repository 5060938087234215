import { readFileSync } from 'node:fs'
import type { ApiRequest } from '../../src/capillary/exchange.ts'
import { linkRequest, registerRequest } from '../../src/capillary/requests.ts'
import type { LaneName, LinkRequest } from '../../src/model.ts'
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
  const requests: ApiRequest[] = []
  let links: LinkRequest[] = []
  for await (const rows of source.chunks()) {
    for (const row of rows) {
      const rendered = compiled.render(row)
      if (rendered.kind !== 'requests') throw new Error(`row ${row.row} is ${rendered.kind}: ${rendered.message}`)
      if (lane === 'register' && rendered.register !== undefined) requests.push(registerRequest(rendered.register))
      if (lane === 'link' && rendered.link !== undefined) links.push(rendered.link)
      if (links.length === loaded.link?.batch) {
        requests.push(linkRequest(links))
        links = []
      }
    }
  }
  if (links.length > 0) requests.push(linkRequest(links))
  await source.close()
  return requests
}
