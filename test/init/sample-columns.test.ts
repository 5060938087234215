import { describe, expect, test } from 'vitest'
import { sampleColumns } from '../../src/init/sample-columns.ts'
import type { Json, SourceRow } from '../../src/model.ts'

function row(input: SourceRow['input'], problem?: string): SourceRow {
  return { row: 1, line: 2, input, ...(problem !== undefined && { problem }) }
}

function value(record: Json): SourceRow {
  return row({ kind: 'value', value: record })
}

describe('the values of the columns', () => {
  test('are what stands in the rows, without space around it and without what is empty', () => {
    const rows = [
      row({ kind: 'cells', cells: [' a ', '', '  '] }),
      row({ kind: 'cells', cells: ['b'] }),
      row({ kind: 'cells', cells: ['broken'] }, 'The record has too few cells.'),
    ]
    expect(sampleColumns(rows, ['x', 'y', 'z'])).toEqual([
      { name: 'x', values: ['a', 'b'], typed: false, padded: [' a ', 'b'] },
      { name: 'y', values: [], typed: false },
      { name: 'z', values: [], typed: false },
    ])
    expect(sampleColumns([], ['x'])).toEqual([{ name: 'x', values: [], typed: false }])
  })

  test('of a list of addresses or numbers are those at its places, as Solr has each field', () => {
    const rows = [
      value({
        mail: ['a@example.com', 'b@example.com'],
        phone: ['98765 43210'],
        tags: ['vip'],
        id: 'M-1',
        name: 'Asha',
      }),
    ]
    expect(sampleColumns(rows, undefined).map(({ name, values }) => [name, values])).toEqual([
      ['mail.0', ['a@example.com']],
      ['mail.1', ['b@example.com']],
      ['phone.0', ['98765 43210']],
      ['tags', ['["vip"]']],
      ['id', ['M-1']],
      ['name', ['Asha']],
    ])
  })

  test('of lists of one value are at its place, where most fields are such lists', () => {
    const rows = [
      value({ member_no: ['00123'], first_name: ['Asha'], tags: ['a', 'b'], _version_: 1, mail: ['a@x.co'] }),
    ]
    expect(sampleColumns(rows, undefined).map(({ name }) => name)).toEqual([
      'member_no.0',
      'first_name.0',
      'tags',
      '_version_',
      'mail.0',
    ])
  })

  test('of JSON are by their paths, and typed where all are numbers or booleans', () => {
    const rows = [
      value({ id: 7, on: true, tags: ['a'], at: { city: 'Pune', none: null } }),
      value({ id: 8, on: 'yes' }),
      value(['no', 'record']),
      value(null),
      value('text'),
    ]
    expect(sampleColumns(rows, undefined)).toMatchObject([
      { name: 'id', values: ['7', '8'], typed: true },
      { name: 'on', values: ['true', 'yes'], typed: false },
      { name: 'tags', values: ['["a"]'], typed: true },
      { name: 'at.city', values: ['Pune'], typed: false },
      { name: 'at.none', values: [], typed: false },
    ])
  })
})
