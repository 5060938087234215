import { countRejects } from '../../ledger/rejects.ts'
import { formatCount } from '../../words.ts'
import { shownKey } from '../shown-key.ts'
import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'

/** The first rows that did not succeed, by code: those without one last. */
export function rowsSection({ figures }: PageContent): Html | undefined {
  const { unsuccessful, statuses } = figures
  if (unsuccessful.length === 0) return undefined
  const sorted = unsuccessful.toSorted((a, b) => (a.code ?? Infinity) - (b.code ?? Infinity) || a.row - b.row)
  const more = countRejects(statuses) - unsuccessful.length
  return html`<section aria-labelledby="rows">
    <h2 id="rows">Rows that did not succeed</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="The first of them, by code">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col" class="number">row</th>
            <th scope="col">key</th>
            <th scope="col">reason</th>
          </tr>
        </thead>
        <tbody>
          ${sorted.map(
            ({ row, key, status, code, message }) =>
              html`<tr data-row="${row}">
                <td class="number">${formatCount(row)}</td>
                <td><bdi>${shownKey(key)}</bdi></td>
                <td>
                  <i class="dot ${status}"></i>${code !== undefined && html`<span class="code">${code}</span> `}<bdi
                    >${message}</bdi
                  >
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${more > 0 && html`<p class="more">The first ${formatCount(unsuccessful.length)}; ${formatCount(more)} more are in rejects.csv.</p>`}
  </section>`
}
