import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Outcome } from '../../src/model.ts'
import { flatten } from '../../src/report/flatten.ts'
import { csvLayout, jsonlLayout } from '../../src/report/layout.ts'
import { resultJson } from '../../src/report/result-json.ts'
import { headerLine, resultLine } from '../../src/report/result-line.ts'
import { entry, outcome, rejected } from '../ledger/samples.ts'

test('no text of the API can become a formula in an added column', () => {
  const text = fc.string({ minLength: 1 }).map((rest) => `=${rest}`)
  fc.assert(
    fc.property(text, (formula) => {
      const more = { customerId: formula, message: formula, hint: formula, requestId: formula }
      const line = read(rejected(1, { ...more, code: undefined, warnings: [{ message: formula, lossy: false }] }))
      const added = [line['_customer_id'], line['_message'], line['_hint'], line['_warnings'], line['_request_id']]
      expect(added).toEqual(added.map(() => `'${formula}`))
    }),
  )
})

test('the lane that decided the status gives code, message, hint and request id', () => {
  const registered = outcome(1, { customerId: '55', attempts: 2, requestId: 'r', message: 'fine' })
  const failed = rejected(1, { lane: 'link', attempts: 3, requestId: 'l', hint: 'Mend it' })
  const line = read(registered, failed)
  expect(line).toMatchObject({ _code: '8013', _message: 'Invalid identifier', _hint: 'Mend it', _request_id: 'l' })
  expect(line).toMatchObject({ _customer_id: '55', _attempts: '5', _register: 'registered', _link: 'rejected' })
})

test('of two lanes alike, the one with something to say speaks, and the registration first', () => {
  const linked = outcome(1, { lane: 'link', result: 'linked', message: 'already linked' })
  expect(read(outcome(1), linked)).toMatchObject({ _message: 'already linked' })
  expect(read(outcome(1, { message: 'exists' }), linked)).toMatchObject({ _message: 'exists' })
})

test('an outcome that was confirmed says so, whichever lane decides', () => {
  const confirmed = outcome(1, { confirmed: true })
  expect(read(confirmed)['_message']).toBe('confirmed after a lost reply')
  expect(read(confirmed, rejected(1, { lane: 'link' }))['_message']).toBe(
    'Invalid identifier; register confirmed after a lost reply',
  )
})

test('results.jsonl names a column that comes again, and keeps the order of columns', () => {
  const row = { ...entry(1, { input: { kind: 'cells', cells: ['a', 'b', 'c', 'd', 'e'] } }), outcomes: {} }
  const json = resultJson(row, csvLayout(['n', 'n', '1', 'n#2', '__proto__', 'gone']))
  expect(json).toBe(
    '{"row":1,"line":2,"key":"EXT1","input":{"n":"a","n#3":"b","1":"c","n#2":"d","__proto__":"e","gone":""}}\n',
  )
})

test('a JSONL record is flattened with dots, and comes back as it was in results.jsonl', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const cells = flatten(value as never)
      const input = { kind: 'value', value } as never
      const layout = jsonlLayout([...cells.keys()].filter((name) => !name.startsWith('_')))
      expect(layout.cells(input)).toEqual(layout.columns.map((name) => cells.get(name)))
      const line: unknown = JSON.parse(resultJson({ ...entry(1, { input }), outcomes: {} }, layout))
      expect(line).toMatchObject({ input: JSON.parse(JSON.stringify(value)) })
    }),
  )
  expect(flatten({ a: { b: [1, { c: true }] }, 'a.b': 'x', e: [], n: null, 'a.b.0': 'second' })).toEqual(
    new Map([
      ['a.b.0', '1'],
      ['a.b.1.c', 'true'],
      ['a.b', 'x'],
      ['n', ''],
    ]),
  )
})

/** The added columns of the line that a row with these outcomes has. */
function read(...outcomes: readonly Outcome[]): Record<string, string> {
  const layout = csvLayout(['id'])
  const lanes = Object.fromEntries(outcomes.map((item) => [item.lane, item]))
  const line = resultLine({ ...entry(1), status: 'rejected', outcomes: lanes }, layout)
  const [record = {}] = parse<Record<string, string>>(headerLine(layout) + line, { columns: true })
  return record
}
