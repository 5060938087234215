import type { Ledger, ResultRow } from '../ledger/ledger.ts'
import { laneNamed, lanes } from '../lanes/lanes.ts'
import type { Json, LaneName, SourceRow } from '../model.ts'
import type { CompiledPlan } from '../plan/compile-plan.ts'
import type { Source } from '../source/open-source.ts'
import { type MemberCheck, expectMember } from './expect-member.ts'
import { type Sample, chooser } from './sample.ts'

/** What a row of a verification holds, as its `input`. */
interface Expectation extends Omit<MemberCheck, 'lane'> {
  readonly key: string
  /** Those of an earlier rollcall do not say: then it is the verification's only one. */
  readonly lane?: LaneName
}

/** The lanes that verify what these have done. */
export function verifiersOf(imported: readonly LaneName[]): readonly LaneName[] {
  const ways = new Set(lanes.flatMap(({ name, verified }) => (imported.includes(name) ? (verified?.by ?? []) : [])))
  return lanes.flatMap(({ name, verifies }) => (verifies !== undefined && ways.has(verifies.by) ? [name] : []))
}

/** The plan of a verification: a row is a member to be looked up, on one of these lanes. */
export function verificationPlan(verifiers: readonly LaneName[]): CompiledPlan {
  return {
    lanes: verifiers,
    columnsUsed: [],
    render({ input }) {
      const {
        key,
        lane = verifiers[0],
        request,
      } = (input.kind === 'value' ? input.value : null) as unknown as Expectation
      return { kind: 'requests', key, members: [], requests: lane === undefined ? {} : { [lane]: request } }
    },
  }
}

const CHUNK_ROWS = 500

/** How many members a verification would look up. */
export interface Survey {
  readonly members: number
  /** Rows and requests by lane: the requests are the fewest that it takes. */
  readonly lanes: Readonly<Record<LaneName, { readonly rows: number; readonly requests: number }>>
}

/** Counts the members that a run imported, or perhaps did, as far as they can be looked up. */
export function surveyMembers(ledger: Pick<Ledger, 'results'>, plan: CompiledPlan): Survey {
  let members = 0
  const counted = new Map<LaneName, { rows: number; requests: number }>()
  for (const row of ledger.results()) {
    const check = checkOf(row, plan)
    if (check === undefined) continue
    members += 1
    const { rowsPerRequest, verifies } = laneNamed(check.lane)
    const lane = counted.get(check.lane) ?? { rows: 0, requests: 0 }
    lane.rows += 1
    lane.requests += (verifies?.requestsFor?.(check.request) ?? 1) / rowsPerRequest
    counted.set(check.lane, lane)
  }
  const lanesAsked = [...counted].map(([lane, { rows, requests }]) => [lane, { rows, requests: Math.ceil(requests) }])
  return { members, lanes: Object.fromEntries(lanesAsked) as Survey['lanes'] }
}

function checkOf(row: ResultRow, plan: CompiledPlan): MemberCheck | undefined {
  return expectMember(row, plan.render({ row: row.row, line: row.line, input: row.input, raw: row.raw }))
}

/**
 * The members that a run imported, or perhaps did, as the rows of a verification: under the numbers that they have. With
 * a sample: those in it.
 */
export function verificationRows(
  ledger: Pick<Ledger, 'results' | 'counts' | 'close'>,
  plan: CompiledPlan,
  sample?: Sample,
): Source {
  const rowsInAll = ledger.counts().rows
  let rowsRead = 0
  async function* chunks(): AsyncGenerator<readonly SourceRow[]> {
    let chunk: SourceRow[] = []
    const isChosen = sample === undefined ? () => true : chooser(sample)
    for (const row of ledger.results()) {
      rowsRead += 1
      const check = checkOf(row, plan)
      if (check === undefined || !isChosen()) continue
      const expectation: Expectation = { key: row.key, ...check }
      chunk.push({
        row: row.row,
        line: row.line,
        input: { kind: 'value', value: expectation as unknown as Json },
      })
      if (chunk.length < CHUNK_ROWS) continue
      yield chunk
      chunk = []
    }
    yield chunk
  }
  return {
    format: 'jsonl',
    columns: undefined,
    notes: [],
    unread: [],
    passedOver: [],
    stamps: [],
    readHash: () => Promise.resolve(undefined),
    chunks,
    // Rows in the place of bytes: as good for telling how far it is.
    get progress() {
      return { bytesRead: rowsRead, bytesTotal: rowsInAll }
    },
    close: async () => ledger.close(),
  }
}
