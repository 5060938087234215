/** What the styles of an OpenDocument sheet say of numbers: with how many digits at least whole ones are shown. */
export class OdsStyles {
  /** By the name of a number's style, and by that of a cell's. */
  readonly #ofNumbers: Map<string, number>
  readonly #ofCells: Map<string, number>
  /** The styles of the sheet's columns, with how many columns have each. */
  #columns: { readonly style: string; readonly count: number }[] = []
  #number = ''

  /** `shared`: those that stand in a file of their own. */
  constructor(shared?: OdsStyles) {
    this.#ofNumbers = new Map(shared === undefined ? [] : shared.#ofNumbers)
    this.#ofCells = new Map(shared === undefined ? [] : shared.#ofCells)
  }

  /** Sees a tag of the document. */
  open(tag: string, attribute: (name: string) => string | undefined): void {
    switch (tag) {
      case 'number-style':
        this.#number = attribute('style:name') ?? ''
        break
      case 'number': {
        const digits = Number(attribute('number:min-integer-digits') ?? 1)
        const decimals = Number(attribute('number:decimal-places') ?? attribute('number:min-decimal-places') ?? 0)
        if (this.#number !== '' && digits > 1 && decimals === 0) this.#ofNumbers.set(this.#number, digits)
        break
      }
      case 'style': {
        this.#number = ''
        const digits = this.#ofNumbers.get(attribute('style:data-style-name') ?? '')
        if (digits !== undefined) this.#ofCells.set(attribute('style:name') ?? '', digits)
        break
      }
      case 'table':
        this.#columns = []
        break
      case 'table-column':
        this.#columns.push({
          style: attribute('table:default-cell-style-name') ?? '',
          count: Number(attribute('table:number-columns-repeated') ?? 1),
        })
        break
    }
  }

  /** Of a cell's style, or of its column's where it has none of its own; 1 where nothing is said. */
  digitsOf(style: string | undefined, column: number): number {
    if (this.#ofCells.size === 0) return 1
    return this.#ofCells.get(style ?? this.#styleOf(column)) ?? 1
  }

  #styleOf(column: number): string {
    let end = 0
    return this.#columns.find(({ count }) => (end += count) > column)?.style ?? ''
  }
}
