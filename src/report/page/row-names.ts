import { formatCount } from '../../words.ts'
import type { RowName } from '../figures.ts'
import { shownKey } from '../shown-key.ts'
import { type Html, html } from './html.ts'

/** The first rows of a kind, by number and key. `of`: how many there are in all. */
export function firstRows(first: readonly RowName[], of: number): Html {
  return html`<p class="rows">
    ${first.length < of ? 'First rows' : first.length === 1 ? 'Row' : 'Rows'}:
    ${first.map(
      ({ row, key }, index) =>
        html`${index > 0 && ', '}<span class="row"
            ><b>${formatCount(row)}</b>${key !== '' && key !== `row ${row}` && html` <bdi>${shownKey(key)}</bdi>`}</span
          >`,
    )}
  </p>`
}
