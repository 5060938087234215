import { type BegunRun, byBeginning } from '../../app/runs/list-runs.ts'
import type { RunList } from '../../app/runs/run-catalogue.ts'
import { runKind } from '../../app/runs/run-kind.ts'
import type { RunStatus } from '../../app/runs/run-status.ts'
import { describeDuration, formatCount, plural } from '../../words.ts'
import { clockTime, localTime } from './local-time.ts'
import { type Line, columnsOf, flow, plain } from './span.ts'
import { stateStyles } from './styles.ts'
import { tableLines } from './table.ts'

export interface RunsSetting {
  readonly home: string
  /** Milliseconds since the epoch. */
  readonly now: number
  /** The zone of times; this machine's unless told. */
  readonly zone?: string
  /** Columns of the terminal; no table is broken where there is none. */
  readonly width?: number | undefined
}

type Listed = RunList['runs'][number]

const HEADER = ['RUN', 'STATE', 'KIND', 'DONE', 'PROBLEMS', 'SINCE', 'TOOK', 'ENDS', 'FILE']

/** The runs of a home as a table, the latest last, and below it what to do about those that cannot be read. */
export function describeRuns({ runs, unreadable }: RunList, setting: RunsSetting): readonly Line[] {
  const lines: readonly (BegunRun & { readonly cells: readonly Line[] })[] = [
    ...runs.map((listed) => ({ ...listed.record, cells: cellsOf(listed, setting) })),
    ...unreadable.map(({ run, why }) => ({
      run,
      cells: [run, [{ text: 'unreadable', style: 'bad' as const }], '', '', '', '', '', '', why],
    })),
  ]
  if (lines.length === 0) return [`No runs in ${setting.home}.`]
  const header: readonly Line[] = HEADER.map((text) => [{ text, style: 'minor' as const }])
  const cells = lines.toSorted(byBeginning).map((line) => line.cells)
  return [
    ...layOut(header, cells, setting.width),
    ...unreadable.flatMap(({ run, remedy }) => ['', `${run}: ${remedy}`]),
  ]
}

/** As a table or, where the terminal is too narrow for one, each run by itself. */
function layOut(header: readonly Line[], cells: readonly (readonly Line[])[], width = Infinity): readonly Line[] {
  const table = tableLines([header, ...cells])
  if (table.every((line) => columnsOf(plain(line)) <= width)) return table
  return cells.flatMap((each) =>
    flow(
      each.filter((cell) => cell.length > 0),
      width,
      '    ',
    ),
  )
}

function cellsOf({ record, status }: Listed, { now, zone }: RunsSetting): readonly Line[] {
  const { run, state, problems, endsAt } = status
  const { startedAt, finishedAt, source } = record
  const since = Date.parse(startedAt)
  const until = state === 'running' ? now : finishedAt === undefined ? undefined : Date.parse(finishedAt)
  return [
    run,
    [{ text: state, style: stateStyles[state] }],
    runKind(record),
    doneOf(status),
    problems === 0 ? '' : [{ text: `${formatCount(problems)} not done`, style: 'bad' }],
    localTime(since, zone),
    until === undefined ? '' : describeDuration(until - since),
    endsAt === undefined ? '' : `until ${clockTime(endsAt, now, zone)}`,
    source,
  ]
}

function doneOf({ done, rows, rowsInAll = rows }: RunStatus): string {
  const all = Math.max(rowsInAll, rows)
  return done === all ? plural(done, 'row') : `${formatCount(done)} of ${plural(all, 'row')}`
}
