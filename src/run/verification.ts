import type { Ledger } from '../ledger/ledger.ts'
import { lanes } from '../lanes/lanes.ts'
import type { Json, LaneName, SourceRow } from '../model.ts'
import type { CompiledPlan } from '../plan/compile-plan.ts'
import type { Source } from '../source/open-source.ts'
import { type MemberCheck, expectMember } from './expect-member.ts'

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

/** The members that a run imported, or perhaps did, as the rows of a verification: under the numbers that they have. */
export function verificationRows(ledger: Pick<Ledger, 'results' | 'counts' | 'close'>, plan: CompiledPlan): Source {
  const rowsInAll = ledger.counts().rows
  let rowsRead = 0
  async function* chunks(): AsyncGenerator<readonly SourceRow[]> {
    let chunk: SourceRow[] = []
    for (const row of ledger.results()) {
      rowsRead += 1
      const check = expectMember(row, plan.render({ row: row.row, line: row.line, input: row.input, raw: row.raw }))
      if (check === undefined) continue
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
