import { expect, test } from 'vitest'
import { recogniseColumns } from '../../src/init/roles.ts'
import { sampleColumns } from '../../src/init/sample-columns.ts'
import type { Json, SourceRow } from '../../src/model.ts'

function rolesOf(...records: readonly Json[]): readonly (readonly [string, string])[] {
  const rows = records.map((value, at): SourceRow => ({ row: at + 1, line: at + 1, input: { kind: 'value', value } }))
  return [...recogniseColumns(sampleColumns(rows, undefined))].map(([{ name }, role]) => [name, role])
}

/** As Cognito keeps what it knows of a user. */
function user(id: string, phone: string | undefined): Json {
  const phones = phone === undefined ? [] : [{ Name: 'phone_number', Value: phone }]
  const email = { Name: 'email', Value: `${id}@example.com` }
  return {
    User: id,
    Attributes: [{ Name: 'sub', Value: 'x' }, ...phones, email, { Name: 'given_name', Value: 'Asha' }],
  }
}

test('a place in a list of names and values has a role where the names there are the same in all rows', () => {
  expect(rolesOf(user('U-1', '+919876543210'), user('U-2', '+919876543211'))).toEqual(
    expect.arrayContaining([
      ['Attributes.1.Value', 'mobile'],
      ['Attributes.2.Value', 'email'],
    ]),
  )
})

test('and none where they differ from row to row', () => {
  const users = [user('U-1', '+919876543210'), user('U-2', undefined), user('U-3', '+919876543211')]
  expect(rolesOf(...users)).toEqual([['User', 'externalId']])
})

test('of which kind a number is tells no other field', () => {
  const home = { phones: [{ type: 'home', value: '+919876543210' }] }
  const work = { phones: [{ type: 'work', value: '+919876543211' }] }
  expect(rolesOf(home, work)).toEqual([['phones.0.value', 'mobile']])
})
