import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fieldOf } from './render.ts'

/** The tables of filters in docs/plan.md: what each line says is what the filters do. */
const lines = readFileSync(join(import.meta.dirname, '../../docs/plan.md'), 'utf8').split('\n')
const tables = 'tables: { tiers: { Gold: 1, Silver: 2 } }'

const gives = rowsOf('| filter | from | gives |')
const says = rowsOf('| filter | from | says |')

test('the tables are found', () => {
  expect([gives.length > 30, says.length > 8]).toEqual([true, true])
})

test.each(gives)('%s of %j gives %s', (filter, from, to) => {
  expect(fieldOf(`\${a | ${filter}}`, from, tables)).toStrictEqual({ value: JSON.parse(to) as unknown })
})

test.each(says)('%s of %j says %s', (filter, from, message) => {
  const field = fieldOf(`\${a | ${filter}}`, from, tables)
  const wanted = message.replace(/^… /, '')
  expect(field.message).toContain(wanted)
})

/** Filter, value and what comes of it, in each line of a table. */
function rowsOf(header: string): [filter: string, from: string, to: string][] {
  const start = lines.indexOf(header) + 2
  const end = lines.findIndex((line, at) => at >= start && !line.startsWith('|'))
  let filter = ''
  return lines.slice(start, end).map((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'))
    const [, first = '', from = '', to = ''] = cells
    if (first !== '') filter = codeIn(first)
    return [filter, from === 'nothing' ? '' : codeIn(from), codeIn(to)]
  })
}

/** The first text in backticks. */
function codeIn(cell: string): string {
  return /`([^`]*)`/.exec(cell)?.[1] ?? ''
}
