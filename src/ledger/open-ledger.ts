import { resolve } from 'node:path'
import type { Ledger } from './ledger.ts'
import { prepareHistoryReads } from './read-history.ts'
import { preparePages } from './read-page.ts'
import { prepareReads, readInputs, readResults, readRowsWith } from './read.ts'
import { openDatabase } from './schema.ts'
import { prepareTotals } from './totals.ts'
import { prepareWrite } from './write.ts'

/**
 * Opens the ledger of a run, created where it is missing. Closing twice is fine.
 * @throws UsageError where the file is missing (read-only), is no ledger, or was written by a newer rollcall.
 */
export function openLedger(path: string, { readOnly = false }: { readonly readOnly?: boolean } = {}): Ledger {
  const file = resolve(path)
  const db = openDatabase(file, { readOnly })
  return {
    write: readOnly ? refuseWrite : prepareWrite(db),
    ...prepareReads(db),
    ...prepareTotals(db),
    ...prepareHistoryReads(db),
    ...preparePages(db),
    results: () => readResults(file),
    rowsWith: (statuses) => readRowsWith(file, statuses),
    inputs: () => readInputs(file),
    close() {
      if (db.isOpen) db.close()
    },
  }
}

function refuseWrite(): never {
  throw new Error('this ledger was opened for reading')
}
