/** Text of a file or of the API as a terminal may show it: what would move its cursor or change its colours is `�`. */
export function printable(text: string): string {
  return text.replace(control, '\uFFFD')
}

/** The same of a text of several lines, which stay. */
export function printableText(text: string): string {
  return text.includes('\n') ? text.split('\n').map(printable).join('\n') : printable(text)
}

// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const control = /[\u0000-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu
