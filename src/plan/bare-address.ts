import { withoutListEnd } from './cell-shape.ts'

/**
 * An e-mail without what a link, an address book or a list has left around it: `asha@x.com` of `mailto:asha@x.com`,
 * `Asha Rao <asha@x.com>`, `[Asha Rao](mailto:asha@x.com)`, `asha@x.com#mailto:asha@x.com#`, `asha@x.com;` and, as a
 * spreadsheet is kept from making a link of it, `'asha@x.com`. What holds two addresses stays as it stands.
 */
export function bareAddress(text: string): string {
  if (text.length > LONGEST) return text
  const [, named, inner = text] = LINKS.map((link) => link.exec(text)).find((found) => found !== null) ?? []
  if (named !== undefined && named.toLowerCase() !== inner.toLowerCase()) return text
  return withoutListEnd(inner).replace(BEFORE, '').replace(BEHIND, '')
}

/** Longer ones are none, by any rule. */
const LONGEST = 1000
/** The name before the brackets may be the address itself, as some programs copy a link: `asha@x.com <mailto:asha@x.com>`. */
const IN_BRACKETS = /^(?:[^<>@]*|\s*([^<>@\s]+@[^<>@\s]+)\s*)<\s*(?:mailto:)?([^<>@\s]+@[^<>@\s]+?)\s*>[\s,;]*$/i
/** `[Asha Rao](mailto:asha@x.com)` and, as a column of hyperlinks in Access is exported, `Asha Rao#mailto:asha@x.com#`. */
const IN_MARKDOWN = /^\[(?:[^[\]@]*|([^[\]@\s]+@[^[\]@\s]+))\]\(\s*(?:mailto:)?([^()@\s]+@[^()@\s]+?)\s*\)[\s,;]*$/i
const IN_HYPERLINK = /^(?:[^#@]*|([^#@\s]+@[^#@\s]+))#(?:mailto:)?([^#@\s]+@[^#@\s]+)#+$/i
const LINKS = [IN_BRACKETS, IN_MARKDOWN, IN_HYPERLINK]
const BEFORE = /^(?:'+|mailto:)+/i
/** The point of a host's full name (`x.com.`) counts for nothing, but for an API that compares texts. */
const BEHIND = /(?:\?subject=.*|(?<=@[^@,;]*\w)\.)$/i
