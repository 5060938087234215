import type { Status } from '../../model.ts'
import { describeDuration, formatCount, plural } from '../../words.ts'
import { runSentence } from '../run-sentence.ts'
import { isToLookAt } from '../to-look-at.ts'
import { statusMeaning } from '../status-words.ts'
import type { PageContent } from './content.ts'
import { dateTime } from './date-time.ts'
import { type Html, html } from './html.ts'

/** The verdict in a sentence, when that was, and the rows as one bar. */
export function verdictHeader({ run, figures, summary }: PageContent): Html {
  const { rows, statuses } = figures
  const sentence = runSentence({ ...summary, ...statuses, state: run.state, reason: run.reason, rows })
  return html`<header>
    <p class="run">Run <b>${run.run}</b></p>
    <h1 class="${tone(run.state, summary)}">${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}</h1>
    <p class="lead"><b class="name">${run.file}</b>: ${plural(rows, 'row')} ${span(run)}.</p>
    ${rows > 0 && bar(figures)}
  </header>`
}

/** Good is what left nothing to look at. */
function tone(state: PageContent['run']['state'], summary: PageContent['summary']): string {
  if (state === 'halted' || state === 'cancelled') return 'bad'
  return state === 'finished' && !isToLookAt(summary) ? 'good' : 'mixed'
}

function span({ startedAt, finishedAt }: PageContent['run']): string {
  if (finishedAt === undefined) return `since ${dateTime(startedAt)}`
  const took = describeDuration(Date.parse(finishedAt) - Date.parse(startedAt))
  return `from ${dateTime(startedAt)} to ${dateTime(finishedAt)}, ${took}`
}

function bar({ rows, open, statuses }: PageContent['figures']): Html {
  const parts = [
    ...Object.keys(statusMeaning).map((name) => [name, statuses[name as Status]] as const),
    ['open', open] as const,
  ]
  const shown = parts.filter(([, count]) => count > 0)
  const label = shown.map(([name, count]) => `${formatCount(count)} ${name}`).join(', ')
  return html`<div class="bar" role="img" aria-label="${label}">
    ${shown.map(
      ([name, count]) => html`<i class="${name}" style="flex-grow:${((count / rows) * 1000).toFixed(2)}"></i>`,
    )}
  </div>`
}
