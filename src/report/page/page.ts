import type { PageContent } from './content.ts'
import { countsSection } from './counts-section.ts'
import { doubtsSection } from './doubts-section.ts'
import { filesSection } from './files-section.ts'
import { gainsSection } from './gains-section.ts'
import { familySection } from './family-section.ts'
import { graveSection } from './grave-section.ts'
import { htmlDocument } from './document.ts'
import { type Html, html } from './html.ts'
import { nextSection } from './next-section.ts'
import { paceSection } from './pace-section.ts'
import { problemsSection } from './problems-section.ts'
import { rowsSection } from './rows-section.ts'
import { settingsSection } from './settings-section.ts'
import { skipsSection } from './skips-section.ts'
import { verdictHeader } from './verdict-header.ts'
import { verificationSection } from './verification-section.ts'
import { warningsSection } from './warnings-section.ts'

/** A part of the page; undefined where the run has nothing of it. */
type Section = (content: PageContent) => Html | undefined

/** The parts below the verdict, in their order: another one is a file and a line here. */
const sections: readonly Section[] = [
  graveSection,
  doubtsSection,
  nextSection,
  countsSection,
  verificationSection,
  familySection,
  problemsSection,
  rowsSection,
  skipsSection,
  warningsSection,
  gainsSection,
  paceSection,
  filesSection,
  settingsSection,
]

/** report.html. Names rows by number and key alone. */
export function reportPage(content: PageContent): string {
  const body = html`${verdictHeader(content)}
    <main>${sections.map((section) => section(content))}</main>
    <footer>
      Written by rollcall from the run’s ledger. Times are UTC. The file names rows by number and key, and holds no
      e-mail and no mobile number.
    </footer>`
  return htmlDocument(`${content.run.run}: report`, body)
}
