import { UsageError } from '../../model.ts'

/** So many lines are looked at. */
const LINES = 100
/** Where so many of the lines have runs of spaces in them, values stand below each other. */
const MANY = 0.5
/** So many lines begin with a name of a field; others go on with a value. */
const MOST = 0.8

/**
 * Throws UsageError where lines that no delimiter of CSV divides are what programs print for people: values below each other
 * with spaces between (pandas, Miller, R), or a field of a member in each line. Commas within values do not hide it.
 */
export function refuseListing(text: Buffer, { complete, name }: { complete: boolean; name: string }): void {
  const lines = text.toString('utf8').split(/\r\n|[\r\n]/u)
  if (!complete) lines.pop()
  const texts = lines.flatMap((line) => (line.trim() === '' ? [] : line.trimEnd())).slice(0, LINES)
  const [first = ''] = texts
  if (texts.length < 2) return
  refuseFields(texts, name)
  const aligned = texts.filter((line) => ALIGNED.test(line)).length
  if (!ALIGNED.test(first) || aligned < texts.length * MANY) return
  throw new UsageError(
    `The lines of ${name} hold no delimiter of CSV: their values stand below each other, with spaces between. ` +
      'Export it anew with commas or tabs between the values.',
  )
}

const ALIGNED = /\S {2,}\S/u

/** Lines that begin with a field's name each, and the first one's comes again: `Name : Asha`, `name Asha`. */
function refuseFields(lines: readonly string[], name: string): void {
  const names = lines.flatMap((line) => FIELD.exec(line)?.[1] ?? [])
  const [first, second] = names
  const different = new Set(names).size
  const isAgain = FIELD.test(lines[0] ?? '') && first !== undefined && names.indexOf(first, 1) > 0
  if (!isAgain || names.length < lines.length * MOST || different < 3 || different * 2 > names.length) return
  throw new UsageError(
    `Each line of ${name} is one field of a member ("${first}", "${second}" …). A member must be a row, with a column for each ` +
      'field: write CSV, as PowerShell does with Export-Csv, Miller with --ocsv and databases without \\G or \\x.',
  )
}

const FIELD = /^ *([\p{L}_][\p{L}\p{N}_.-]*)(?: *[:=](?: |$)| +(?=[^ :=])|$)/u
