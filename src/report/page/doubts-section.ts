import { formatCount } from '../../words.ts'
import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'
import { firstRows } from './row-names.ts'

const DOUBTS_SHOWN = 50

/** What was sent as it was read, and may not be meant so: before all that sounds well. */
export function doubtsSection({ figures, summary: { remarks = [] } }: PageContent): Html | undefined {
  const doubts = figures.warnings.filter(({ doubt }) => doubt)
  if (doubts.length + remarks.length === 0) return undefined
  const hidden = doubts.length - DOUBTS_SHOWN
  return html`<section aria-labelledby="doubts">
    <h2 id="doubts">Sent as it was read, and perhaps not meant so</h2>
    <ul class="cards">
      ${remarks.map((remark) => html`<li class="card" data-remark><bdi>${remark}</bdi></li>`)}
      ${doubts.slice(0, DOUBTS_SHOWN).map(
        ({ message, rows, first }) =>
          html`<li class="card" data-doubt="${rows}">
            <h3><span class="count">${formatCount(rows)}</span> <bdi>${message}</bdi></h3>
            ${firstRows(first, rows)}
          </li>`,
      )}
    </ul>
    ${
      doubts.length > 0 &&
      html`<p class="more">
        ${hidden > 0 && `${formatCount(hidden)} more are in summary.json. `}In results.csv, <code>_warnings</code> has
        each row’s own value.
      </p>`
    }
  </section>`
}
