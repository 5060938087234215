import type { RowEntry } from '../../src/ledger/ledger.ts'
import type { Outcome } from '../../src/model.ts'

export function entry(row: number, more: Partial<RowEntry> = {}): RowEntry {
  const input = { kind: 'cells', cells: [`EXT${row}`, 'Asha'] } as const
  return { row, line: row + 1, key: `EXT${row}`, input, asks: ['register'], batches: {}, ...more }
}

export function outcome(row: number, more: Partial<Outcome> = {}): Outcome {
  return {
    row,
    lane: 'register',
    result: 'registered',
    status: 'ok',
    warnings: [],
    sideEffects: [],
    attempts: 1,
    finishedAt: '2026-11-05T04:12:33.120Z',
    ...more,
  }
}

export function rejected(row: number, more: Partial<Outcome> = {}): Outcome {
  return outcome(row, { result: 'rejected', status: 'rejected', code: 8013, message: 'Invalid identifier', ...more })
}

export function skipped(row: number, message: string): Outcome {
  return outcome(row, { result: 'skipped', status: 'skipped', message, attempts: 0 })
}
