import { describeDuration, formatCount, plural } from '../../words.ts'
import { dateTime } from './date-time.ts'
import { htmlDocument } from './document.ts'
import { type Html, html } from './html.ts'

/** A run as the page of all runs shows it. */
export interface IndexedRun {
  readonly run: string
  readonly kind: string
  readonly state: 'running' | 'crashed' | 'finished' | 'paused' | 'halted' | 'cancelled'
  readonly file: string
  /** Rows that are done, and those that the file has, as far as that is known. */
  readonly done: number
  readonly rows: number
  /** Rows that did not succeed. */
  readonly problems: number
  /** There are such, or something else for people to look at. */
  readonly isToLookAt: boolean
  /** ISO 8601. */
  readonly startedAt: string
  readonly finishedAt?: string | undefined
  /** Its report, from the page's own folder; absent where there is none. */
  readonly report?: string | undefined
}

const SHOWN = 500

/** index.html of a home: its runs, the latest first, each with its report. Names no member, and loads nothing. */
export function homePage(runs: readonly IndexedRun[]): string {
  const more = runs.length - SHOWN
  const body = html`<header>
      <h1>All runs</h1>
      <p class="lead">${plural(runs.length, 'run')}, the latest first, as they stood when the last of them ended.</p>
    </header>
    <main>
      <section aria-label="Runs">
        <ol class="cards" reversed>
          ${runs.toReversed().slice(0, SHOWN).map(card)}
        </ol>
        ${more > 0 && html`<p class="more">And ${formatCount(more)} older ones, which the command <code>runs</code> lists.</p>`}
      </section>
    </main>
    <footer>Written by rollcall. Times are UTC. No member’s data is on this page.</footer>`
  return htmlDocument('All runs', body)
}

function card(indexed: IndexedRun): Html {
  const { run, kind, state, file, done, rows, problems, isToLookAt, startedAt, finishedAt, report } = indexed
  const of = done === rows ? plural(rows, 'row') : `${formatCount(done)} of ${plural(rows, 'row')} done`
  const took = finishedAt === undefined ? '' : `, ${describeDuration(Date.parse(finishedAt) - Date.parse(startedAt))}`
  return html`<li class="card" data-run="${run}">
    <h2><bdi>${file}</bdi>: <span class="${toneOf(indexed)}">${state}</span></h2>
    <p>
      ${kind},
      ${of}${problems > 0 ? html`, <b>${formatCount(problems)} did not succeed</b>` : isToLookAt && ', with something to look at'}
    </p>
    <p class="said">${dateTime(startedAt)}${took}</p>
    <p class="said">${report === undefined ? run : html`<a href="${report}">${run}</a>`}</p>
  </li>`
}

function toneOf({ state, isToLookAt }: IndexedRun): string {
  if (state === 'halted' || state === 'crashed') return 'bad'
  return state === 'finished' && !isToLookAt ? 'good' : 'mixed'
}
