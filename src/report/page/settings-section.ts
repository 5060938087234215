import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'

/** What the run went by: file, plan, limits, versions. */
export function settingsSection({ settings }: PageContent): Html {
  return html`<section aria-labelledby="settings">
    <h2 id="settings">File, plan and settings</h2>
    <dl>
      ${settings.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </section>`
}
