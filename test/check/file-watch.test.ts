import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FileWatch } from '../../src/check/file-watch.ts'
import type { Json } from '../../src/model.ts'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

const PLAN = `register:
  body:
    profiles:
      - firstName: \${name}
        identifiers: [{ type: externalId, value: "\${id}" }]
    extendedFields:
      born: "\${born | date yyyy-MM-dd'T'HH:mm:ssXXX}"
      joined: "\${joined | date epoch-milliseconds}"
      city: \${city}
`
const COLUMNS = ['id', 'name', 'born', 'joined', 'city', 'note']
type Cells = readonly string[]

/** What has seen these rows, in a session of its own, which goes on from what an earlier one has seen. */
function watchOf(rows: readonly Cells[], { seen, isChoice = false }: { seen?: Json; isChoice?: boolean } = {}) {
  const watch = new FileWatch({
    plan: compilePlan(loadPlan(PLAN, 'plan.yaml'), COLUMNS),
    columns: COLUMNS,
    empty: [],
    isChoice,
  })
  if (seen !== undefined) watch.restore(JSON.parse(JSON.stringify(seen)) as Json)
  const { render } = watch.watched()
  for (const [at, cells] of rows.entries()) render({ row: at + 1, line: at + 2, input: { kind: 'cells', cells } })
  return watch
}

const two: readonly Cells[] = [
  ['4930000000000000', 'Asha', '1988-05-09T18:30:00Z', '1732060800', '', ''],
  ['4930000100000000', 'NULL', '1990-12-31T18:30:00Z', '1732147200', '', ''],
]
const odd = Array.from({ length: 5 }, () => two).flat()

test('what all values of a column tell, columns without a value and words that look like nothing are remarked on', () => {
  expect(watchOf(odd).remarks()).toEqual([
    expect.stringContaining('id: all its long numbers end in zeros'),
    expect.stringContaining('born: all its times are midnight in Asia/Kolkata'),
    expect.stringContaining('joined: all its times are of the first weeks of 1970'),
    'name: ‘NULL’, which looks like nothing, is in 5 rows',
    'city: empty in every row',
  ])
})

test('a column that is empty in all rows of a rerun, or in a few, says nothing', () => {
  expect(watchOf(odd, { isChoice: true }).remarks().join('; ')).not.toContain('city')
  expect(watchOf(two).remarks().join('; ')).not.toContain('city')
  expect(watchOf(two.slice(0, 1)).remarks()).toEqual([])
})

const cells = fc.tuple(
  fc.constantFrom('4930000000000000', '4930000100000000', 'M-1'),
  fc.constantFrom('Asha', 'NULL', '-', 'n/a'),
  fc.constantFrom('1988-05-09T18:30:00Z', '1990-12-31T18:30:00Z', '1990-12-31T16:00:00Z', ''),
  fc.constantFrom('1732060800', '1732060800000', ''),
  fc.constantFrom('', '', 'Pune'),
  fc.constant(''),
)

test('wherever a session ends, the next one comes to what one alone would say', () => {
  fc.assert(
    fc.property(fc.array(cells, { maxLength: 16 }), fc.nat(16), (rows, at) => {
      const seen = watchOf(rows.slice(0, at)).snapshot()
      expect(watchOf(rows.slice(at), { seen }).remarks()).toEqual(watchOf(rows).remarks())
    }),
  )
})

function recordWatch(): FileWatch {
  const plan = compilePlan(loadPlan(PLAN, 'plan.yaml'), undefined)
  return new FileWatch({ plan, columns: undefined, empty: [], isChoice: false })
}

function seeRecord(watch: FileWatch, value: Json): void {
  watch.watched().render({ row: 1, line: 1, input: { kind: 'value', value } })
}

test('so it does of records, whose fields are met one by one', () => {
  const [first, next] = [recordWatch(), recordWatch()]
  for (let row = 1; row < 10; row++) seeRecord(first, { id: `M-${row}`, name: 'Asha', city: '' })
  next.restore(JSON.parse(JSON.stringify(first.snapshot())) as Json)
  seeRecord(next, { id: 'M-2', name: null })
  expect(next.remarks()).toEqual([
    'born: named in the plan, and in no row',
    'joined: named in the plan, and in no row',
    'city: empty in every row',
  ])
})
