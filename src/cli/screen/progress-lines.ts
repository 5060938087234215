import type { AppEvent, LaneProgress } from '../../app/events.ts'
import type { Status } from '../../model.ts'
import { describeDuration, formatCount } from '../../words.ts'
import { clockTime } from './local-time.ts'
import { type Line, type Span, columnsOf, fit, flow, plain } from './span.ts'
import { statusStyles } from './styles.ts'

export type Progress = Extract<AppEvent, { kind: 'progress' }>

export interface ProgressLayout {
  /** Columns that a line may take. */
  readonly width: number
  /** The zone of the clock; this machine's unless told. */
  readonly zone?: string
}

/**
 * How far a run is, for a terminal, in as many lines as it takes: one for each lane, the rows by what became of them, and
 * how much is done and left. What a trouble is called is cut where it is long; nothing else is.
 */
export function progressLines(progress: Progress, layout: ProgressLayout): readonly Line[] {
  return [
    ...laneLines(progress, layout),
    ...flow(countPieces(progress), layout.width, '  '),
    ...doneLines(progress, layout),
  ]
}

/** The same in one line, for what is no terminal. */
export function progressLine(progress: Progress, zone?: string): string {
  const lanes = Object.entries(progress.lanes)
  return [
    [doneOf(progress), leftOf(progress, zone)].filter((part) => part !== undefined).join(', '),
    ...lanes.map(([lane, each]) => [lane, paceOf(each), troubleOf(each, progress.at)].filter(Boolean).join(' ')),
    countPieces(progress).map(plain).join(' '),
  ]
    .filter((part) => part !== '')
    .join('; ')
}

function laneLines({ lanes, at }: Progress, { width }: ProgressLayout): readonly Line[] {
  const names = Math.max(...Object.keys(lanes).map((lane) => lane.length), 0)
  return Object.entries(lanes).flatMap(([lane, each]): readonly Line[] => {
    const { inFlight = 0 } = each
    const pieces: Line[] = [
      [{ text: lane.padEnd(names), style: 'strong' }],
      paceOf(each),
      ...(inFlight > 0 ? [`${formatCount(inFlight)} in flight`] : []),
    ]
    const trouble = troubleOf(each, at)
    if (trouble === undefined) return flow(pieces, width, '  ')
    const style = each.trouble?.kind === 'down' ? 'bad' : 'doubtful'
    const [line, ...more] = flow([...pieces, [{ text: trouble, style }]], width, '  ')
    if (more.length === 0 && line !== undefined) return [line]
    return [...flow(pieces, width, '  '), [{ text: `  ${fit(trouble, width - 2)}`, style }]]
  })
}

function paceOf({ rpm, limitRpm }: LaneProgress): string {
  // Over some seconds, a slot more or less makes it look as if the limit had been overstepped.
  const pace = formatCount(Math.round(Math.min(rpm, limitRpm ?? Infinity)))
  return limitRpm === undefined ? `${pace} a minute` : `${pace} of ${formatCount(limitRpm)} a minute`
}

function troubleOf({ trouble }: LaneProgress, at: number): string | undefined {
  if (trouble === undefined) return undefined
  const { kind, since, reason } = trouble
  const why = reason === '' ? '' : `: ${reason}`
  if (kind === 'throttled') return `throttled, ${describeDuration(trouble.until - at)} more${why}`
  return `${trouble.refused ? 'refused' : 'down'} for ${describeDuration(at - since)}${why}`
}

function countPieces(progress: Progress): readonly Line[] {
  const { statuses } = progress.counts
  const { inFlight, notSent, notRead } = openRows(progress)
  return [
    ...(Object.keys(statusStyles) as Status[])
      .filter((status) => statuses[status] > 0)
      .map((status): readonly Span[] => [
        { text: `${status} ${formatCount(statuses[status])}`, style: statusStyles[status] },
      ]),
    ...[
      { name: 'in flight', rows: inFlight ?? 0 },
      // Workers elsewhere do not tell.
      { name: inFlight === undefined ? 'in flight or not sent yet' : 'not sent yet', rows: notSent },
      { name: 'not read yet', rows: notRead },
    ]
      .filter(({ rows }) => rows > 0)
      .map(({ name, rows }): readonly Span[] => [{ text: `${name} ${formatCount(rows)}`, style: 'minor' }]),
  ]
}

/** Rows that are not done, by where they are. */
export function openRows({ counts, lanes, rowsRead, rowsInAll }: Progress): {
  /** Undefined where nobody knows: they are among `notSent` then. */
  readonly inFlight: number | undefined
  readonly notSent: number
  readonly notRead: number
} {
  const held = Object.values(lanes).flatMap(({ inFlight }) => inFlight ?? [])
  const open = rowsRead - (counts.rows - counts.open)
  const inFlight =
    held.length === 0
      ? undefined
      : Math.min(
          held.reduce((sum, rows) => sum + rows, 0),
          open,
        )
  return { inFlight, notSent: open - (inFlight ?? 0), notRead: Math.max((rowsInAll ?? rowsRead) - rowsRead, 0) }
}

const BAR = { least: 8, most: 30 }

function doneLines(progress: Progress, { width, zone }: ProgressLayout): readonly Line[] {
  const { counts, rowsInAll = 0 } = progress
  const left = leftOf(progress, zone)
  const words = [doneOf(progress), ...(left === undefined ? [] : [left])]
  const lines = flow(words, width, '  ')
  if (rowsInAll === 0) return lines
  const share = Math.min((counts.rows - counts.open) / rowsInAll, 1)
  const percent = `${String(Math.floor(share * 100)).padStart(3)} %`
  const [first = ''] = lines
  const room = Math.min(width - columnsOf(plain(first)) - percent.length - 3, BAR.most)
  if (room < BAR.least) return flow([percent.trimStart(), ...words], width, '  ')
  const full = Math.round(share * room)
  const bar: readonly Span[] = [
    { text: '█'.repeat(full), style: 'active' },
    { text: '░'.repeat(room - full), style: 'minor' },
    { text: ` ${percent}` },
  ]
  return flow([bar, ...words], width, '  ')
}

function doneOf({ counts, rowsInAll }: Progress): string {
  const done = formatCount(counts.rows - counts.open)
  return rowsInAll === undefined ? `${done} rows done` : `${done} of ${formatCount(rowsInAll)} rows done`
}

/** How much is left, for how long, and when that will be. */
function leftOf({ counts, rowsInAll, endsAt, at, last }: Progress, zone: string | undefined): string | undefined {
  const left = rowsInAll === undefined ? 0 : rowsInAll - (counts.rows - counts.open)
  if (left <= 0) return undefined
  const rows = `${formatCount(left)} left`
  if (endsAt === undefined || last) return rows
  return `${rows}: ${describeDuration(endsAt - at)}, until ${clockTime(endsAt, at, zone)}`
}
