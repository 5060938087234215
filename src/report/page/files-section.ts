import { countRejects } from '../../ledger/rejects.ts'
import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'

/** The files that are written with the page, beside it. */
export function filesSection({ figures }: PageContent): Html {
  const files = [
    { name: 'results.csv', what: 'every row of the file, and what became of it' },
    ...(countRejects(figures.statuses) > 0
      ? [{ name: 'rejects.csv', what: 'the rows that did not succeed, each with the reason' }]
      : []),
    { name: 'summary.json', what: 'the figures, for programs' },
  ]
  return html`<section aria-labelledby="files">
    <h2 id="files">Files beside this page</h2>
    <ul class="spans">
      ${files.map(({ name, what }) => html`<li><a href="${name}">${name}</a>: ${what}</li>`)}
    </ul>
  </section>`
}
