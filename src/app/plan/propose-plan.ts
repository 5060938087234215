import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Question, choicesBy } from '../../init/choices.ts'
import { proposePlan as proposeFrom, proposedLanes } from '../../init/propose-plan.ts'
import { isMember } from './is-member.ts'
import { sampleColumns } from '../../init/sample-columns.ts'
import { tellTurned } from '../../init/tell-turned.ts'
import { laneNamed } from '../../lanes/lanes.ts'
import { type LaneName, type SourceRow, UsageError } from '../../model.ts'
import { type Plan, loadPlan } from '../../plan/load-plan.ts'
import { isCountry } from '../../plan/phone-countries.ts'
import { nameOf, readDatabase } from '../../query/query-address.ts'
import { openSource } from '../../source/open-source.ts'
import type { SourceOptions } from '../../source/source-options.ts'
import type { Listener } from '../events.ts'
import { SNAPSHOT } from '../input/open-input.ts'
import { takeRows } from '../input/read-rows.ts'
import { type QuerySource, askQuery, querySource } from '../input/stage-query.ts'
import { type Trial, tryPlan } from './try-plan.ts'

export type { Question } from '../../init/choices.ts'
export type { Trial } from './try-plan.ts'

/** Rows that a proposal is made from. */
const ROWS_SAMPLED = 1_000

export interface ProposalRequest {
  /** The path of a file of members, or the address of a database. */
  readonly file: string
  /** The path of the query that a database is asked. */
  readonly query?: string
  /** How it is written, as between the braces of a plan's `rows: { }`. */
  readonly rows?: string
  /** The country of the members: two letters. It settles phones, and dates and numbers that may be read in two ways. */
  readonly country?: string
  /** Which lanes the plan is to ask for; absent: as the columns show. */
  readonly lanes?: readonly LaneName[]
  /** Asks somebody; undefined where it stays open. Absent: nobody is there. */
  readonly ask?: (question: Question) => Promise<string | undefined>
}

export interface Proposal {
  /** The file, or the address of the database without a password. */
  readonly source: string
  /** The plan. */
  readonly text: string
  /** What becomes of the rows under it. */
  readonly trial: Trial
}

/**
 * Proposes a plan for a file, from its columns and first rows, and tries it on these. Throws a UsageError where the file
 * cannot be read.
 */
export async function proposePlan(request: ProposalRequest, on: Listener): Promise<Proposal> {
  let reading = request.rows?.trim() === '' ? undefined : request.rows
  const country = request.country?.toUpperCase()
  const { lanes } = request
  if (lanes !== undefined) refuseLanes(lanes)
  if (country !== undefined && !isCountry(country)) {
    throw new UsageError(`--country ${request.country} is no country: write its two letters, as in --country IN.`)
  }
  try {
    const source = querySource([request.file], request.query)
    const readFile = (listener: Listener) =>
      readSample(request.file, { ...readSettings(reading), name: request.file }, listener)
    let sample = await (source === undefined ? readFile(on) : readAnswer(source, reading, on))
    const named = source === undefined && reading === undefined ? namesWithout(sample) : undefined
    if (named !== undefined) {
      reading = named
      on({
        kind: 'source-note',
        text: 'The first line looks like a member, and is read as one: the columns are named c1, c2 and so on.',
      })
      sample = await readFile(() => {})
    }
    const given = source === undefined ? request.file : nameOf(readDatabase(source.address))
    const file = source === undefined ? given : `${given} --query ${source.query}`
    const answers = new Map<string, string>()
    const columns = sampleColumns(sample.rows, sample.columns)
    const propose = () => {
      const choices = choicesBy(answers, country)
      const text = proposeFrom(columns, { file, rows: sample.rows.length, reading, choices, lanes })
      return { text, questions: choices.questions }
    }
    const first = propose()
    for (const question of request.ask === undefined ? [] : first.questions) {
      const answer = await request.ask?.(question)
      if (answer !== undefined) answers.set(question.column, answer)
    }
    const { text } = answers.size === 0 ? first : propose()
    const turned = tellTurned(columns)
    const trial = turned === undefined ? tryPlan(text, sample) : untried(sample, turned)
    return { source: given, text, trial }
  } catch (error) {
    throw reading === undefined ? withRowsOption(error) : error
  }
}

/** Of rows that are no members, none is shown as if it were one. */
function untried({ rows }: Sample, trouble: string): Trial {
  return { preview: [], rows: rows.length, ready: 0, problems: [], trouble }
}

/** Names for the columns of a file whose first line is a member. */
function namesWithout({ columns, rows }: Sample): string | undefined {
  if (
    columns === undefined ||
    !isMember(
      columns,
      sampleColumns(
        rows,
        columns.map((_, at) => `c${at + 1}`),
      ),
    )
  )
    return undefined
  return `columns: [${columns.map((_, at) => `c${at + 1}`).join(', ')}]`
}

/** Throws a UsageError where no plan can be proposed for such lanes, or none that loads. */
function refuseLanes(lanes: readonly LaneName[]): void {
  const unknown = lanes.find((lane) => !proposedLanes.includes(lane))
  if (unknown !== undefined || lanes.length === 0) {
    const why = unknown === undefined ? 'there is none in it' : `no plan is proposed for ${JSON.stringify(unknown)}`
    throw new UsageError(
      `--lanes is ${JSON.stringify(lanes.join(','))}: ${why}. Expected one or several of ${proposedLanes.join(', ')}, ` +
        'as in --lanes register-v1,link.',
    )
  }
  const [first, second] = lanes.filter((lane) => laneNamed(lane).creates === true)
  if (second !== undefined) {
    throw new UsageError(`--lanes has ${first} and ${second}: a plan registers members one way. Take one of them.`)
  }
}

/** Where the plan should say how the file is written, there is no plan yet: names the option that says it to init. */
function withRowsOption(error: unknown): unknown {
  if (!(error instanceof UsageError)) return error
  const settings = /`rows: \{ ([^`]+) \}`/.exec(error.message)?.[1]
  return settings === undefined ? error : new UsageError(`${error.message} With init: --rows '${settings}'.`)
}

interface Sample {
  readonly rows: readonly SourceRow[]
  readonly columns: readonly string[] | undefined
}

async function readSample(path: string, reading: SourceOptions, on: Listener): Promise<Sample> {
  await using stack = new AsyncDisposableStack()
  const source = stack.adopt(await openSource(path, reading), (opened) => opened.close())
  for (const text of reading === SNAPSHOT ? [] : source.notes) on({ kind: 'source-note', text })
  const rows: SourceRow[] = []
  for await (const chunk of takeRows(source, ROWS_SAMPLED)) rows.push(...chunk)
  return { rows, columns: source.columns }
}

/** The first rows that a database answers; they are kept no longer than it takes to read them. */
async function readAnswer(source: QuerySource, reading: string | undefined, on: Listener): Promise<Sample> {
  if (reading !== undefined) throw new UsageError('--rows says how a file is written; a database is asked as it is.')
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-query-'))
  try {
    const to = join(folder, 'input')
    await askQuery(source, { to, signal: new AbortController().signal, most: ROWS_SAMPLED })
    return await readSample(to, SNAPSHOT, on)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What stands between the braces of a plan's `rows: { }`, read as a plan is. */
function readSettings(reading: string | undefined): Plan['rows']['reading'] {
  if (reading === undefined) return {}
  const { rows } = loadPlan(`rows: { ${reading} }\nregister: { body: "\${.}" }\n`, '--rows')
  if (rows.key !== undefined)
    throw new UsageError('--rows says how the file is written; `key:` is proposed. Leave it away.')
  return rows.reading
}
