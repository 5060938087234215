import type { Ledger } from '../ledger/ledger.ts'
import type { BalanceRequest, Json, SourceRow } from '../model.ts'
import type { CompiledPlan } from '../plan/compile-plan.ts'
import type { Source } from '../source/open-source.ts'
import { expectMember } from './expect-member.ts'

/** What a row of a verification holds, as its `input`. */
interface Expectation {
  readonly key: string
  readonly request: BalanceRequest
}

/** The plan of every verification: a row is a member to be looked up. */
export const verificationPlan: CompiledPlan = {
  lanes: ['balance'],
  columnsUsed: [],
  render({ input }) {
    const { key, request } = (input.kind === 'value' ? input.value : null) as unknown as Expectation
    return { kind: 'requests', key, members: [], balance: request }
  },
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
      const request = expectMember(row, plan.render({ row: row.row, line: row.line, input: row.input, raw: row.raw }))
      if (request === undefined) continue
      const expectation: Expectation = { key: row.key, request }
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
