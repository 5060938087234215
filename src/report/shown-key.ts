/**
 * A row's key as a report names it that goes from hand to hand: an e-mail is left out, and of digits that may be a
 * mobile number the last three remain. The row's number stands beside it.
 */
export function shownKey(key: string): string {
  if (email.test(key)) return '(an e-mail)'
  if (phone.test(key)) return `…${key.replace(/\D/gu, '').slice(-3)}`
  return key.length > LONGEST ? `${key.slice(0, LONGEST)}…` : key
}

const LONGEST = 60
const email = /\S@\S/u
/** Seven to sixteen digits and nothing else but what people write between them: all that E.164 allows, and short ones. */
const phone = /^[+(\s]*(?:\d[\s().\-/]*){7,16}$/u
