import type { Status } from '../../model.ts'
import { formatCount } from '../../words.ts'
import { statusMeaning } from '../status-words.ts'
import { type Html, html } from './html.ts'
import { share } from './share.ts'

/** Rows by status, what went well first. */
export interface CountedRows {
  /** What the table is, for people who hear the page. */
  readonly label: string
  readonly rows: number
  /** Rows without an outcome. */
  readonly open: number
  readonly statuses: Readonly<Record<Status, number>>
}

/** A table of the statuses that there are, each with its rows, its share and what it means. */
export function statusTable({ label, rows, open, statuses }: CountedRows): Html {
  const lines = Object.entries(statusMeaning)
    .map(([name, meaning]) => ({ name, meaning, count: statuses[name as Status] }))
    .concat({ name: 'open', meaning: 'in flight, or not sent yet', count: open })
    .filter(({ count }) => count > 0)
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
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
  </div>`
}
