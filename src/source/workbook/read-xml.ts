import { StringDecoder } from 'node:string_decoder'
import { SaxesParser } from 'saxes'
import type { Pieces } from '../pieces.ts'

/** What is called as XML goes by. Names are without their namespace's prefix. */
export interface XmlHandlers {
  /** `attribute` gives an attribute's value by its name, prefix included. */
  open(name: string, attribute: (name: string) => string | undefined): void
  text?(text: string): void
  close?(name: string): void
}

/** Reads XML as it comes; yields after each piece, when its handlers have been called. Rejects where it is not well-formed. */
export async function* readXml(pieces: Pieces, handlers: XmlHandlers): AsyncGenerator<void, void, undefined> {
  const parser = new SaxesParser()
  parser.on('opentag', (tag) => handlers.open(localName(tag.name), (name) => tag.attributes[name]))
  if (handlers.text !== undefined) parser.on('text', (text) => handlers.text?.(text))
  parser.on('cdata', (text) => handlers.text?.(text))
  parser.on('closetag', (tag) => handlers.close?.(localName(tag.name)))
  const decoder = new StringDecoder('utf8')
  for await (const piece of pieces) {
    parser.write(decoder.write(piece))
    yield
  }
  parser.write(decoder.end()).close()
  yield
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
