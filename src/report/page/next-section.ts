import type { PageContent } from './content.ts'
import { type Html, html } from './html.ts'

/** What to do now, with the commands. */
export function nextSection({ next }: PageContent): Html | undefined {
  if (next.length === 0) return undefined
  return html`<section aria-labelledby="next" class="next">
    <h2 id="next">What to do next</h2>
    ${next.map(
      ({ text, commands }) =>
        html`<p>${text}</p>
          ${commands.map((command) => html`<pre tabindex="0"><code>${command}</code></pre>`)}`,
    )}
  </section>`
}
