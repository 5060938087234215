import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import type { ReadingArgument, ReadingResult } from './source-and-plan.ts'

/** Reads a CSV file with csv-parse alone, its records as arrays of text or as objects by column, and counts them. */
async function readBare({ file, objects = false }: ReadingArgument): Promise<ReadingResult> {
  const startedAt = performance.now()
  const records = createReadStream(file).pipe(parse({ bom: true, columns: objects }))
  let rows = objects ? 0 : -1
  records.on('data', () => (rows += 1))
  await once(records, 'end')
  return { rows, tookMs: performance.now() - startedAt, mb: process.resourceUsage().maxRSS / 1000 }
}

process.stdout.write(JSON.stringify(await readBare(JSON.parse(process.argv[2] ?? '') as ReadingArgument)))
