import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { proposePlan } from '../../src/app/plan/propose-plan.ts'

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
