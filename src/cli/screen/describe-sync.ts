import type { readSync } from '../../app/sync/read-sync.ts'
import type { SyncEnd } from '../../app/sync/sync-end.ts'
import type { SyncStatus } from '../../app/sync/sync-history.ts'
import { executionAsJson, isoTime } from '../../app/sync/sync-json.ts'
import { describeSurvey } from '../../app/sync/sync-notification.ts'
import { commandOf } from '../../typed-commands.ts'
import type { Line } from './span.ts'
import { describeEnd } from './print-end.ts'

type Sync = ReturnType<typeof readSync>

/** What a call of a sync came to, for people. */
export function describeSync(sync: Sync, { state, executions }: SyncEnd, home: string): readonly Line[] {
  if (state === 'busy')
    return [`Another process is at work on the sync ${sync.name}: skipped, as its \`overlap\` says.`]
  if (state === 'paused')
    return [
      `The sync ${sync.name} is paused: nothing was begun. It goes on once it is resumed: ${commandOf('sync', 'resume', sync.name)}`,
    ]
  if (state === 'past') return ['That time was taken up before.']
  return executions.flatMap(({ execution, end, next }): readonly Line[] => {
    const survey = execution.survey === undefined ? '' : describeSurvey(execution.survey)
    if (end === undefined || execution.outcome === 'guard') {
      const why = [execution.reason ?? '', survey].filter((part) => part !== '').join(' ')
      const held: Line = [
        { text: `${execution.file ?? ''}: ` },
        { text: 'not imported.', style: 'bad' },
        { text: ` ${why}` },
      ]
      return ['', held, ...(next === undefined ? [] : [next])]
    }
    const where = execution.archived === undefined ? [] : [`The file: ${execution.archived}`]
    return [...describeEnd(end, home), survey, ...where]
  })
}

/** The same for scripts. */
export function syncEndAsJson(sync: Sync, { state, executions }: SyncEnd): object {
  const files = executions.map(({ execution, end }) => ({ ...executionAsJson(execution), summary: end?.summary }))
  return { sync: sync.name, state, files }
}

/** How the syncs of a home stand, for people. */
export function describeSyncs(syncs: readonly SyncStatus[], home: string): readonly string[] {
  if (syncs.length === 0) return [`No syncs in ${home}.`]
  return syncs.map(({ name, file, last, paused, next, problem }) => {
    const since = isoTime(paused)
    const due = since === undefined ? (problem ?? isoTime(next) ?? 'not scheduled') : `paused since ${since}`
    return `${name}  last: ${last?.outcome ?? 'not run yet'}  next: ${due}  ${file}`
  })
}
