/**
 * Whether two values are the same identifier to the API, which shows the account's own form of it: a mobile may have its
 * country code added, a plus sign or leading zeros dropped, and case is not told apart (capillary-facts.md, section 1).
 */
export function isSameIdentifier(type: string, one: string, other: string): boolean {
  return type === 'mobile' ? isSameMobile(one, other) : one.toLowerCase() === other.toLowerCase()
}

function isSameMobile(one: string, other: string): boolean {
  const [a, b] = [subscriberDigits(one), subscriberDigits(other)]
  return a === b || (a.length >= 5 && b.endsWith(a)) || (b.length >= 5 && a.endsWith(b))
}

function subscriberDigits(mobile: string): string {
  return mobile.replaceAll(/\D/g, '').replace(/^0+/, '')
}
