import { formatCount, plural } from '../../words.ts'
import type { Gain } from '../figures.ts'
import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'

/** What the members got with their registration. */
export function gainsSection({ figures }: PageContent): Html | undefined {
  const { gains, otherGains } = figures
  if (gains.length === 0) return undefined
  return html`<section aria-labelledby="gains">
    <h2 id="gains">What members got with it</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Points, coupons and currencies">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">what</th>
            <th scope="col" class="number">in all</th>
            <th scope="col" class="number">rows</th>
          </tr>
        </thead>
        <tbody>
          ${gains.map(
            (gain) =>
              html`<tr data-gain="${gain.kind}" data-name="${gain.name ?? ''}">
                <th scope="row">${nameOf(gain)}</th>
                <td class="number">${formatAmount(gain)}</td>
                <td class="number">${formatCount(gain.rows)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${otherGains > 0 && html`<p class="more">And ${plural(otherGains, 'side effect')} of other kinds, in results.csv.</p>`}
  </section>`
}

function nameOf({ kind, name }: Gain): Html {
  switch (kind) {
    case 'points':
      return html`points awarded`
    case 'coupon':
      return html`coupons issued`
    case 'alternate_currency':
      return html`<bdi>${name}</bdi> <span class="quiet">(currency)</span>`
    case 'unknown':
      return html`<bdi>${name}</bdi> <span class="quiet">(a side effect that the API does not document)</span>`
  }
}

function formatAmount({ kind, amount, times }: Gain): string {
  return kind === 'points' || kind === 'alternate_currency'
    ? amount.toLocaleString('en-US', { maximumFractionDigits: 2 })
    : formatCount(times)
}
