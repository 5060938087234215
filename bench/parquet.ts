import { type DatabaseServer, hasPostgres, startPostgres } from '../test/support/databases.ts'
import type { ReadingArgument, ReadingResult } from './subjects/source-and-plan.ts'
import type { Finding } from './support/finding.ts'
import { ratio, whole } from './support/finding.ts'
import { COLUMNS, writeMembers } from './support/members.ts'
import { samplePlan } from './support/plans.ts'
import { runSubject } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const ROWS = 1_000_000
const ROUNDS = 3
const MOST_MB = 300

/**
 * A million rows of Parquet, and of a query of PostgreSQL, beside the same rows of CSV: how fast they become requests, and the
 * memory that it takes. What a database answers is kept as a file first, and that is read.
 */
export async function* parquet(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const rows = ROWS * scale
  const csv = await writeMembers(place, rows)
  const file = `${csv}.parquet`
  await runSubject(place, 'write-parquet', { csv, file })
  await using database = hasPostgres ? disposable(await startPostgres()) : undefined
  const kinds: readonly (ReadingArgument & { readonly name: string })[] = [
    { name: 'CSV, source', file: csv },
    { name: 'Parquet, source', file },
    { name: 'CSV, source and plan', file: csv, plan: samplePlan },
    { name: 'Parquet, source and plan', file, plan: samplePlan },
    ...(database === undefined ? [] : askedKinds(database, csv)),
  ]
  const measured: { rate: number; mb: number }[][] = kinds.map(() => [])
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { name: _, ...argument }] of kinds.entries()) {
      const { tookMs, mb } = await runSubject<ReadingResult>(place, 'source-and-plan', argument)
      measured[index]?.push({ rate: (rows * 1000) / tookMs, mb })
    }
  }
  const rates = measured.map((all) => median(all.map(({ rate }) => rate)))
  const memory = measured.map((all) => Math.max(...all.map(({ mb }) => mb)))
  const [csvSource = 0, parquetSource = 0, csvBoth = 0, parquetBoth = 0, , asked] = rates
  const most = Math.max(...memory)
  yield {
    title: `Rows a second read, of ${whole(rows)} with 14 columns`,
    columns: ['', ...Array.from({ length: ROUNDS }, (_, round) => `round ${round + 1}`), 'median', 'MB at most'],
    rows: kinds.map(({ name }, index) => [
      name,
      ...(measured[index] ?? []).map(({ rate }) => whole(rate)),
      whole(rates[index] ?? 0),
      whole(memory[index] ?? 0),
    ]),
    goals: [
      {
        aim: 'Parquet at least as fast as CSV, source',
        reached: ratio(parquetSource / csvSource),
        met: parquetSource >= csvSource,
      },
      {
        aim: 'Parquet at least as fast as CSV, source and plan',
        reached: ratio(parquetBoth / csvBoth),
        met: parquetBoth >= csvBoth,
      },
      ...(asked === undefined
        ? []
        : [
            {
              aim: 'a query of PostgreSQL, kept and read, at least as fast as CSV, source and plan',
              reached: ratio(asked / csvBoth),
              met: asked >= csvBoth,
            },
          ]),
      { aim: `at most ${MOST_MB} MB`, reached: `${whole(most)} MB`, met: most <= MOST_MB },
    ],
  }
}

/** The same rows in a table of PostgreSQL's, fetched alone, and as an import reads them. */
function askedKinds(database: DatabaseServer, csv: string): readonly (ReadingArgument & { readonly name: string })[] {
  database.run(`create table member (place bigserial, ${COLUMNS.replaceAll(/\w+/g, '$& text')})`)
  database.run(`\\copy member (${COLUMNS}) from '${csv}' csv header`)
  database.run('alter table member add primary key (place); grant select on member to reader')
  const address = database.url.replace('reader@', 'reader:geheim@')
  const asked = { address, sql: `select ${COLUMNS} from member order by place` }
  const file = `${csv}.snapshot`
  return [
    { name: 'PostgreSQL, fetched and kept', file, asked, unread: true },
    { name: 'PostgreSQL, fetched, kept, source and plan', file, asked, plan: samplePlan },
  ]
}

function disposable(server: DatabaseServer): DatabaseServer & AsyncDisposable {
  return { ...server, [Symbol.asyncDispose]: () => server.close() }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
