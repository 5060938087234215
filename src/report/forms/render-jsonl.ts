import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { readLayout } from '../layout.ts'
import type { Rendering } from '../render-reports.ts'
import { resultJson } from '../result-json.ts'

/** Characters that are put together before they are written. */
const CHUNK = 256 * 1024

/** Writes results.jsonl, a chunk of lines at a time, as fast as the disk takes them. */
export async function renderJsonl(path: string, { ledger }: Pick<Rendering, 'ledger'>): Promise<void> {
  await pipeline(linesOf(ledger), createWriteStream(path, { flags: 'wx', mode: 0o600 }))
}

function* linesOf(ledger: Rendering['ledger']): Generator<string> {
  const layout = readLayout(ledger)
  let lines = ''
  for (const row of ledger.results()) {
    lines += resultJson(row, layout)
    if (lines.length < CHUNK) continue
    yield lines
    lines = ''
  }
  yield lines
}
