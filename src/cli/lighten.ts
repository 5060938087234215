/**
 * Keeps out of the process what libraries load in passing and nobody here uses: 20 MB, and a tenth of a second. To be
 * called before what makes requests is loaded.
 */
export function lighten(): void {
  // An import of the module reads all that it names, and these would load Node's other HTTP client.
  for (const name of ['WebSocket', 'CloseEvent', 'MessageEvent']) hide(process.getBuiltinModule('node:http'), name)
  // got makes two formats for lists as it is loaded, for the words of mistakes; V8 reads ICU's tables with the first.
  Object.defineProperty(Intl, 'ListFormat', { value: LateListFormat })
}

/** Whoever asks the module itself for it still gets it; it is no longer among what is imported by name. */
function hide(module: object, name: string): void {
  if (Object.getOwnPropertyDescriptor(module, name)?.configurable !== true) return
  Object.defineProperty(module, name, { enumerable: false })
}

const { ListFormat } = Intl

/** A format for lists that is made when there is a list. */
class LateListFormat {
  readonly #given: ConstructorParameters<typeof Intl.ListFormat>

  constructor(...given: ConstructorParameters<typeof Intl.ListFormat>) {
    this.#given = given
  }

  format(list: Iterable<string>): string {
    return this.#made().format(list)
  }

  formatToParts(list: Iterable<string>): readonly object[] {
    return this.#made().formatToParts(list)
  }

  resolvedOptions(): object {
    return this.#made().resolvedOptions()
  }

  #made(): Intl.ListFormat {
    return new ListFormat(...this.#given)
  }

  static supportedLocalesOf(...asked: Parameters<typeof Intl.ListFormat.supportedLocalesOf>): string[] {
    return ListFormat.supportedLocalesOf(...asked)
  }
}
