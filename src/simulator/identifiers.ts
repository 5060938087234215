/** One identifier of a member, its value normalised as the API normalises it. */
export interface Identifier {
  readonly type: string
  readonly value: string
}

/** The key of an identifier in every index of the simulator. */
export function keyOf({ type, value }: Identifier): string {
  return `${type}:${value}`
}

/** Mobiles of ten digits get the country code of the simulated org (91); e-mails are lower-cased. */
export function normalise(type: string, value: string): Identifier {
  const text = value.trim()
  if (type === 'mobile' && text.length === 10 && DIGITS.test(text)) return { type, value: `91${text}` }
  return { type, value: type === 'email' ? text.toLowerCase() : text }
}

/** The field rules of capillary-facts.md, section 7: digits only, and the characters of an e-mail. */
export function isValid({ type, value }: Identifier): boolean {
  if (type === 'mobile') return value.length >= 7 && value.length <= 15 && DIGITS.test(value)
  if (type === 'email') return value.length <= 255 && EMAIL.test(value)
  return value !== ''
}

/** The one identifier that stands for the member: externalId before mobile before e-mail before any other. */
export function primaryOf(identifiers: readonly Identifier[]): Identifier | undefined {
  for (const type of ['externalId', 'mobile', 'email']) {
    const found = identifiers.find((identifier) => identifier.type === type)
    if (found !== undefined) return found
  }
  return identifiers[0]
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value >>> 0
}

const DIGITS = /^\d+$/
const EMAIL = /^[a-zA-Z0-9\-_+.]+@[a-zA-Z0-9\-_.]+$/
