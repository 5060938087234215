import type { LaneName } from '../model.ts'

/** The lanes in the text of `rows.asks`. There are few such texts, so each is split once. */
export function parseAsks(text: string): readonly LaneName[] {
  let asks = parsed.get(text)
  if (asks === undefined) {
    asks = text === '' ? [] : text.split(',')
    parsed.set(text, asks)
  }
  return asks
}

const parsed = new Map<string, readonly LaneName[]>()
