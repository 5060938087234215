import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'

/** A folder of its own for a test; `using` removes it, and closes the ledgers that it opened. */
export function temporaryFolder() {
  const dir = mkdtempSync(join(tmpdir(), 'rollcall-'))
  const ledgers: Ledger[] = []
  return {
    dir,
    path: join(dir, 'ledger.db'),
    open(options?: { readOnly?: boolean }): Ledger {
      const ledger = openLedger(join(dir, 'ledger.db'), options)
      ledgers.push(ledger)
      return ledger
    },
    [Symbol.dispose]() {
      for (const ledger of ledgers) ledger.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
