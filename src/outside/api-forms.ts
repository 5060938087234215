/**
 * Whether an e-mail has the form that the API takes: ASCII letters, digits and `- _ + . @`, one `@` with something before it,
 * and behind it something with a point inside (capillary-facts.md, section 7); points stand alone, and at no end of a side.
 * Another form it drops.
 */
export function isEmailForm(value: string): boolean {
  if (value !== lastEmail) {
    isLastEmail = isPlain(value, IN_EMAIL) && hasHost(value)
    lastEmail = value
  }
  return isLastEmail
}

/** Whether a mobile has the form that the API takes: 7 to 15 digits with the country code. */
export function isMobileForm(value: string): boolean {
  return value.length >= 7 && value.length <= 15 && value.charCodeAt(0) !== ZERO && isPlain(value, DIGIT)
}

/** Whether a name is of ASCII letters, digits, spaces, hyphens and apostrophes alone. */
export function isPlainName(value: string): boolean {
  return isPlain(value, IN_NAME)
}

/** Whether a text holds these ASCII characters alone. Most do, and a pattern takes longer to say so. */
function isPlain(text: string, kind: number): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 128 || ((KINDS[code] as number) & kind) === 0) return false
  }
  return true
}

function hasHost(email: string): boolean {
  const at = email.indexOf('@')
  const point = email.lastIndexOf('.')
  if (at <= 0 || point <= at + 1 || point >= email.length - 1 || email.includes('@', at + 1)) return false
  const beside =
    email.charCodeAt(0) === POINT || email.charCodeAt(at - 1) === POINT || email.charCodeAt(at + 1) === POINT
  return !beside && !email.includes('..')
}

/** It is asked of each row's e-mail where members are told apart, and again where losses are foretold. */
let lastEmail = ''
let isLastEmail = false

const POINT = 46
const ZERO = 48
/** By ASCII character, what it may stand in. */
const DIGIT = 1
const IN_NAME = 2
const IN_EMAIL = 4
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  const digit = /\d/.test(character) ? DIGIT : 0
  return digit | (/[\da-z '-]/i.test(character) ? IN_NAME : 0) | (/[\da-z\-_+.@]/i.test(character) ? IN_EMAIL : 0)
})
