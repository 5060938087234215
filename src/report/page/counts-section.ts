import { laneNames, lanes } from '../../lanes/lanes.ts'
import type { Result } from '../../model.ts'
import { formatCount } from '../../words.ts'
import { describePassedOver } from '../describe-passed-over.ts'
import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'
import { statusTable } from './status-table.ts'

/** The rows by status, and by what became of them on each lane. */
export function countsSection({ figures, summary }: PageContent): Html {
  const passedOver = describePassedOver(summary.passed_over ?? [])
  return html`<section aria-labelledby="counts">
    <h2 id="counts">The rows</h2>
    ${statusTable({ label: 'Rows by status', ...figures })} ${byLane(figures)}
    ${passedOver !== undefined && html`<p class="more">${passedOver}</p>`}
  </section>`
}

/** All is well, or nearly so, lane by lane, and then what every lane may have. */
const results: readonly Result[] = [
  ...new Set([...lanes.flatMap((lane) => lane.results), ...(['rejected', 'failed', 'invalid', 'skipped'] as const)]),
]

function byLane({ lanes: counted }: PageContent['figures']): Html | undefined {
  const shown = laneNames.flatMap((lane) => (counted[lane] === undefined ? [] : [{ lane, counts: counted[lane] }]))
  if (shown.length === 0) return undefined
  const columns = results.filter((result) => shown.some(({ counts }) => counts[result] !== undefined))
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Rows by lane">
    <table class="figures">
      <caption>
        What became of them on each lane
      </caption>
      <thead>
        <tr>
          <th scope="col">lane</th>
          ${columns.map((name) => html`<th scope="col" class="number">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${shown.map(
          ({ lane, counts }) =>
            html`<tr data-lane="${lane}">
              <th scope="row">${lane}</th>
              ${columns.map((name) => html`<td class="number" data-result="${name}">${formatCount(counts[name] ?? 0)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
