import { basename, resolve } from 'node:path'
import { runFolder } from '../../run/run-record.ts'
import type { Night } from '../../sync/nights.ts'
import type { Told } from '../../sync/tellings.ts'
import { formatCount, plural } from '../../words.ts'
import { endNotice } from '../notify/end-notice.ts'
import type { SessionEnd } from '../session/session-end.ts'

/** What is told of a night whose run ended or halted. */
export function runNotice(sync: string, night: Night, end: SessionEnd, home: string): Told {
  const { title, lines, data } = endNotice(end, resolve(runFolder(home, end.record.run).path))
  const next =
    end.record.state !== 'halted'
      ? []
      : [end.record.stopWhen === true ? STOPPED : 'The next time of the sync goes on with it, once that is mended.']
  return {
    id: `${sync}-${night.id}`,
    event: end.record.state,
    title: `${sync}: ${title}`,
    lines: [
      ...(night.survey === undefined ? [] : [describeSurvey(night.survey)]),
      ...lines.filter((line) => !line.startsWith('To go on:')),
      ...next,
    ],
    data: { sync, ...(night.survey !== undefined && { survey: night.survey }), ...data },
  }
}

/** What is told of a night without a run: a guard tripped, a time was missed, something is amiss. */
export function plainNotice(sync: string, night: Night, next: string): Told {
  const { id, file, reason = '', outcome = '' } = night
  const what = file === undefined ? '' : `${basename(file)}: `
  return {
    id: `${sync}-${id}`,
    event: outcome,
    title: `${sync}: ${what}${HEADS[outcome] ?? outcome}`,
    lines: [reason, next].filter((line) => line !== ''),
    data: { sync, file, reason, survey: night.survey },
  }
}

const STOPPED =
  'It goes on with `rollcall sync run <file> --force`. If the plan is wrong: mend it, `rollcall cancel` the run, and move its file back into the inbox.'

const HEADS: Readonly<Record<string, string>> = {
  guard: 'not imported.',
  missed: 'a time was missed.',
  halted: 'could not be imported.',
}

/** `1,000 rows: 20 new, 30 changed, 950 unchanged; 5 gone.` */
export function describeSurvey(survey: NonNullable<Night['survey']>): string {
  const { rows, new: fresh, changed, unchanged, invalid, gone } = survey
  const parts = [
    `${formatCount(fresh)} new`,
    `${formatCount(changed)} changed`,
    `${formatCount(unchanged)} unchanged`,
    ...(invalid > 0 ? [`${formatCount(invalid)} invalid or asking for nothing`] : []),
  ]
  return `${plural(rows, 'row')}: ${parts.join(', ')}; ${formatCount(gone)} gone.`
}
