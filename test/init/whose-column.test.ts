import { expect, test } from 'vitest'
import { type Role, recogniseColumns } from '../../src/init/roles.ts'
import type { SampledColumn } from '../../src/init/sample-columns.ts'

function column(name: string, ...values: readonly string[]): SampledColumn {
  return { name, values: values.length === 0 ? ['x'] : values, typed: false }
}

function roleOf(name: string, ...values: readonly string[]): Role | undefined {
  const given = column(name, ...values)
  return recogniseColumns([given]).get(given)
}

test('what is of somebody else is none of the member’s', () => {
  const names = [
    'Store Email',
    'Agent Email',
    'nominee_phone',
    'EmergencyContactNo',
    'Spouse DOB',
    'Referrer Mobile',
    'Father Name',
  ]
  const others = names.map((name) => column(name, name.includes('mail') ? 's@example.com' : '9876543210'))
  const given = [...others, column('Customer Email', 'asha@example.com'), column('Office Phone', '9876543211')]
  expect([...recogniseColumns(given)].map(([{ name }, role]) => [role, name])).toEqual([
    ['email', 'Customer Email'],
    ['mobile', 'Office Phone'],
  ])
})

test('who keeps the record, the shop, its staff and the family are not the member, in any language', () => {
  const ids = [
    'Contact Owner.id',
    'OwnerId',
    'CreatedById',
    'assigned_user_id',
    'Código vendedor',
    '店舗コード',
    'รหัสสาขา',
  ]
  const phones = [
    'Mobile (Spouse)',
    'Telefone vendedor',
    'Téléphone magasin',
    'телефон менеджера',
    '导购手机',
    'no hp sales',
  ]
  const mails = ['Contact owner email', 'Modified By Email', 'Email conseiller', 'Betreuer E-Mail', '担当者メール']
  for (const name of ids) expect([name, roleOf(name, 'Z-7', 'Z-8')]).toEqual([name, undefined])
  for (const name of phones) expect([name, roleOf(name, '9876543210')]).toEqual([name, undefined])
  for (const name of mails) expect([name, roleOf(name, 's@example.com')]).toEqual([name, undefined])
  const given = [
    column('Record Id', 'zcrm_41500001', 'zcrm_41500002'),
    column('Contact Owner.id', 'zcrm_41511', 'zcrm_41512'),
  ]
  expect([...recogniseColumns(given)].map(([{ name }, role]) => [role, name])).toEqual([['externalId', 'Record Id']])
})

test('an owner may be the member, and the card of a shop is', () => {
  expect(roleOf('Owner Mobile', '9876543210')).toBe('mobile')
  expect(roleOf('N° carte magasin', '1000234')).toBe('externalId')
})
