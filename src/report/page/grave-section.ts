import { plural } from '../../words.ts'
import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'
import { firstRows } from './row-names.ts'

/** Rows that may have changed somebody else's account: before all else, as nothing else on the page harms a member. */
export function graveSection({ figures }: PageContent): Html | undefined {
  const grave = figures.warnings.filter((warning) => warning.grave)
  if (grave.length === 0) return undefined
  return html`<section aria-labelledby="grave">
    <h2 id="grave">Perhaps other members’ accounts</h2>
    <p>
      The API answered for these rows with an account that may be somebody else’s. Compare each row with its account in
      Member Care before the members notice: results.csv has the customer id.
    </p>
    <ul class="grave">
      ${grave.map(
        ({ lane, message, rows, first }) =>
          html`<li data-grave="${lane}">
            <p><b>${plural(rows, 'row')}</b> in ${lane}: <bdi>${message}</bdi></p>
            ${firstRows(first, rows)}
          </li>`,
      )}
    </ul>
  </section>`
}
