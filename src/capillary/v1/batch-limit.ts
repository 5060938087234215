/**
 * How many members a request may name, after the API refused `sent` of them as too many (1060): the number in its message
 * where it has a believable one, and else half. Never below 1. Source: capillary-facts-2.md, A1, "Batch size".
 */
export function batchLimitIn(message: string, sent: number): number {
  const said = Number(/\d+/.exec(message.replaceAll(/\b1060\b/g, ''))?.[0] ?? Number.NaN)
  return said >= 1 && said < sent ? said : Math.max(1, Math.floor(sent / 2))
}
