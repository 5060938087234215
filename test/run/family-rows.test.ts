import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { LaneName, Outcome } from '../../src/model.ts'
import { openFamilyRows } from '../../src/run/family-rows.ts'
import { createRunFolder } from '../../src/run/run-record.ts'
import { entry, outcome } from '../ledger/samples.ts'
import { record } from './record.ts'

test('a member who is there says nothing of a link that has no final answer', ({ onTestFinished }) => {
  const home = mkdtempSync(join(tmpdir(), 'rollcall-'))
  onTestFinished(() => rmSync(home, { recursive: true }))
  keep(home, 'a', ['link'], outcome(1, { lane: 'link', result: 'failed', status: 'failed' }))
  keep(home, 'b', ['balance'], outcome(1, { lane: 'balance', result: 'found', status: 'warned' }))

  const family = openFamilyRows(home, [record('a'), record('b', { verifies: 'a' })])
  onTestFinished(() => family.close())

  expect(family.row(1)).toMatchObject({ status: 'failed', asks: ['link'] })
  // A rerun would copy a registration that the row never asked for.
  expect(Object.keys(family.row(1)?.outcomes ?? {})).toEqual(['link'])
  expect(family.counts()).toMatchObject({ rows: 1, statuses: { failed: 1, ok: 0 } })
})

function keep(home: string, run: string, asks: readonly LaneName[], found: Outcome): void {
  const ledger = openLedger(createRunFolder(home, run).ledger)
  ledger.write({ rows: [entry(found.row, { asks })], outcomes: [found] })
  ledger.close()
}
