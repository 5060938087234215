import { laneOrder } from '../../ledger/row-status.ts'
import type { Result, Status } from '../../model.ts'
import { formatCount } from '../../words.ts'
import { statusMeaning } from '../status-words.ts'
import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'
import { share } from './share.ts'

/** The rows by status, and by what became of them on each lane. */
export function countsSection({ figures }: PageContent): Html {
  const { rows, open, statuses } = figures
  const lines = Object.entries(statusMeaning)
    .map(([name, meaning]) => ({ name, meaning, count: statuses[name as Status] }))
    .concat({ name: 'open', meaning: 'dispatched, not answered yet', count: open })
    .filter(({ count }) => count > 0)
  return html`<section aria-labelledby="counts">
    <h2 id="counts">The rows</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Rows by status">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">status</th>
            <th scope="col" class="number">rows</th>
            <th scope="col" class="number">share</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map(
            ({ name, meaning, count }) =>
              html`<tr data-status="${name}">
                <th scope="row"><i class="dot ${name}"></i>${name} <span class="meaning">${meaning}</span></th>
                <td class="number">${formatCount(count)}</td>
                <td class="number">${share(count, rows)}</td>
              </tr>`,
          )}
        </tbody>
        <tfoot>
          <tr data-status="all">
            <th scope="row">all</th>
            <td class="number">${formatCount(rows)}</td>
            <td></td>
          </tr>
        </tfoot>
      </table>
    </div>
    ${byLane(figures)}
  </section>`
}

const results: readonly Result[] = [
  'registered',
  'exists',
  'merged',
  'linked',
  'partial',
  'rejected',
  'failed',
  'invalid',
  'skipped',
]

function byLane({ lanes }: PageContent['figures']): Html | undefined {
  const shown = laneOrder.flatMap((lane) => (lanes[lane] === undefined ? [] : [{ lane, counts: lanes[lane] }]))
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
