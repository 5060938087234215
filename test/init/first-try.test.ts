import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Proposal, proposePlan } from '../../src/app/plan/propose-plan.ts'

/** A table of members in eight languages, as many programs wrote it (test/corpus/members/make.py). */
const folder = join(import.meta.dirname, '../corpus/members')
const files = readdirSync(folder).filter((name) => !name.endsWith('.py'))
const COUNTRY: Readonly<Record<string, string>> = { en: 'IN', es: 'MX', pt: 'BR', ja: 'JP', ar: 'SA' }
/** What is in no member's part of a plan. */
const UNUSED: Readonly<Record<string, string>> = { 'jq-en.json': '#   contact.phones.0.type' }

test('there are thirty files', () => expect(files.length).toBeGreaterThanOrEqual(30))

test.each(files)('a plan that nobody touched sends all of %s, once the country is said', async (name) => {
  const language = /-(\w\w)\./.exec(name)?.[1] ?? ''
  const country = COUNTRY[language] ?? language.toUpperCase()
  const { text, trial } = await proposePlan({ file: join(folder, name), country }, () => {})
  expect(trial.trouble, text).toBeUndefined()
  expect(trial.problems).toEqual([])
  expect(trial.ready).toBe(12)
  expect(text.split('# Columns that are not used:')[1]?.trim() ?? '').toBe(UNUSED[name] ?? '')
  expect(trial.preview[0]?.requests['register']).toMatchObject({
    body: {
      profiles: [
        {
          firstName: expect.stringMatching(/./),
          lastName: expect.stringMatching(/./),
          identifiers: [{ type: 'mobile' }, { type: 'email' }, { type: 'externalId' }],
        },
      ],
      extendedFields: { dob: expect.stringMatching(/^(?:19|20)\d\d-\d\d-\d\d$/) },
    },
  })
})

test('a file whose first line is a member has its columns named', async (context) => {
  const home = mkdtempSync(join(tmpdir(), 'first-try-'))
  context.onTestFinished(() => rmSync(home, { recursive: true }))
  const file = join(home, 'members.csv')
  writeFileSync(file, 'M-1,Asha,+919876543210,asha@example.com\nM-2,Dev,+919876543211,dev@example.com\n')
  const { text, trial } = await proposePlan({ file }, () => {})
  expect(text).toContain('rows: { columns: [c1, c2, c3, c4], key: c3 }')
  expect(text).toContain('value: "${c4 | lower}"')
  expect(trial).toMatchObject({ rows: 2, ready: 2 })
})

test.each([
  [
    'field,A1,A2\nfirst_name,Asha,Dev\nemail,a@x.com,d@x.com\nphone,9876543210,9876543211\n',
    'The fields stand one below',
  ],
  [
    'member_no,00123,00124\nfirst_name,Asha,Dev\nemail,a@x.com,d@x.com\nmobile,9876543210,9876543211\n',
    'The fields stand',
  ],
  ['Feld,Wert\nVorname,Asha\nNachname,Rao\nE-Mail,a@x.com\n', '"Feld" names them (Vorname, Nachname, E-Mail)'],
  [
    'id,attribute,value\n7,name,Asha\n7,email,a@x.com\n8,name,Dev\n8,email,d@x.com\n',
    'Each row is one field of a member',
  ],
  ['kunde,merkmal,wert\n1,vorname,Uwe\n1,email,u@x.com\n2,vorname,Ina\n', "columns='merkmal', values='wert'"],
])('a table whose rows are no members is told: %j', async (table, told) => {
  const { trial } = await proposed(table)
  expect(trial).toMatchObject({ ready: 0, preview: [], trouble: expect.stringContaining(told) as string })
})

test.each([
  'id,name,contact_by\n1,Asha,email\n2,Dev,mobile\n3,Uma,phone\n',
  'id,email,contact_by\n1,a@x.com,email\n2,d@x.com,mobile\n3,u@x.com,email\n',
  'id,contact_by,at\n1,email,a@x.com\n2,mobile,+919876543210\n3,email,u@x.com\n',
])('a way to reach each member is none: %j', async (table) => {
  const { trial } = await proposed(table)
  expect(trial.trouble).toBeUndefined()
})

async function proposed(table: string): Promise<Proposal> {
  const home = mkdtempSync(join(tmpdir(), 'first-try-'))
  try {
    const file = join(home, 'members.csv')
    writeFileSync(file, table)
    return await proposePlan({ file }, () => {})
  } finally {
    rmSync(home, { recursive: true })
  }
}
