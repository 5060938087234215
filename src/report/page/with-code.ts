import { type Html, html } from './html.ts'

/** Text of the catalogue, whose words in backticks are names of fields and commands. */
export function withCode(text: string): Html {
  return html`${text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`
}
