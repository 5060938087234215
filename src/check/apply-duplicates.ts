import { laneNamed } from '../lanes/lanes.ts'
import type { LaneName, SourceRow } from '../model.ts'
import type { CompiledPlan, Rendered } from '../plan/compile-plan.ts'
import type { Plan } from '../plan/load-plan.ts'
import type { Requests } from './hash-member.ts'
import { type Decide, invalidRow, judgeRows } from './judge-rows.ts'
import { MeetingNotes } from './meeting-notes.ts'
import type { Meeting, MemberJournal } from './member-journal.ts'
import { MemberMemory } from './member-memory.ts'
import type { Met, Same, Taken } from './member-match.ts'
import { asksElse, isRepeated, repeats } from './match-messages.ts'
import { Superseded } from './superseded.ts'

/** The file's rows from its beginning, as far as the run reads them. */
export type ReadRows = () => AsyncIterable<readonly SourceRow[]>

/** What a plan says of rows that have something of a member in common. */
export type MemberRules = Pick<Plan, 'duplicates' | 'placeholders'>

/**
 * The plan, with each row that repeats another dealt with as `duplicates` says, and what several members share as
 * `placeholders` does. What it renders depends on the rows before, so it is to be given every row once and in order; a run
 * that goes on gives it the rows of its earlier sessions too. With `last`, all rows are read once beforehand. Only rows
 * that are sent count: what is invalid, or skipped itself, is repeated by nobody. With a journal, it is not to be given the
 * rows again that the journal knows; not with `last`.
 */
export async function applyDuplicates(
  plan: CompiledPlan,
  rules: MemberRules,
  read: ReadRows,
  journal?: MemberJournal,
): Promise<CompiledPlan> {
  switch (rules.duplicates) {
    case 'all':
      return judged(plan, rules, send, journal)
    case 'last':
      return await sendLast(plan, rules, read)
    case 'first':
      return judged(plan, rules, skip, journal)
    case 'reject':
      return judged(plan, rules, refuse, journal)
  }
}

/** A row that is done, and what it asks for. */
export interface DoneRow {
  readonly row: number
  readonly rendered: Rendered
}

/**
 * The plan where rows go again: one that contradicts the member of a row that is done is not sent, and what several of
 * those share is dealt with as placeholders are. `done`: what such rows ask for.
 */
export function skipDone(plan: CompiledPlan, rules: MemberRules, done: Iterable<DoneRow>): CompiledPlan {
  if (rules.duplicates === 'all') return plan
  const memory = inAnyOrder(new MemberMemory({ learnsOfRepeats: true, lenient: false }))
  for (const { row, rendered } of done) {
    if (rendered.kind === 'requests') memory.meet(row, rendered)
  }
  return { ...plan, render: judgeRows(plan, { ...rules, memory, decide: (rendered) => rendered }) }
}

/** A memory is to be given rows in order: it is given them as they come, under numbers of their own. */
function inAnyOrder(memory: MemberMemory): Pick<MemberMemory, 'meet'> {
  const rows = [0]
  return {
    meet(row, requests) {
      rows.push(row)
      const match = memory.meet(rows.length - 1, requests)
      return 'row' in match ? { ...match, row: rows[match.row] ?? match.row } : match
    },
  }
}

/** The plan that sends all rows, and says of each which one it repeats. */
export function markRepeats(plan: CompiledPlan, rules: MemberRules): CompiledPlan {
  return judged(plan, rules, mark)
}

/** Rows are judged by one, and were rendered by others. */
export interface ParallelJudging {
  /** Judges rows that it renders itself, as `applyDuplicates` has it. */
  readonly plan: CompiledPlan
  /** Judges a row that was rendered before: what its columns hold was watched then. */
  readonly again: CompiledPlan['render']
  /** Judges rows by what was noted of them: those that are new, and are sent as they are. False: it is to be judged `again`. */
  isNew(meeting: Meeting): boolean
  /** The groups of lanes of which is noted what a row asks (`MeetingNotes`). */
  readonly parts: number
}

/**
 * As `applyDuplicates` has it, or with `duplicates: all` as `markRepeats`, where others render the rows. Each row is to be
 * judged once, and in the file's order. `unwatched`: the same plan, loaded and compiled by itself. Not with `last`.
 */
export function judgeInParallel(plan: CompiledPlan, unwatched: CompiledPlan, rules: MemberRules): ParallelJudging {
  const onSame = { all: mark, first: skip, reject: refuse, last: undefined }[rules.duplicates]
  if (onSame === undefined) throw new Error('With `duplicates: last`, rows are judged twice.')
  const memory = memoryFor(plan, rules)
  const decide = decideBy(onSame)
  // What is rendered without a placeholder is rendered for the second time, and then its columns are watched again.
  const render: CompiledPlan['render'] = (row, without = []) =>
    (without.length === 0 ? unwatched : plan).render(row, without)
  return {
    plan: { ...plan, render: judgeRows(plan, { ...rules, memory, decide }) },
    again: judgeRows({ ...plan, render }, { ...rules, memory, decide }),
    isNew: (meeting) => memory.begin(meeting),
    parts: takeableOf(plan).length,
  }
}

/** Notes of rows what `judgeInParallel` is to be told of them. */
export function notesFor(plan: CompiledPlan): MeetingNotes {
  return new MeetingNotes(takeableOf(plan))
}

/** The row that a row repeats, is repeated by or contradicts, from what is said of it; undefined where that is something else. */
export function repeatedRow(message: string | undefined): number | undefined {
  const said = /^The row (?:repeats|is repeated by|has the same [^"]+ as) row (\d+)(?=[:,.]| but)/
  const [, row] = said.exec(message ?? '') ?? []
  return row === undefined ? undefined : Number(row)
}

/** What becomes of a row that repeats another. */
type OnSame = (rendered: Requests, same: Same) => Rendered

const HINT = "The plan's `duplicates` says which row of a member is sent."
const OTHER_NAME_HINT =
  'If they are two people, the one who is left out is not registered: give them an identifier of their own, such as an id. ' +
  HINT
const send: OnSame = (rendered) => rendered
const mark: OnSame = (rendered, same) => ({ ...rendered, again: repeats(same) })
const skip: OnSame = ({ key }, same) => ({ kind: 'skipped', key, message: repeats(same), hint: hintOf(same.otherName) })
const refuse: OnSame = ({ key }, same) =>
  invalidRow(key, repeats(same), 'Take one of them out of the file. The plan says `duplicates: reject`.')

function hintOf(otherName = false): string {
  return otherName ? OTHER_NAME_HINT : HINT
}

function judged(plan: CompiledPlan, rules: MemberRules, onSame: OnSame, journal?: MemberJournal): CompiledPlan {
  const decide = decideBy(onSame)
  return { ...plan, render: judgeRows(plan, { ...rules, memory: memoryFor(plan, rules, journal), decide }) }
}

function decideBy(onSame: OnSame): Decide {
  return (rendered, met) => {
    if (met.kind === 'same') return ofMember(onSame(rendered, met), met)
    return met.kind === 'new' ? rendered : ofMember(askingTheRest(rendered, met, met.taken), met)
  }
}

/**
 * Of rows that repeat each other, the last is sent. The rows are read twice, and judged alike both times; who asks for a
 * member's record is the first row of it that is sent.
 */
async function sendLast(plan: CompiledPlan, rules: MemberRules, read: ReadRows): Promise<CompiledPlan> {
  const superseded = new Superseded()
  const note: Decide = (rendered, met, { row }) => {
    if (met.kind === 'same') superseded.note(met.rows, row)
    return rendered
  }
  const memory = memoryFor(plan, rules)
  const see = judgeRows(plan, { ...rules, memory, decide: note })
  let last = 0
  for await (const chunk of read()) {
    for (const row of chunk) {
      see(row)
      last = row.row
    }
  }
  superseded.settle(last)
  const decide: Decide = (rendered, met, { row }) => {
    const staying = superseded.by(row)
    if (staying !== 0) {
      const otherName = memory.haveOtherNames(row, staying)
      const message = isRepeated(staying, otherName)
      return { kind: 'skipped', key: rendered.key, message, hint: hintOf(otherName) }
    }
    if (met.kind === 'new') return rendered
    const taken = superseded.sentFor(met.taken, row)
    const asked = met.kind === 'same' && taken === undefined ? rendered : askingTheRest(rendered, met, taken)
    return ofMember(asked, met)
  }
  return { ...plan, render: judgeRows(plan, { ...rules, memory: memoryFor(plan, rules), decide }) }
}

function memoryFor(plan: CompiledPlan, { duplicates }: MemberRules, journal?: MemberJournal): MemberMemory {
  return new MemberMemory({
    takeable: takeableOf(plan),
    learnsOfRepeats: duplicates === 'last' || duplicates === 'all',
    lenient: duplicates === 'all',
    journal,
  })
}

/**
 * The lanes about a member's record that a row need not ask again where an earlier row did: all of them, or the one that
 * makes it. None where nothing else is asked, as rows that ask the same repeat each other then.
 */
function takeableOf({ lanes }: CompiledPlan): readonly (readonly LaneName[])[] {
  const records = lanes.filter((lane) => laneNamed(lane).subject === 'record')
  const creating = records.filter((lane) => laneNamed(lane).creates === true)
  const groups = creating.length === records.length ? [records] : [records, creating]
  return groups.filter((group) => group.length > 0 && group.length < lanes.length)
}

/** The row, with what is known of whose it is. */
function ofMember(rendered: Rendered, met: Exclude<Met, { kind: 'new' }>): Rendered {
  if (rendered.kind !== 'requests') return rendered
  return { ...rendered, member: met.kind === 'same' ? met.member : met.row }
}

/** A row of a member who was there before is asked for the rest: what `taken` says, an earlier row asks for. */
function askingTheRest(rendered: Requests, met: Exclude<Met, { kind: 'new' }>, taken: Taken | undefined): Rendered {
  const again = met.kind === 'same' ? repeats(met) : asksElse(met)
  if (taken === undefined) return { ...rendered, again }
  const requests = Object.fromEntries(Object.entries(rendered.requests).filter(([lane]) => !taken.lanes.includes(lane)))
  const from = Object.fromEntries(
    taken.lanes.filter((lane) => rendered.requests[lane] !== undefined).map((lane) => [lane, taken.row]),
  )
  return { ...rendered, requests, again, taken: from }
}
