import { lookUpCode } from '../../lanes/catalogue.ts'
import { formatCount, plural } from '../../words.ts'
import type { Problem } from '../figures.ts'
import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'
import { firstRows } from './row-names.ts'
import { withCode } from './with-code.ts'

const PROBLEMS_SHOWN = 100
const MESSAGES_SHOWN = 3

/** What kept rows from being done, by code. */
export function problemsSection({ figures }: PageContent): Html | undefined {
  const { problems, otherProblems } = figures
  if (problems.length === 0) return undefined
  const hidden = problems.slice(PROBLEMS_SHOWN)
  const rows = hidden.reduce((sum, problem) => sum + problem.rows, otherProblems)
  return html`<section aria-labelledby="problems">
    <h2 id="problems">What kept rows from being done</h2>
    <ol class="cards">
      ${problems.slice(0, PROBLEMS_SHOWN).map(card)}
    </ol>
    ${rows > 0 && html`<p class="more">And ${plural(rows, 'row')} with other problems: rejects.csv has them all.</p>`}
  </section>`
}

function card(problem: Problem): Html {
  const { lane, status, code, rows, messages, hint, first } = problem
  const text = messages[0]?.text ?? ''
  const entry = code === undefined ? undefined : lookUpCode(lane, 'error', code, text)
  const remedy = entry?.remedy ?? hint
  const said = messages.filter((message) => message.text !== '').slice(0, MESSAGES_SHOWN)
  return html`<li class="card" data-lane="${lane}" data-status="${status}" data-code="${code ?? ''}">
    <h3>
      <span class="count">${formatCount(rows)}</span>
      ${code !== undefined && html`<span class="code">${code}</span> `}<span
        >${withCode(entry?.meaning ?? (code === undefined ? text : 'A code that the API’s public pages do not explain'))}</span
      >
    </h3>
    <p class="tags"><i class="dot ${status}"></i>${status} · ${lane}</p>
    ${remedy !== '' && html`<p class="remedy"><b>What to do:</b> ${withCode(remedy)}</p>`}
    ${(entry !== undefined || code !== undefined) && said.length > 0 && html`<p class="said">The API says: ${said.map((message, index) => html`${index > 0 && '; '}“<bdi>${message.text}</bdi>”${messages.length > 1 && ` (${formatCount(message.rows)})`}`)}${messages.length > MESSAGES_SHOWN && ' …'}</p>`}
    ${firstRows(first, rows)}
  </li>`
}
