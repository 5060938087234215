import { expect, test } from 'vitest'
import { DeletionWatch } from '../../src/check/deletion-watch.ts'

function remarksOf(name: string, cells: readonly string[], used: readonly string[] = []) {
  const watch = new DeletionWatch(['id', name], used)
  for (const cell of cells) watch.see({ kind: 'cells', cells: ['1', cell] })
  return watch.remarks()
}

test.each([
  ['Op', ['I', 'D', 'U', 'd'], '2 rows with ‘D’'],
  ['__op', ['c', 'd'], '1 row with ‘d’'],
  ['header__change_oper', ['D'], '1 row with ‘D’'],
  ['_change_type', ['insert', 'delete'], '1 row with ‘delete’'],
  ['__$operation', ['1', '2', '4'], '1 row with ‘1’'],
  ['IsDeleted', ['false', 'true'], '1 row with ‘true’'],
  ['_fivetran_deleted', ['FALSE', 'TRUE'], '1 row with ‘TRUE’'],
  ['LOEVM', ['', 'X'], '1 row with ‘X’'],
  ['deleted_at', ['', 'NULL', '0000-00-00 00:00:00', '2024-05-01 10:00:00'], '1 row with ‘2024-05-01 10:00:00’'],
  ['_ab_cdc_deleted_at', ['2024-05-01'], '1 row with ‘2024-05-01’'],
])('rows that the column %s marks as deleted in %j are told', (name, cells, said) => {
  expect(remarksOf(name, cells)).toEqual([expect.stringContaining(`${name}: ${said}`)])
})

test.each([
  ['Op', ['I', 'U', 'Delhi']],
  ['Operator', ['D']],
  ['deleted_at', ['', 'NULL', '\\N']],
  ['IsDeleted', ['false', '0', 'no', 'N']],
  ['city', ['D']],
])('%s of %j marks none', (name, cells) => {
  expect(remarksOf(name, cells)).toEqual([])
})

test('a column that the plan names is known to whoever wrote it', () => {
  expect(remarksOf('Op', ['D'], ['Op'])).toEqual([])
  const ofRecords = new DeletionWatch(undefined, ['Op'])
  ofRecords.see({ kind: 'value', value: { id: '1', Op: 'D' } })
  expect(ofRecords.remarks()).toEqual([])
})

test('of records, their fields are looked at, and what two have seen of them is put together', () => {
  const [one, other] = [new DeletionWatch(undefined, []), new DeletionWatch(undefined, [])]
  one.see({ kind: 'value', value: { id: '1', __deleted: 'true' } })
  other.see({ kind: 'value', value: { id: '2', __deleted: true } })
  other.see({ kind: 'value', value: { id: '3', __deleted: null } })
  one.absorb(other.snapshot())
  expect(one.remarks()).toEqual([expect.stringContaining('__deleted: 2 rows with ‘true’')])
})
