import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { graveLines, lossLines } from '../../src/cli/screen/describe-reasons.ts'
import type { Outcome } from '../../src/model.ts'
import { renderReports } from '../../src/report/render-reports.ts'
import { temporaryFolder } from '../ledger/folder.ts'
import { sampleRun } from './sample-run.ts'

test('what may be another member’s account is said before all else, on the page and on the screen', async () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.meta.set('columns', ['mobile'])
  ledger.write({
    rows: [1, 2, 3].map((row) => ({
      row,
      line: row + 1,
      key: `k${row}`,
      asks: ['register-v1'],
      batches: {},
      input: { kind: 'cells', cells: [`k${row}`] },
    })),
    outcomes: [
      outcome(1, []),
      outcome(2, [{ message: 'The API cut the name', lossy: true }]),
      outcome(3, [
        { message: 'Perhaps another member’s account: its mobile is not the row’s', lossy: true, grave: true },
      ]),
    ],
  })
  await renderReports({ ledger, dir: folder.dir, run: sampleRun })

  const page = readFileSync(join(folder.dir, 'report.html'), 'utf8')
  const sections = [...page.matchAll(/aria-labelledby="([\w-]+)"/gu)].map(([, name]) => name)
  expect(sections[0]).toBe('grave')
  expect(page).toMatch(/<b>1 row<\/b> in register-v1: <bdi>Perhaps another member’s account: its mobile/u)
  expect(page.split('its mobile is not the row’s')).toHaveLength(2)

  const codes = ledger.codes()
  expect(graveLines(codes)).toEqual([
    'Rows that may have come to another member’s account, or changed it:',
    '  1 row, the first is row 3: Perhaps another member’s account: its mobile is not the row’s',
    '  Compare these rows with their accounts in Member Care: results.csv has each one’s customer id.',
    '',
  ])
  expect(lossLines(codes).join('\n')).toContain('The API cut the name')
  expect(lossLines(codes).join('\n')).not.toContain('Perhaps')
  ledger.close()
})

function outcome(row: number, warnings: Outcome['warnings']): Outcome {
  return {
    row,
    lane: 'register-v1',
    result: 'updated',
    status: warnings.length > 0 ? 'warned' : 'ok',
    customerId: String(row),
    attempts: 1,
    warnings,
    sideEffects: [],
    finishedAt: '2026-11-05T04:12:01.000Z',
  }
}
