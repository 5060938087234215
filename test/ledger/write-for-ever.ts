import { openLedger } from '../../src/ledger/open-ledger.ts'
import { entry, outcome } from './samples.ts'

// Writes until it is killed, and prints the highest row of each write that returned.
const ledger = openLedger(process.argv[2] ?? '')
for (let first = 1; ; first += 50) {
  const rows = Array.from({ length: 50 }, (_, index) => entry(first + index))
  ledger.write({ rows })
  ledger.write({ outcomes: rows.map(({ row }) => outcome(row)) })
  process.stdout.write(`${first + 49}\n`)
}
