import { lookUpCode, warningRemedy } from '../../lanes/catalogue.ts'
import { formatCount, plural } from '../../words.ts'
import type { WarningKind } from '../figures.ts'
import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'
import { firstRows } from './row-names.ts'
import { withCode } from './with-code.ts'

const SHOWN = 50

/** What the API remarked on: first where it dropped or merged something of a row. */
export function warningsSection({ figures }: PageContent): Html | undefined {
  const { otherWarnings } = figures
  // What may be somebody else's account, and what is doubtful, stand at the top of the page.
  const warnings = figures.warnings.filter(({ grave, doubt }) => !grave && !doubt)
  if (warnings.length === 0) return undefined
  const lossy = warnings.filter((warning) => warning.lossy)
  const mere = warnings.filter((warning) => !warning.lossy)
  return html`<section aria-labelledby="warnings">
    <h2 id="warnings">Warnings</h2>
    ${
      lossy.length > 0 &&
      html`<h3>Something of the row was dropped or merged</h3>
        ${table(lossy, 'Warnings that cost something')}`
    }
    ${
      mere.length > 0 &&
      html`<h3>Remarks: nothing was lost</h3>
        ${table(mere, 'Remarks')}`
    }
    ${otherWarnings > 0 && html`<p class="more">And ${plural(otherWarnings, 'other warning')}: results.csv has them all.</p>`}
  </section>`
}

function table(warnings: readonly WarningKind[], label: string): Html {
  const hidden = warnings.length - SHOWN
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">
      <table class="figures wide">
        <thead>
          <tr>
            <th scope="col" class="number">rows</th>
            <th scope="col">code</th>
            <th scope="col">meaning</th>
          </tr>
        </thead>
        <tbody>
          ${warnings.slice(0, SHOWN).map(line)}
        </tbody>
      </table>
    </div>
    ${hidden > 0 && html`<p class="more">And ${plural(hidden, 'other kind')}, in results.csv.</p>`}`
}

function line({ lane, code, message, lossy, rows, first }: WarningKind): Html {
  const entry = code === undefined ? undefined : lookUpCode(lane, 'warning', code, message)
  const remedy = code === undefined ? undefined : warningRemedy(lane, code, message)
  return html`<tr data-warning="${code ?? ''}" data-lane="${lane}" data-lossy="${String(lossy)}">
    <td class="number">${formatCount(rows)}</td>
    <th scope="row">${code ?? '–'}</th>
    <td>
      <p>
        ${entry === undefined ? html`<bdi>${message}</bdi>` : withCode(entry.meaning)}${remedy !== undefined && html` <b>What to do:</b> ${withCode(remedy)}`}
      </p>
      ${firstRows(first, rows)}
    </td>
  </tr>`
}
