import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Declared } from '../../src/source/open-source.ts'
import { readAll } from '../source/read-all.ts'

/** What must be read of a file, or said of it: see README.md. */
interface Expected {
  readonly format?: string
  readonly reading?: Declared
  readonly columns?: readonly string[]
  readonly notes?: readonly string[]
  /** Of CSV and sheets, all rows: the line, then the cells. */
  readonly rows?: readonly (readonly [line: number, ...cells: string[]])[]
  /** Of JSON, the rows without a problem: the line, then the value. */
  readonly values?: readonly (readonly [line: number, value: unknown])[]
  /** What was passed over: what, how often, the first line. */
  readonly passed?: readonly (readonly [what: string, rows: number, line: number])[]
  /** How the problems begin, in order. */
  readonly problems?: readonly string[]
  /** Cells that are too long to be written out: their column's place in `rows` is empty. By row. */
  readonly big?: Readonly<Record<string, number>>
  /** The file is refused, with all of these in the message. */
  readonly refused?: readonly string[]
}

const folder = fileURLToPath(new URL('files/', import.meta.url))
const names = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'))

test.for(names)('%s', async (name) => {
  const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as Expected
  const content = readFileSync(join(folder, name))
  // In one piece, and cut into small ones of no length that anything has to do with.
  for (const sizes of [[], [1, 7, 100]]) {
    const reading = readAll(content, { ...expected.reading, name, sizes })
    if (expected.refused !== undefined) {
      const message = await reading.then(
        () => 'It was read.',
        (error: unknown) => (error instanceof Error && error.name === 'UsageError' ? error.message : error),
      )
      for (const part of expected.refused) expect(message).toContain(part)
      continue
    }
    const { format, columns, notes, rows, passedOver } = await reading
    const { problems = [], big = {} } = expected
    expect(format).toBe(expected.format ?? 'csv')
    expect(columns).toEqual(expected.columns)
    expect(notes).toEqual(expected.notes ?? [])
    expect(passedOver.map(({ what, rows: count, first_line: line }) => [what, count, line])).toEqual(
      expected.passed ?? [],
    )
    expect(rows.map(({ row }) => row)).toEqual(rows.map((_, index) => index + 1))
    const said = rows.flatMap(({ problem }) => problem ?? [])
    expect(said.map((problem, index) => problem.slice(0, problems[index]?.length))).toEqual(problems)
    if (expected.values !== undefined) {
      const sound = rows.filter(({ problem }) => problem === undefined)
      expect(sound.map(({ line, input }) => [line, input.kind === 'value' && input.value])).toEqual(expected.values)
      continue
    }
    const read = rows.map(({ row, line, input }) => {
      const cells = input.kind === 'cells' ? input.cells : []
      return [line, ...cells.map((cell) => (cell.length === big[row] ? '' : cell))]
    })
    expect(read).toEqual(expected.rows)
  }
})
