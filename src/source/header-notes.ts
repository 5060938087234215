/**
 * What is odd about a file's own header, a sentence each: names that are there twice, columns without one, and names that
 * look like a member's data, as the first line of a file without a header does.
 */
export function headerNotes(columns: readonly string[]): string[] {
  const places = Map.groupBy(columns.keys(), (index) => columns[index] ?? '')
  const notes = [...places].flatMap(([column, indices]) => {
    const which = indices.map((index) => index + 1).join(', ')
    if (column.trim() === '') return [`The header has no name for column ${which}: a plan cannot use it.`]
    return indices.length === 1
      ? []
      : [
          `The header holds ${JSON.stringify(column)} ${indices.length} times (columns ${which}): a plan can use none of them.`,
        ]
  })
  const sign = /[\u0085\u2028\u2029]/.exec(columns.join(''))?.[0]
  if (sign !== undefined) return [...notes, strangeLines(sign)]
  const datum = columns.find(isDatum)
  return datum === undefined ? notes : [...notes, missingHeader(datum, columns.length)]
}

/** True of what is no column's name but a member's: an e-mail, a phone, a date. */
export function isDatum(text: string): boolean {
  return DATA.test(text.trim())
}

/** An e-mail, five digits or more with what phones have between them, or a whole date. */
const DATA = /^(?:[^@\s]+@[^@\s]+\.[^@\s]+|[+(]?(?:\d[\s()./-]{0,2}){5,}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})$/

/** Unicode has further signs that end a line; no CSV does so, but for what was made of one. */
function strangeLines(sign: string): string {
  const code = sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  return `The header holds U+${code}. If the file's lines end with it, all of them were read as one: write the file with LF at the end of each line.`
}

function missingHeader(datum: string, width: number): string {
  const names = Array.from({ length: Math.min(width, NAMED) }, (_, index) => `c${index + 1}`).join(', ')
  const all = width > NAMED ? `${names}, …` : names
  return (
    `The header holds ${JSON.stringify(datum)}, which looks like a member's data. If the file has no header, ` +
    `name its ${width} columns: \`rows: { columns: [${all}] }\` in the plan, or \`--rows "columns: [${all}]"\` of init.`
  )
}

const NAMED = 20
