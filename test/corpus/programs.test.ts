import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Json, SourceRow } from '../../src/model.ts'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { showInvisible } from '../../src/plan/invisible.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'
import { placesOf } from '../../src/plan/plain-name.ts'
import { readAll } from '../source/read-all.ts'

/** The tables of docs/files.md: what each line says of a program's file is what becomes of it. */
const folder = join(import.meta.dirname, 'programs')
const lines = tableLines(readFileSync(join(import.meta.dirname, '../../docs/files.md'), 'utf8'))

test('the tables are found, and each file stands in one', () => {
  expect(lines.length).toBeGreaterThan(60)
  const files = readdirSync(folder).filter((name) => !name.startsWith('make.'))
  expect([...new Set(lines.map(([file]) => file))].toSorted()).toEqual(files.toSorted())
})

test.each(lines)('%s, column %s: %s as %s gives %s', async (file, column, holds, as, gives) => {
  const { columns, rows } = await readAll(readFileSync(join(folder, file)), { name: file })
  const found = rows.find((row) => holdsText(row, columns, column) === holds)
  if (found === undefined) throw new Error(`${file} has no ${holds} in its column ${column}.`)
  const plan = loadPlan(planOf(column, as), 'plan.yaml')
  const rendered = compilePlan(plan, columns).render(found)
  if (!/^["\d-]|^true$|^false$/.test(gives)) {
    expect(rendered.kind === 'invalid' && rendered.message).toContain(gives)
    return
  }
  const wanted = JSON.parse(gives) as Json
  const field = as === 'an id' ? { profiles: [{ identifiers: [{ value: wanted }] }] } : { x: wanted }
  expect(rendered).toMatchObject({ kind: 'requests', requests: { register: { body: field } } })
})

/** What a record holds in a column, as the table writes it. */
function holdsText({ input }: SourceRow, columns: readonly string[] | undefined, column: string): string | undefined {
  if (input.kind === 'cells') return showInvisible(input.cells[placesOf(column, columns ?? [])[0] ?? -1] ?? '')
  const value =
    typeof input.value === 'object' && input.value !== null && column in input.value
      ? Reflect.get(input.value, column)
      : ''
  return String(value)
}

function planOf(column: string, as: string): string {
  const expression = JSON.stringify(as === 'an id' ? `\${${column}}` : `\${${column} | ${as}}`)
  const id = as === 'an id' ? expression : 'M-1'
  const x = as === 'an id' ? '' : `\n    x: ${expression}`
  return `register:\n  body:\n    profiles: [{ identifiers: [{ type: externalId, value: ${id} }] }]${x}\n`
}

/** File, column, what it holds, the filter, and what comes of it; a file that is not named again is the one above. */
function tableLines(text: string): [file: string, column: string, holds: string, as: string, gives: string][] {
  let file = ''
  return text.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim())
    if (cells.length !== 8 || cells[2] === 'file' || cells[2] === '---') return []
    const [, , named = '', column = '', holds = '', as = '', gives = ''] = cells
    if (named !== '') file = codeIn(named)
    return [[file, codeIn(column), holds === 'nothing' ? '' : codeIn(holds), codeIn(as), codeIn(gives)]]
  })
}

/** The text in backticks; all of it where it has none. */
function codeIn(cell: string): string {
  return /^`([^`]*)`$/.exec(cell)?.[1] ?? cell
}
