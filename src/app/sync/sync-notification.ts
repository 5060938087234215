import { basename } from 'node:path'
import type { Notification } from '../../notify/notification.ts'
import type { Execution } from '../../sync/executions.ts'
import { formatCount, plural } from '../../words.ts'
import type { Environment } from '../environment.ts'
import { asTyped, commandOf } from '../../typed-commands.ts'
import { consoleLine } from '../notify/console-address.ts'
import { endNotification, typingFor } from '../notify/end-notification.ts'
import type { Sync } from '../../sync/load-sync.ts'
import type { Survey } from '../../sync/survey.ts'
import type { SessionEnd } from '../session/session-end.ts'

/** The notification of an execution whose run ended or halted. */
export function runNotification(
  { name, file }: Pick<Sync, 'name' | 'file'>,
  execution: Execution,
  end: SessionEnd,
  environment: Pick<Environment, 'home' | 'command' | 'consoleUrl'>,
): Notification {
  const { title, lines, data } = endNotification(end, environment)
  const next =
    end.record.state !== 'halted'
      ? []
      : [
          end.record.stopWhen === true
            ? afterStop(file, end.record.run)
            : 'The next time of the sync goes on with it, once that is mended.',
        ]
  return {
    id: `${name}-${execution.id}`,
    event: end.record.state,
    title: `${name}: ${title}`,
    lines: [
      ...(execution.survey === undefined ? [] : [describeSurvey(execution.survey)]),
      ...lines.filter((line) => !line.startsWith('To go on:')),
      ...next.map((line) => asTyped(line, typingFor(environment))),
    ],
    data: { sync: name, ...(execution.survey !== undefined && { survey: execution.survey }), ...data },
  }
}

/** That of an execution without a run: a guard tripped, a time was missed, something is amiss. */
export function plainNotification(
  sync: string,
  execution: Execution,
  {
    next,
    environment,
  }: { readonly next: string; readonly environment: Pick<Environment, 'home' | 'command' | 'consoleUrl'> },
): Notification {
  const { id, file, reason = '', outcome = '' } = execution
  const what = file === undefined ? '' : `${basename(file)}: `
  return {
    id: `${sync}-${id}`,
    event: outcome,
    title: `${sync}: ${what}${HEADS[outcome] ?? outcome}`,
    lines: [
      reason,
      asTyped(next, typingFor(environment)),
      ...consoleLine(environment.consoleUrl, ['syncs', sync]),
    ].filter((line) => line !== ''),
    data: { sync, file, reason, survey: execution.survey },
  }
}

function afterStop(sync: string, run: string): string {
  return (
    `It goes on with \`${commandOf('sync', 'run', sync, '--force')}\`. If the plan is wrong: mend it, end the run with ` +
    `\`${commandOf('cancel', run)}\`, and move its file back into the inbox.`
  )
}

const HEADS: Readonly<Record<string, string>> = {
  guard: 'not imported.',
  missed: 'a time was missed.',
  halted: 'could not be imported.',
}

type Surveyed = Pick<Survey, 'rows' | 'new' | 'changed' | 'unchanged' | 'invalid' | 'gone'>

/** `1,000 rows: 20 new, 30 changed, 950 unchanged; 5 gone.` */
export function describeSurvey(survey: Surveyed): string {
  const { rows, new: fresh, changed, unchanged, invalid, gone } = survey
  const parts = [
    `${formatCount(fresh)} new`,
    `${formatCount(changed)} changed`,
    `${formatCount(unchanged)} unchanged`,
    ...(invalid > 0 ? [`${formatCount(invalid)} invalid or asking for nothing`] : []),
  ]
  return `${plural(rows, 'row')}: ${parts.join(', ')}; ${formatCount(gone)} gone.`
}
