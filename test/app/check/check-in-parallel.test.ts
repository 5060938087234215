import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { PARALLEL, type ParallelOptions } from '../../../src/app/check/parallel/check-in-parallel.ts'
import { ReaderThread } from '../../../src/app/check/parallel/reader-thread.ts'
import { type SecondReader, type ThreadTask, readerFor } from '../../../src/app/check/parallel/second-reader.ts'
import type { ReadSegment, ReaderState, SegmentReader } from '../../../src/app/check/parallel/segment-reader.ts'
import { type CheckReport, checkFile } from '../../../src/app/check/check-file.ts'
import type { Context } from '../../../src/app/context.ts'
import type { ColumnLookalike } from '../../../src/plan/column-lookalikes.ts'
import { openImport } from '../../../src/app/input/open-import.ts'
import type { Segment } from '../../../src/source/csv/cut-segments.ts'
import { readEnvironment } from '../../../src/cli/environment.ts'
import { temporaryFolder } from '../../support/cli.ts'

/** So much is read together with the header, whatever it holds. */
const HEAD_BYTES = 256 * 1024
const HEADER = 'id,name,mobile,email,born,joined,changed,partner,points,note'

test('two come to what one comes to, whatever stands in the file and whoever reads what', async () => {
  const folder = temporaryFolder()
  await fc.assert(
    fc.asyncProperty(fileOf, planOf, sizesOf, turnsOf, async (file, plan, sizes, turns) => {
      const paths = written(folder, file, plan)
      const start: ParallelOptions['start'] = (task) => new SecondInTurn(task, turns)
      const parallel = { fromBytes: 0, ...sizes, start }
      expect(await checked(paths, parallel)).toEqual(await checked(paths, { ...PARALLEL, fromBytes: Infinity }))
    }),
    { numRuns: 20 },
  )
})

test('what is behind a line that is no row, or behind the most rows, is left to one', async () => {
  const rows = Array.from({ length: 3000 }, (_, at) => `M-${at},Asha,,,,,,,,`)
  const folder = temporaryFolder()
  for (const { lines, mostRows } of [
    { lines: [...rows.slice(0, 2000), HEADER, ...rows.slice(2000)], mostRows: Infinity },
    { lines: rows, mostRows: 2000 },
  ]) {
    const paths = written(folder, { quotes: false, lines, lineEnd: '\n', isEnded: true }, LINK)
    const counts = { read: 0, counted: 0 }
    const start: ParallelOptions['start'] = (task) => new SecondInTurn(task, [true, false], counts)
    expect(await checked(paths, { fromBytes: 0, segmentBytes: 2048, mostRows, start })).toEqual(
      await checked(paths, { ...PARALLEL, fromBytes: Infinity }),
    )
    expect(counts.counted).toBeGreaterThan(2)
    // A segment takes some fifty rows.
    expect(counts.read).toBeLessThan(30)
  }
})

test.for([
  { what: 'in a thread of its own', task: {} },
  { what: 'where no thread can be started', task: { planText: 'no plan' } },
])('a check $what comes to what one comes to alone', async ({ task: changed }) => {
  const rows = Array.from({ length: 5000 }, (_, at) => `M-${at % 4000},Asha,98765${String(at).padStart(5, '0')},,,,,,,`)
  const plan = `${REGISTER}${LINK}`
  const paths = written(temporaryFolder(), { quotes: false, lines: rows, lineEnd: '\n', isEnded: true }, plan)
  const start: ParallelOptions['start'] = (task) => {
    const thread = new ReaderThread({ ...task, ...changed })
    return 'planText' in changed ? thread : new StartedFirst(thread)
  }
  expect(await checked(paths, { ...PARALLEL, fromBytes: 0, segmentBytes: 4096, start })).toEqual(
    await checked(paths, { ...PARALLEL, fromBytes: Infinity }),
  )
})

test('what a thread fails with once it has begun, the check fails with', async () => {
  const rows = Array.from({ length: 5000 }, (_, at) => `M-${at},Asha,,,,,,,,`)
  const paths = written(temporaryFolder(), { quotes: false, lines: rows, lineEnd: '\n', isEnded: true }, LINK)
  await expect(checked(paths, { ...PARALLEL, fromBytes: 0, segmentBytes: 4096, start: startBlind })).rejects.toThrow(
    RangeError,
  )
})

const sizesOf = fc.record({
  segmentBytes: fc.integer({ min: 150, max: 2000 }),
  mostRows: fc.oneof({ weight: 3, arbitrary: fc.constant(Infinity) }, fc.integer({ min: 120, max: 220 })),
})

/** It cannot read what is not there. */
function startBlind(task: ThreadTask): SecondReader {
  return new StartedFirst(new ReaderThread({ ...task, slots: new SharedArrayBuffer(1) }))
}

interface Counts {
  read: number
  counted: number
}

interface Paths {
  readonly file: string
  readonly plan: string
}

async function checked({ file, plan }: Paths, parallel: ParallelOptions): Promise<CheckReport> {
  const context: Context = {
    environment: { ...readEnvironment({ home: '/nowhere' }), now: () => Date.parse('2026-11-25') },
    on() {},
    signal: new AbortController().signal,
  }
  await using open = await openImport({ files: [file], plan }, context)
  const report = await checkFile(open, {}, context, parallel)
  // Of two that are as frequent, the one comes first that was met first, and two threads meet them in an order of their own.
  return { ...report, lookalikes: report.lookalikes.toSorted((a, b) => (textsOf(a) < textsOf(b) ? -1 : 1)) }
}

function textsOf({ column, text }: ColumnLookalike): string {
  return `${column} ${text}`
}

/** Is waited for: otherwise it depends on the machine whether a thread has begun before all is done. */
class StartedFirst implements SecondReader {
  readonly #thread: ReaderThread

  constructor(thread: ReaderThread) {
    this.#thread = thread
  }

  get load(): number {
    return this.#thread.load === Infinity ? 0 : this.#thread.load
  }

  read(...given: Parameters<SecondReader['read']>): void {
    this.#thread.read(...given)
  }

  count(without: readonly number[]): void {
    this.#thread.count(without)
  }

  news(): Promise<void> {
    return this.#thread.news()
  }

  state(): Promise<ReaderState | undefined> {
    return this.#thread.state()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#thread[Symbol.asyncDispose]()
  }
}

/** Who looks at segments in this thread, and takes and answers when it is told to. What it is told and tells is copied, as between threads. */
class SecondInTurn implements SecondReader {
  readonly #turns: readonly boolean[]
  readonly #slots: SharedArrayBuffer
  readonly #reader: SegmentReader
  readonly #answers: (() => void)[] = []
  #turn = 0
  /** What became of the segments that it read. */
  readonly counts: Counts

  constructor({ slots, ...task }: ThreadTask, turns: readonly boolean[], counts: Counts = { read: 0, counted: 0 }) {
    this.#turns = turns
    this.#slots = slots
    this.#reader = readerFor({ ...structuredClone(task), slots })
    this.counts = counts
  }

  get load(): number {
    return this.#next() ? this.#answers.length : Infinity
  }

  read(segment: Segment, from: number, onRead: (read: ReadSegment) => void): void {
    this.counts.read += 1
    const read = this.#reader.read(structuredClone(segment), Buffer.from(this.#slots, from, segment.bytes))
    this.#answers.push(() => onRead(structuredClone(read)))
    if (this.#next()) this.#answers.shift()?.()
  }

  count(without: readonly number[]): void {
    this.counts.counted += 1
    this.#reader.count(without)
  }

  news(): Promise<void> {
    this.#answers.shift()?.()
    return Promise.resolve()
  }

  state(): Promise<ReaderState> {
    return Promise.resolve(structuredClone(this.#reader.state()))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve()
  }

  #next(): boolean {
    return this.#turns[this.#turn++ % this.#turns.length] ?? true
  }
}

function written(folder: string, { quotes, lines, lineEnd, isEnded }: FileOf, plan: string): Paths {
  const paths = { file: join(folder, 'members.csv'), plan: join(folder, 'plan.yaml') }
  let head = `${HEADER}${lineEnd}`
  for (let at = 0; head.length < HEAD_BYTES; at++) {
    const begun = `F-${at},${quotes ? '"Asha"' : 'Asha'},,,,,,,,`
    const left = HEAD_BYTES - head.length - begun.length - lineEnd.length
    head += `${begun}${'x'.repeat(left < 2500 ? left : 2000)}${lineEnd}`
  }
  writeFileSync(paths.file, head + lines.join(lineEnd) + (isEnded ? lineEnd : ''))
  writeFileSync(paths.plan, plan)
  return paths
}

const planOf = fc
  .record({
    duplicates: fc.constantFrom('first', 'reject', 'all'),
    placeholders: fc.constantFrom('drop', 'invalid', 'send'),
    key: fc.constantFrom('key: id, ', ''),
    lanes: fc.constantFrom('register', 'register link', 'link'),
  })
  .map(
    ({ duplicates, placeholders, key, lanes }) => `duplicates: ${duplicates}
placeholders: ${placeholders}
rows: { ${key}empty: ['-x-'] }
${lanes.includes('register') ? REGISTER : ''}${lanes.includes('link') ? LINK : ''}`,
  )

const REGISTER = `register:
  body:
    profiles:
      - firstName: \${name}
        source: INSTORE
        identifiers:
          - { type: mobile, value: "\${mobile | phone IN}" }
          - { type: email, value: "\${email | lower}" }
          - { type: externalId, value: "\${id}" }
    extendedFields:
      dob: \${born | date dd/MM/yyyy or yyyy-MM-dd}
      joined: \${joined | date "yyyy-MM-dd'T'HH:mm:ssXXX"}
      changed: \${changed | datetime epoch-milliseconds}
      points: \${points | number}
`
const LINK = `link:
  customer: { externalId: "\${id}", mobile: "\${mobile | phone IN}" }
  linkToPartnerPrograms:
    - partnerProgramName: \${partner}
`

interface FileOf {
  /** Whether it shows early that it puts values in quotes. */
  readonly quotes: boolean
  readonly lines: readonly string[]
  readonly lineEnd: string
  readonly isEnded: boolean
}

const oneOf = (...values: readonly string[]) => fc.constantFrom(...values)
const numbered = (prefix: string, most: number) => fc.nat(most).map((at) => `${prefix}${at}`)
/** Few members, so that rows are of the same ones, share what they have, and contradict each other. */
const idOf = fc.oneof(
  { weight: 6, arbitrary: numbered('M-', 60) },
  numbered('00', 20),
  numbered('', 30),
  numbered('98765432100000', 9),
  oneOf('1200000000000', '3400000000000', 'М-7', 'M–8', '03-Apr', '12-May', 'n/a', '', 'caf&eacute;', '12.345', 'NULL'),
)
const mobileOf = fc.oneof(
  { weight: 6, arbitrary: fc.nat(60).map((at) => `98765432${String(at).padStart(2, '0')}`) },
  oneOf('', '', '12', '9999999999', '+14155550100', '-', '1800123456'),
)
const emailOf = fc.oneof(
  { weight: 6, arbitrary: numbered('a', 60).map((name) => `${name}@example.org`) },
  oneOf('', '', 'noemail@shop.in', 'n/a', 'a@', 'sin correo', 'a..b@example.org', '-x-'),
)
const bornOf = oneOf(
  '',
  '05/01/1990',
  '17/05/1988',
  '05/17/1988',
  '1990-03-04',
  '31/02/1990',
  '01/01/1900',
  '-x-',
  'none',
)
const joinedOf = oneOf('', '1988-05-09T18:30:00Z', '2020-01-01T18:30:00Z', '2020-01-01T00:00:00Z')
const changedOf = oneOf('', '579225600', '579225601', '579225600000')
const nameOf = oneOf(
  'Asha',
  'Ravi',
  '"Rao, Ravi"',
  '"Asha ""A"" Rao"',
  '',
  '-',
  'NULL',
  '"two\nlines"',
  '"two\n\nlines"',
)
const rowOf = fc
  .tuple(
    idOf,
    nameOf,
    mobileOf,
    emailOf,
    bornOf,
    joinedOf,
    changedOf,
    oneOf('', 'Goldstar'),
    oneOf('', '1', 'x', 'N/A'),
  )
  .map((cells) => [...cells, ''].join(','))
const blank = oneOf('', '   ', '\t')
/** What is no plain row, and behind which one goes on alone. */
const oddity = oneOf(
  ',,,,,,,,,',
  '----,----,----,----,----,----,----,----,----,----',
  HEADER,
  'name,id,mobile,email,born,joined,changed,partner,points,note',
  'Total,,,,,,,,12,',
  '(12 rows)',
  'M-1,5" pipe,,,,,,,,',
  'M-2,"open,,,,,,,,',
  'M-3,too,few',
  'M-4,\u0000,,,,,,,,',
  'M-5,a\rb,,,,,,,,',
)
const fileOf: fc.Arbitrary<FileOf> = fc.record({
  quotes: fc.boolean(),
  lines: fc
    .tuple(
      fc.array(fc.oneof({ weight: 30, arbitrary: rowOf }, { weight: 1, arbitrary: blank }), {
        minLength: 5,
        maxLength: 120,
      }),
      fc.array(fc.oneof(rowOf, oddity, blank), { maxLength: 3 }),
      fc.array(rowOf, { maxLength: 40 }),
    )
    .map((parts) => parts.flat()),
  lineEnd: oneOf('\n', '\r\n'),
  isEnded: fc.boolean(),
})
const turnsOf = fc.array(fc.boolean(), { minLength: 1, maxLength: 20 })
