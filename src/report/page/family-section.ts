import type { Status } from '../../model.ts'
import { formatCount } from '../../words.ts'
import { statusMeaning } from '../status-words.ts'
import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'
import { share } from './share.ts'

/** Where there are several runs over the file: how its rows stand after all of them. */
export function familySection({ run: { family } }: PageContent): Html | undefined {
  if (family === undefined) return undefined
  const statuses = (Object.keys(statusMeaning) as Status[]).filter((status) => family[status] > 0)
  return html`<section aria-labelledby="family">
    <h2 id="family">The file, after all runs over it</h2>
    <p class="quiet">
      ${formatCount(family.runs.length)} runs, the first one first: ${family.runs.join(', ')}. Of each row, the last
      outcome counts.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Rows of the file by status">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">status</th>
            <th scope="col" class="number">rows</th>
            <th scope="col" class="number">share</th>
          </tr>
        </thead>
        <tbody>
          ${statuses.map(
            (status) =>
              html`<tr data-family="${status}">
                <th scope="row"><i class="dot ${status}"></i>${status}</th>
                <td class="number">${formatCount(family[status])}</td>
                <td class="number">${share(family[status], family.rows)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`
}
