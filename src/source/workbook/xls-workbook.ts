import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { UsageError } from '../../model.ts'
import type { SheetRow, Workbook } from './workbook.ts'

/** What a process that reads such a workbook may take. */
const MOST_MEMORY_MB = 512
const ROWS_AT_ONCE = 500

/**
 * Opens a workbook of an old Excel (.xls), which is read by a process of its own: its library holds all of it in memory. Throws
 * UsageError where it is none, or has a password.
 */
export async function openXls(path: string, name: string): Promise<Workbook> {
  let sheets: readonly { readonly name: string; readonly isHidden: boolean }[] = []
  for await (const line of linesOf(path, 'list', name)) sheets = (JSON.parse(line) as { sheets: typeof sheets }).sheets
  return {
    format: 'xls',
    sheets: sheets.map((sheet, index) => ({
      ...sheet,
      read: () => ({ rows: rowsOf(path, index, name), progress: () => ({ bytesRead: 0, bytesTotal: undefined }) }),
    })),
  }
}

async function* rowsOf(path: string, index: number, name: string): AsyncGenerator<SheetRow[], void, undefined> {
  let rows: SheetRow[] = []
  for await (const line of linesOf(path, String(index), name)) {
    rows.push(JSON.parse(line) as SheetRow)
    if (rows.length < ROWS_AT_ONCE) continue
    yield rows
    rows = []
  }
  yield rows
}

/** The lines that the process prints; ends it where nobody wants more. */
async function* linesOf(path: string, wanted: string, name: string): AsyncGenerator<string, void, undefined> {
  // It needs none of the environment, which may hold credentials.
  const child = spawn(process.execPath, [`--max-old-space-size=${MOST_MEMORY_MB}`, script(), path, wanted], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {},
  })
  let why = ''
  child.stderr.on('data', (piece: Buffer) => {
    if (why.length < 1000) why += piece.toString('utf8')
  })
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  child.on('error', (error) => (why = error.message))
  try {
    yield* createInterface({ input: child.stdout, crlfDelay: Infinity })
    if ((await ended) !== 0) throw failure(why, name)
  } finally {
    child.kill()
  }
}

function failure(why: string, name: string): UsageError {
  if (/password|encrypt/i.test(why))
    return new UsageError(`${name} is a workbook with a password. Save it without one, and import that.`)
  if (/heap|out of memory/i.test(why)) {
    return new UsageError(
      `${name} takes more than ${MOST_MEMORY_MB} MB to read, as an old Excel workbook. Save it as .xlsx or as "CSV UTF-8".`,
    )
  }
  const damage = /^damaged: (.*)/.exec(why)?.[1]
  if (damage !== undefined) {
    return new UsageError(
      `${name} is a workbook of an old Excel that is damaged (${damage}): rows of it may be lost. Fetch it anew; or open it, look whether all rows are there, and save the sheet as .xlsx.`,
    )
  }
  return new UsageError(
    `${name} is no workbook of an old Excel that can be read (${why.split('\n')[0] ?? ''}). Save the sheet as .xlsx or as "CSV UTF-8".`,
  )
}

/** Beside this file, as source or bundled. */
function script(): string {
  return fileURLToPath(new URL(`./xls-process.${import.meta.filename.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url))
}
