import { escapeControls, hasControls } from '../outside/escape-controls.ts'

/** A text as YAML: plain where it stays what it is, and else in double quotes. */
export function plainText(text: string): string {
  const isPlain = /^[\p{L}\d$_][^#:\n\r"\\]*$/u.test(text) && text === text.trim() && !RESERVED.test(text)
  return isPlain && !hasControls(text) ? text : quoted(text)
}

/** The same between `{ }` or `[ ]`, where braces, brackets and commas have their own meaning. */
export function flowText(text: string): string {
  if (text.startsWith('"')) return text
  return /[{}[\],$]/.test(text) ? quoted(text) : plainText(text)
}

function quoted(text: string): string {
  return escapeControls(JSON.stringify(text))
}

/** A text in a comment: on one line. */
export function commentText(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ')
}

/** A filter's argument: in quotes where it holds spaces or signs of its own. */
export function quoteArgument(text: string): string {
  return /[\s|}'"]/.test(text) ? `'${text.replaceAll("'", "''")}'` : text
}

/** What YAML takes for something else than text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|~|[\d.+-]+)$/i
