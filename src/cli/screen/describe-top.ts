import type { Moment } from '../../app/top/look.ts'
import { formatCount } from '../../words.ts'
import { describeWorkers } from './describe-workers.ts'
import { clockTime, localTime } from './local-time.ts'
import { type ProgressLayout, progressLines } from './progress-lines.ts'
import { type Line, columnsOf, fit, plain } from './span.ts'
import { tableLines } from './table.ts'

/** What is under way, in lines of so many columns: runs, who works and what waits, and the syncs that are due next. */
export function describeTop(moment: Moment, layout: ProgressLayout): readonly Line[] {
  const { at, runs, workers, problem, syncs } = moment
  const workerLines = workers === undefined ? [] : describeWorkers(workers, at)
  return [
    heading(`Runs at work: ${formatCount(runs.length)}`, localTime(at, layout.zone)),
    ...runs.flatMap(({ file, progress }) => [
      '',
      `${progress.run}  ${fit(file, Math.max(layout.width - progress.run.length - 2, 10))}`,
      ...progressLines(progress, layout),
    ]),
    '',
    heading('Workers and queues'),
    ...(problem === undefined ? [] : [[{ text: problem, style: 'bad' as const }]]),
    // Beside each other they are wider than some terminals; what is at the end of a line matters least.
    ...workerLines.map((line) => (columnsOf(plain(line)) > layout.width ? fit(plain(line), layout.width) : line)),
    ...(syncs.length === 0
      ? []
      : ['', heading('Syncs'), ...tableLines(syncs.map((sync) => syncCells(sync, moment, layout)))]),
  ]
}

function heading(text: string, behind = ''): Line {
  return [{ text, style: 'strong' }, ...(behind === '' ? [] : [{ text: `  ${behind}`, style: 'minor' as const }])]
}

function syncCells(
  { name, last, paused, next, problem }: Moment['syncs'][number],
  { at }: Moment,
  { zone }: ProgressLayout,
): readonly Line[] {
  const due = next === undefined ? 'not scheduled' : `due ${clockTime(next, at, zone)}`
  return [name, paused === undefined ? (problem ?? due) : 'paused', `last: ${last?.outcome ?? 'not run yet'}`]
}
