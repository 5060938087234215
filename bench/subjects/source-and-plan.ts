import { readFileSync } from 'node:fs'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'
import { takeSnapshot } from '../../src/query/take-snapshot.ts'
import { openSource } from '../../src/source/open-source.ts'

/** What a reader is given, as JSON in its argument. */
export interface ReadingArgument {
  /** Bare csv-parse: objects by column, as one asks for where a plan must find its columns. */
  readonly objects?: boolean
  readonly file: string
  /** A database whose answer to a query is kept as the file first, as an import does. */
  readonly asked?: { readonly address: string; readonly sql: string }
  /** The file is not read: what counts is how long the database took. */
  readonly unread?: boolean
  /** Absent: the rows are read and not rendered. */
  readonly plan?: string
}

/** What it prints. */
export interface ReadingResult {
  readonly rows: number
  readonly tookMs: number
  /** The process' memory at most, in MB. */
  readonly mb: number
}

/** Reads a file as an import does, and makes of each row the requests that the plan asks for. */
async function readAndRender({ file, plan, asked, unread }: ReadingArgument): Promise<ReadingResult> {
  const startedAt = performance.now()
  if (asked !== undefined) {
    const { address, sql } = asked
    await takeSnapshot(address, { to: file, sql, queryName: 'the query', signal: new AbortController().signal })
  }
  if (unread === true) return { rows: 0, tookMs: performance.now() - startedAt, mb: maxMemory() }
  const source = await openSource(file)
  const compiled =
    plan === undefined ? undefined : compilePlan(loadPlan(readFileSync(plan, 'utf8'), plan), source.columns)
  let rows = 0
  for await (const chunk of source.chunks()) {
    rows += chunk.length
    if (compiled === undefined) continue
    for (const row of chunk) {
      const rendered = compiled.render(row)
      if (rendered.kind !== 'requests') throw new Error(`row ${row.row} is ${rendered.kind}: ${rendered.message}`)
    }
  }
  await source.close()
  return { rows, tookMs: performance.now() - startedAt, mb: maxMemory() }
}

function maxMemory(): number {
  return process.resourceUsage().maxRSS / 1000
}

process.stdout.write(JSON.stringify(await readAndRender(JSON.parse(process.argv[2] ?? '') as ReadingArgument)))
