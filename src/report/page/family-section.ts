import { formatCount } from '../../words.ts'
import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'
import { statusTable } from './status-table.ts'

/** Where there are several runs over the file: how its rows stand after all of them. */
export function familySection({ run: { family } }: PageContent): Html | undefined {
  if (family === undefined) return undefined
  return html`<section aria-labelledby="family">
    <h2 id="family">The file, after all runs over it</h2>
    <p class="quiet">
      ${formatCount(family.runs.length)} runs, the first one first: ${family.runs.join(', ')}. Of each row, the last
      outcome counts.
    </p>
    ${statusTable({ label: 'Rows of the file by status', rows: family.rows, open: 0, statuses: family })}
  </section>`
}
