import { readFileSync } from 'node:fs'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'
import { openSource } from '../../src/source/open-source.ts'

/** What a reader is given, as JSON in its argument. */
export interface ReadingArgument {
  /** Bare csv-parse: objects by column, as one asks for where a plan must find its columns. */
  readonly objects?: boolean
  readonly file: string
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
async function readAndRender({ file, plan }: ReadingArgument): Promise<ReadingResult> {
  const startedAt = performance.now()
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
  return { rows, tookMs: performance.now() - startedAt, mb: process.resourceUsage().maxRSS / 1000 }
}

process.stdout.write(JSON.stringify(await readAndRender(JSON.parse(process.argv[2] ?? '') as ReadingArgument)))
