import { formatCount, plural } from '../../words.ts'
import type { VerificationFindings } from '../relatives.ts'
import { unseenClause } from '../verification-sentence.ts'
import type { PageContent } from './content.ts'
import { dateTime } from './date-time.ts'
import { type Html, html } from './html.ts'

const SHOWN = 50

/** Whether the members are there, as a verification of the run found. */
export function verificationSection({ run: { verification } }: PageContent): Html | undefined {
  if (verification === undefined) return undefined
  const { run, finishedAt, differences, file } = verification
  return html`<section aria-labelledby="verification">
    <h2 id="verification">Are the members there?</h2>
    <p>${sentence(verification)}</p>
    <p class="quiet">
      Looked up by ${run}${finishedAt !== undefined && html`, until ${dateTime(finishedAt)}`}. Each member’s line is in
      <code>${file}</code>.
    </p>
    ${differences.length > 0 && table(differences)}
  </section>`
}

function sentence(findings: VerificationFindings): string {
  const { state, members, sampleOf, unseen, verified, found, differing, unanswered } = findings
  const chosen = sampleOf === undefined ? '' : `, chosen at random of ${formatCount(sampleOf)},`
  const asked = `${state === 'finished' ? '' : 'Not finished: '}${plural(members, 'member')}${chosen} looked up`
  const parts = [
    `${formatCount(verified)} as recorded`,
    found > 0 ? `${formatCount(found)} there though the import had no final answer` : '',
    differing > 0 ? `${formatCount(differing)} not as recorded, or not there` : '',
    unanswered > 0 ? `${formatCount(unanswered)} without an answer` : '',
  ]
  return `${asked}: ${parts.filter((part) => part !== '').join(', ')}${unseenClause(unseen)}.`
}

function table(differences: VerificationFindings['differences']): Html {
  const hidden = differences.length - SHOWN
  return html`<div class="scroll" tabindex="0" role="region" aria-label="What differs">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">what differs</th>
            <th scope="col" class="number">members</th>
            <th scope="col" class="number">first row</th>
          </tr>
        </thead>
        <tbody>
          ${differences.slice(0, SHOWN).map(
            ({ code, message, rows, firstRow }) =>
              html`<tr data-difference="${code ?? ''}">
                <th scope="row">
                  ${code !== undefined && html`<span class="code">${code}</span> `}<bdi>${message}</bdi>
                </th>
                <td class="number">${formatCount(rows)}</td>
                <td class="number">${formatCount(firstRow)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${hidden > 0 && html`<p class="more">And ${plural(hidden, 'other kind')}, in verify.csv.</p>`}`
}
