import { UsageError } from '../../model.ts'
import type { Declared } from '../declared.ts'
import type { Rows } from '../rows.ts'
import type { ZipArchive } from '../zip-archive.ts'
import { openOds } from './ods-workbook.ts'
import { readWorkbook } from './workbook-rows.ts'
import { isOds } from './is-workbook.ts'
import type { Workbook } from './workbook.ts'
import { openXls } from './xls-workbook.ts'
import { openXlsx } from './xlsx-workbook.ts'

/** A file that holds a workbook: of the newer formats its archive, of the old Excel its path. */
export type WorkbookFile = ZipArchive | { readonly xls: string }

/**
 * Opens a sheet of a workbook as rows of cells. Throws UsageError where the workbook is broken, or has no such sheet or no
 * header.
 */
export async function openWorkbook(file: WorkbookFile, name: string, declared: Declared): Promise<Rows> {
  return await namingFaults(name, async () => {
    const rows = await readWorkbook(await openAny(file, name), name, declared)
    return {
      ...rows,
      async *read() {
        const reading = rows.read()[Symbol.asyncIterator]()
        for (;;) {
          const next = await namingFaults(name, () => reading.next())
          if (next.done === true) return
          yield next.value
        }
      },
    }
  })
}

async function openAny(file: WorkbookFile, name: string): Promise<Workbook> {
  if ('xls' in file) return await openXls(file.xls, name)
  return isOds(file) ? await openOds(file, name) : await openXlsx(file, name)
}

/** What is broken in the workbook is told as such; what is said already stays. */
async function namingFaults<T>(name: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    if (error instanceof UsageError) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(`${name} is a broken workbook (${why}). Open it in a spreadsheet program, and save it anew.`, {
      cause: error,
    })
  }
}
