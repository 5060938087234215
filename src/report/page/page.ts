import type { PageContent } from './content.ts'
import { countsSection } from './counts-section.ts'
import { filesSection } from './files-section.ts'
import { gainsSection } from './gains-section.ts'
import { familySection } from './family-section.ts'
import { graveSection } from './grave-section.ts'
import { type Html, html, trusted } from './html.ts'
import { nextSection } from './next-section.ts'
import { paceSection } from './pace-section.ts'
import { problemsSection } from './problems-section.ts'
import { rowsSection } from './rows-section.ts'
import { settingsSection } from './settings-section.ts'
import { skipsSection } from './skips-section.ts'
import { style } from './style.ts'
import { verdictHeader } from './verdict-header.ts'
import { verificationSection } from './verification-section.ts'
import { warningsSection } from './warnings-section.ts'

/** A part of the page; undefined where the run has nothing of it. */
type Section = (content: PageContent) => Html | undefined

/** The parts below the verdict, in their order: another one is a file and a line here. */
const sections: readonly Section[] = [
  graveSection,
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

/** report.html: one file that loads nothing, whatever it is opened with. Names rows by number and key alone. */
export function reportPage(content: PageContent): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <link rel="icon" href="data:," />
        <title>${content.run.run}: report</title>
        <style>
          ${trusted(style)}
        </style>
      </head>
      <body>
        ${verdictHeader(content)}
        <main>${sections.map((section) => section(content))}</main>
        <footer>
          Written by rollcall from the run’s ledger. Times are UTC. The file names rows by number and key, and holds no
          e-mail and no mobile number.
        </footer>
      </body>
    </html> `.text
}
