import { expect, test } from 'vitest'
import { planNight } from '../../src/app/sync/plan-night.ts'
import type { SourceRow } from '../../src/model.ts'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'
import { asksText } from '../../src/sync/asks.ts'
import { openStore } from '../../src/sync/store.ts'
import { surveyFile } from '../../src/sync/survey.ts'
import { temporaryFolder } from '../support/cli.ts'

const COLUMNS = ['id', 'mobile', 'email']
const PLAN = `rows: { key: id }
register:
  body:
    profiles:
      - identifiers:
          - { type: externalId, value: "\${id}" }
          - { type: mobile, value: "\${mobile}" }
          - { type: email, value: "\${email}" }
`

type Cells = readonly [id: string, mobile: string, email: string]

const ASHA: Cells = ['M-1', '919876543210', 'asha@example.org']
const DEV: Cells = ['M-2', '919876543211', 'dev@example.org']

/** What becomes of the rows of a night's file: those of `done` were registered on an earlier one. */
async function night(done: readonly Cells[], file: readonly Cells[], rules = ''): Promise<unknown[]> {
  using open = new DisposableStack()
  const store = open.adopt(openStore(temporaryFolder(), 'nightly'), (opened) => opened.close())
  const plan = loadPlan(PLAN + rules, 'plan.yaml')
  const compiled = compilePlan(plan, COLUMNS)
  const remember = store.db.prepare("INSERT INTO members (key, asks, states, run) VALUES (?, ?, '1', 'earlier')")
  for (const row of rowsOf(done)) {
    const rendered = compiled.render(row)
    if (rendered.kind === 'requests') remember.run(rendered.key, asksText(rendered.requests))
  }
  const read = () => chunks(rowsOf(file))
  const options = {
    columns: COLUMNS,
    empty: [],
    retryRejected: 'changed',
    holds: 'everyone',
    parts: plan.lanes,
  } as const
  await surveyFile(store, read(), compiled, options)
  const { render } = await planNight(compiled, plan, { store, read })
  return rowsOf(file).map((row) => {
    const rendered = render(row)
    if (rendered.kind !== 'requests') return rendered.message
    return Object.keys(rendered.requests).length > 0 ? 'sent' : rendered.skips?.['register']?.message
  })
}

function rowsOf(rows: readonly Cells[]): SourceRow[] {
  return rows.map((cells, at) => ({ row: at + 1, line: at + 2, input: { kind: 'cells', cells: [...cells] } }))
}

async function* chunks(rows: readonly SourceRow[]): AsyncGenerator<readonly SourceRow[]> {
  await Promise.resolve()
  for (const row of rows) yield [row]
}

const UNCHANGED = 'unchanged since it was done'

test('a new row that contradicts a member who is done is not sent, wherever it stands', async () => {
  const other: Cells = ['M-3', '919876543299', 'asha@example.org']
  expect(await night([ASHA, DEV], [ASHA, DEV, other])).toEqual([
    UNCHANGED,
    UNCHANGED,
    'The row has the same e-mail as row 1, but another mobile and id.',
  ])
  expect(await night([ASHA, DEV], [other, DEV, ASHA])).toEqual([
    'The row has the same e-mail as row 3, but another mobile and id.',
    UNCHANGED,
    UNCHANGED,
  ])
})

test('who shares nothing with them is sent, and so is a member who has changed', async () => {
  const moved: Cells = ['M-1', '919876543299', 'asha@example.org']
  expect(await night([ASHA, DEV], [moved, DEV, ['M-3', '919876543298', 'uma@example.org']])).toEqual([
    expect.stringMatching(/sent|cannot|not change/),
    UNCHANGED,
    'sent',
  ])
})

test('nothing is compared where the plan sends all, nor where all rows are new', async () => {
  const other: Cells = ['M-3', '919876543299', 'asha@example.org']
  expect(await night([ASHA], [ASHA, other], 'duplicates: all\n')).toEqual([UNCHANGED, 'sent'])
  expect(await night([], [ASHA, DEV])).toEqual(['sent', 'sent'])
})

test('a word for nothing in the key’s column is nobody’s key: whoever is new under it is sent', async () => {
  const file: Cells[] = [
    ['NULL', '919876543210', 'asha@example.org'],
    ['NULL', '919876543211', 'dev@example.org'],
    ['n/a', '919876543212', 'uma@example.org'],
  ]
  expect(await night(file.slice(0, 1), file)).toEqual([UNCHANGED, 'sent', 'sent'])
})
