import type { AppEvent, Assumed } from '../../app/events.ts'
import { describeDuration, formatCount, plural } from '../../words.ts'
import { problemLines } from './problems.ts'

/** An event for people, in a line or two; undefined for what they need not hear. */
export function eventText(event: AppEvent): string | undefined {
  switch (event.kind) {
    case 'fetching':
      return `Fetching ${event.file}.`
    case 'decrypted': {
      const signature = event.signedBy === undefined ? 'no signature was asked for' : `signed by key ${event.signedBy}`
      return `${event.file} is decrypted: whole and untouched, ${signature}.`
    }
    case 'source-note':
    case 'home-advice':
    case 'broker-advice':
      return event.text
    case 'rows-left-out':
      return `${plural(event.rows, 'row')} of ${event.file} are done already, or not asked for, and stay out.`
    case 'takes-out':
      return `${plural(event.rows, 'row')} will take members out of partner programs. Nothing undoes that.`
    case 'rows-selected':
      return `${plural(event.rows, 'row')} of run ${event.of} go again.`
    case 'members-counted':
      return countedText(event)
    case 'run-unreadable':
      return `Run ${event.run} cannot be read, so that nobody knows whether it is over this file: ${event.why}.`
    case 'run-started':
      return startText(event)
    case 'assumed':
      return assumedText(event)
    case 'run-resumed':
      return `Run ${event.run}: going on.`
    case 'run-moved':
      return `Run ${event.run} was worked on in ${event.path} on ${event.host} before. If its folder was copied and not moved, go on in one of the two places alone.`
    case 'notice':
      return noticeText(event.notice)
    case 'pace-changed':
      return `From now on ${event.lane} goes at ${formatCount(event.rpm)} requests a minute.`
    case 'report-failed':
      return `The reports of run ${event.run} could not be written anew: ${event.why}`
    case 'index-failed':
      return `The page of all runs, index.html, could not be written: ${event.why}`
    case 'notify-failed':
      return `The summary could not be posted: ${event.why}. It is in summary.json.`
    case 'broker-lost':
      return `${event.why.charAt(0).toUpperCase()}${event.why.slice(1)}.`
    case 'broker-back':
      return 'Redis is back; going on.'
    case 'broker-troubled':
      return `${event.why} Rollcall tries it again and again. If nothing goes on, Ctrl-C pauses the run.`
    case 'broker-abandoned':
      return 'Redis stays away and is no longer waited for. Workers elsewhere may go on with what they have; `resume` records it.'
    case 'jobs-untaken':
      return `No worker has taken a job of this run on the ${event.lane} lane for ${describeDuration(event.forMs)}. ${event.why}`
    case 'jobs-taken':
      return `The ${event.lane} lane is worked on.`
    case 'inbox-empty':
      return `No file waits in ${event.source}.`
    case 'notification-failed':
      return `Not told by ${event.channel}, and kept for the next time: ${event.why}`
    case 'scheduler-started':
      return `Keeping the times of ${event.syncs.join(', ')}. Ctrl-C ends it.`
    case 'stage':
    case 'progress':
    case 'run-ended':
    case 'broker-error':
    case 'job-failed':
    case 'sync-scheduled':
    case 'sync-due':
    case 'worker-started':
    case 'worker-stopping':
    case 'worker-stopped':
    case 'request':
    case 'row-answered':
    case 'batch-passed':
    case 'lane-load':
    case 'lane-limit':
    case 'lane-health':
    case 'lane-held':
      return undefined
  }
}

function countedText({ of, members, sample, durationMs }: Extract<AppEvent, { kind: 'members-counted' }>): string {
  const whom =
    sample === undefined
      ? `${plural(members, 'member')} of run ${of}`
      : `${formatCount(sample)} of the ${plural(members, 'member')} of run ${of}, chosen at random`
  const time = durationMs === undefined ? '' : `, which takes about ${describeDuration(durationMs)} at the limits`
  return `Looking up ${whom}${time}.`
}

function startText({ run, lanes, limits, broker }: Extract<AppEvent, { kind: 'run-started' }>): string {
  const paces = lanes.map((lane) => {
    const rpm = limits[lane]
    return `${lane} ${rpm === undefined ? 'without limit' : `at ${formatCount(rpm)} requests a minute`}`
  })
  return `Run ${run}: ${paces.join(', ')}, ${broker === 'embedded' ? 'embedded broker' : 'Redis'}.`
}

/** What rows go without, and what of them is doubtful, most rows first. */
function assumedText({ rows, isWhole, leftOut, doubts, remarks }: Extract<AppEvent, { kind: 'assumed' }>): string {
  const among = isWhole ? '' : ` among the first ${formatCount(rows)} rows`
  return [
    ...titled(`Taken for no identifier${among}; these rows are sent without it:`, assumedLines(leftOut)),
    ...titled(`Sent as it is read${among}, and perhaps not meant so:`, [
      ...remarks.map((remark) => `  ${remark}`),
      ...assumedLines(doubts),
    ]),
  ].join('\n')
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines]
}

function assumedLines(assumed: readonly Assumed[]): string[] {
  const shown = assumed.map(({ hint, ...rest }) => ({ ...rest, notes: hint === undefined ? [] : [hint] }))
  return problemLines(shown, { most: ASSUMED_SHOWN, rest: (more) => `and ${plural(more, 'kind')} more` })
}

const ASSUMED_SHOWN = 12

type Notice = Extract<AppEvent, { kind: 'notice' }>['notice']

function noticeText(notice: Notice): string | undefined {
  switch (notice.kind) {
    case 'down':
      if (notice.refused === true)
        return `Every request on the ${notice.lane} lane is refused (${notice.reason}). It is asked again every few seconds.`
      return `The host does not answer on the ${notice.lane} lane (${notice.reason}). The lane waits, and tries again every few seconds.`
    case 'up':
      return `The host answers again on the ${notice.lane} lane, after ${describeDuration(Date.now() - notice.since)}. Going on.`
    case 'silent':
      return `${notice.token ? 'The token endpoint has given no token' : 'The host has not answered'} for ${describeDuration(Date.now() - notice.since)} on the ${notice.lane} lane. It is waited for.`
    case 'throttled':
      return `${holdText(notice)} Nothing is sent on it for ${describeDuration(Math.max(1_000, notice.until - Date.now()))}.`
    case 'halt':
      // The run's last words have it.
      return undefined
  }
}

function holdText({ lane, reason = '' }: Extract<Notice, { kind: 'throttled' }>): string {
  const words = /^HTTP 429: (.*)$/.exec(reason)?.[1]
  if (words !== undefined) return `The API says that the ${lane} lane is too fast (429): ${words}.`
  if (reason === '' || reason.startsWith('HTTP 429')) return `The API says that the ${lane} lane is too fast (429).`
  return `The API has the ${lane} lane wait (${reason}).`
}
