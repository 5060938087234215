import { formatCount } from '../../words.ts'
import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'

const REASONS_SHOWN = 50

/** Why rows were not sent on purpose. */
export function skipsSection({ summary }: PageContent): Html | undefined {
  const reasons = summary.skipped_because
  if (reasons.length === 0) return undefined
  const hidden = reasons.length - REASONS_SHOWN
  return html`<section aria-labelledby="skips">
    <h2 id="skips">Why rows were skipped</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Why rows were skipped">
      <table class="figures wide">
        <thead>
          <tr>
            <th scope="col" class="number">rows</th>
            <th scope="col">reason</th>
          </tr>
        </thead>
        <tbody>
          ${reasons.slice(0, REASONS_SHOWN).map(
            ({ message, rows }) =>
              html`<tr data-skipped="${rows}">
                <td class="number">${formatCount(rows)}</td>
                <td><bdi>${message}</bdi></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${hidden > 0 && html`<p class="more">And ${formatCount(hidden)} more, in summary.json.</p>`}
  </section>`
}
