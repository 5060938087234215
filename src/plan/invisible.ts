/**
 * A cell's text without what shows nothing at its ends: white space, and characters such as zero-width spaces, soft
 * hyphens, marks of direction (which phones and file managers copy along) and byte order marks.
 */
export function trimBlank(text: string): string {
  if (showsAtEnds(text)) return text
  let from = 0
  let to = text.length
  while (from < to && isBlank(text.charCodeAt(from))) from++
  while (to > from && isBlank(text.charCodeAt(to - 1)) && !shapesLetter(text, to - 1)) to--
  return text.slice(from, to)
}

/** Whether both ends are ASCII that shows, as those of most cells are. */
function showsAtEnds(text: string): boolean {
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  return first > 32 && first < 127 && last > 32 && last < 127
}

/** The text without invisible characters anywhere; its white space stays. For what holds no words: ids, numbers, dates. */
export function dropInvisible(text: string): string {
  return text.replaceAll(INVISIBLE, '')
}

/** Whether the text holds an invisible character; white space is none. */
export function hasInvisible(text: string): boolean {
  return text.search(INVISIBLE) >= 0
}

/** The text for a message: what cannot be seen, or be told from a plain space, stands as `<U+200B>`. */
export function showInvisible(text: string): string {
  return text.replaceAll(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
  })
}

/**
 * Soft hyphen, joiners, zero-width spaces, marks of direction, fillers of Hangul and Khmer, the empty pattern of Braille,
 * the byte order mark, marks of annotation.
 */
const CODES = String.raw`\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB`
const INVISIBLE = new RegExp(`[${CODES}]`, 'g')
const UNSEEN = new RegExp(`[${CODES}\\u007F-\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]`, 'g')
const BLANK = new RegExp(`[\\s\\u0085${CODES}]`)

function isBlank(code: number): boolean {
  if (code < 127) return code === 32 || (code >= 9 && code <= 13)
  return BLANK.test(String.fromCharCode(code))
}

/** A joiner behind a virama shapes the last letter of a word, as in Malayalam and Sinhala. */
function shapesLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (code === 0x200c || code === 0x200d) && at > 0 && /\p{M}/u.test(text.charAt(at - 1))
}
