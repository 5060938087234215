import { describeDuration, formatCount, plural } from '../../words.ts'
import type { LanePace } from '../lane-pace.ts'
import { type Span, sumOf } from '../spans.ts'
import { type LaneSummary, isTellingPace } from '../summary.ts'
import type { PageContent } from './content.ts'
import { dateTime } from './date-time.ts'
import { type Html, html } from './html.ts'
import { paceChart } from './pace-chart.ts'
import { spanWords } from './span-words.ts'

const SPANS_TOLD = 12

/** How fast it went against the limit, and what stood in the way. */
export function paceSection({ paces, summary }: PageContent): Html | undefined {
  if (paces.length === 0) return undefined
  return html`<section aria-labelledby="pace">
    <h2 id="pace">The pace</h2>
    ${paces.map((pace) => laneFigures(pace, summary.lanes[pace.lane]))}
  </section>`
}

function laneFigures(pace: LanePace, lane: LaneSummary | undefined): Html {
  return html`<h3>${pace.lane}</h3>
    <p data-traffic="${pace.lane}">${lane !== undefined && trafficWords(lane)}${hindrances(pace)}</p>
    ${paceChart(pace)} ${spanList(pace.spans)}`
}

function trafficWords(lane: LaneSummary): string {
  const { requests, retries, throttled, throttled_times, throttled_seconds, limit_rpm, mean_rpm } = lane
  const limit = limit_rpm === null ? ', without a limit' : `, of ${formatCount(limit_rpm)} allowed`
  const pace = isTellingPace(lane) ? `, ${formatCount(Math.round(mean_rpm ?? 0))} a minute on average${limit}` : ''
  const again = retries === 0 ? '' : `; ${formatCount(retries)} of them sent again`
  const held =
    throttled === 0
      ? ''
      : ` Throttled ${howOften(throttled_times)}, ${describeDuration(throttled_seconds * 1000)} in all (${plural(throttled, 'reply').replace('replys', 'replies')} of 429).`
  return `${plural(requests, 'request')}${pace}${again}.${held}`
}

function hindrances({ spans }: LanePace): string {
  const [outage, paused] = [sumOf(spans, 'outage'), sumOf(spans, 'paused')]
  return [
    outage.times > 0
      ? ` The host did not answer ${howOften(outage.times)}, ${describeDuration(outage.ms)} in all.`
      : '',
    paused.times > 0
      ? ` Nobody worked on the run ${howOften(paused.times)}, ${describeDuration(paused.ms)} in all.`
      : '',
  ].join('')
}

function howOften(times: number): string {
  return times === 1 ? 'once' : plural(times, 'time')
}

/** The longest of them, in order of time. */
function spanList(spans: readonly Span[]): Html | undefined {
  if (spans.length === 0) return undefined
  const longest = spans.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, SPANS_TOLD)
  const hidden = spans.length - longest.length
  return html`<ul class="spans">
    ${longest
      .toSorted((a, b) => a.from - b.from)
      .map(
        ({ kind, from, to }) =>
          html`<li>
            <i class="swatch ${kind}"></i>${dateTime(from)}: ${spanWords[kind]}, ${describeDuration(to - from)}
          </li>`,
      )}${hidden > 0 && html`<li>and ${formatCount(hidden)} shorter</li>`}
  </ul>`
}
