import { expect, test } from 'vitest'
import type { AppEvent } from '../../src/app/events.ts'
import { tellAssumed } from '../../src/app/session/tell-assumed.ts'
import { eventText } from '../../src/cli/screen/event-text.ts'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

const PLAN = `register:
  body:
    profiles:
      - identifiers:
          - { type: email, value: "\${email}" }
          - { type: externalId, value: "\${id}" }
    extendedFields: { dob: "\${born | date yyyy-MM-dd}" }
`

/** What is told of a run over rows with these e-mails, and when: the rows that were rendered by then. */
function told(emails: readonly string[], born = ''): { readonly event: AppEvent; readonly after: number }[] {
  const found: { readonly event: AppEvent; readonly after: number }[] = []
  let rows = 0
  const plan = compilePlan(loadPlan(PLAN, 'plan.yaml'), ['email', 'id', 'born'])
  const watched = tellAssumed(plan, 'r', (event) => found.push({ event, after: rows }))
  for (const email of emails) {
    rows += 1
    watched.plan.render({ row: rows, line: rows + 1, input: { kind: 'cells', cells: [email, `M-${rows}`, born] } })
  }
  watched.ended()
  return found
}

test('what rows go without is told when the first of them are read, most rows first, and nobody is named', () => {
  const emails = Array.from({ length: 1200 }, (_, at) => ['n/a', 'a@example.org', 'test@test.com', 'n/a'][at % 4] ?? '')
  const [{ event, after } = { event: undefined, after: 0 }, ...more] = told(emails)
  expect(more).toEqual([])
  expect(after).toBe(500)
  expect(event === undefined ? '' : eventText(event))
    .toBe(`Taken for no identifier among the first 500 rows; these rows are sent without it:
  250 rows: The e-mail is left out: ‘n/a’ stands for nothing.
  125 rows: The e-mail is left out: … stands for nothing.`)
})

test('of a short file, when it was read', () => {
  const [{ event } = { event: undefined }] = told(['n/a', 'a@example.org'])
  expect(event).toMatchObject({ rows: 2, isWhole: true })
  expect(event === undefined ? '' : eventText(event)).toContain('Taken for no identifier; these rows are sent')
})

test('nothing is told where nothing was left out', () => {
  expect(told(['a@example.org', 'b@example.org'])).toEqual([])
})

test('so is what is sent and may not be meant as it is read', () => {
  const [{ event } = { event: undefined }] = told(['a@example.org', 'b@example.org'], '2567-05-10')
  expect(event === undefined ? '' : eventText(event)).toBe(`Sent as it is read, and perhaps not meant so:
  2 rows: born: … is after today, and is to be a day of birth
      If its years are Buddhist, as in Thailand, write \`buddhist\` behind the form.`)
})
