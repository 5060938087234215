import { z } from 'zod'
import { count, isCount, reading } from './schema-values.ts'

/** The plan's `rows:`: which column names a member, and how the file is written where that is not to be found out. */
export const rowsSchema = z.strictObject({
  key: reading(readColumnName, "a column's name alone, as in `key: external_id`").optional(),
  encoding: reading(readText, 'an encoding, as in `encoding: windows-1252`').optional(),
  delimiter: reading(readDelimiter, 'one ASCII character, `tab` or `space`, as in `delimiter: ";"`').optional(),
  quote: reading(readQuote, 'one ASCII character, or `none`, as in `quote: "\'"`').optional(),
  escape: reading(readQuote, 'one ASCII character, or `none`, as in `escape: "\\\\"`').optional(),
  skip: count('a whole number of lines before the header, as in `skip: 3`'),
  columns: reading(readColumns, "the columns' names, as in `columns: [id, name, email]`").optional(),
  comment: reading(readComment, 'what comments begin with, or `none`, as in `comment: "#"`').optional(),
  path: reading(readText, 'the names that lead to the list of records, as in `path: data.members`').optional(),
  json: z.enum(['plain', 'mongodb', 'dynamodb']).optional(),
  empty: reading(
    readTexts,
    "a list of texts that mean an empty cell, as in `empty: ['\\N', 'NULL', 'N/A']`",
  ).optional(),
  sheet: reading(readSheet, "a sheet's name, or its place from 1, as in `sheet: Members`").optional(),
})

/** How the file is to be read, as far as the plan says. */
export type Reading = Readonly<Omit<z.infer<typeof rowsSchema>, 'key' | 'empty'>>

function readText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** What YAML reads as null or a number is taken as it is written. */
function readTexts(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) && value.every(isScalar) ? value : undefined
}

function isScalar(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

function readColumnName(value: unknown): string | undefined {
  const name = typeof value === 'number' ? String(value) : value
  return typeof name === 'string' && name.trim() !== '' && !name.includes('${') ? name : undefined
}

function readDelimiter(value: unknown): string | undefined {
  if (value === 'space' || value === ' ') return ' '
  return value === 'tab' ? '\t' : readCharacter(value)
}

function readQuote(value: unknown): string | undefined {
  return value === 'none' ? value : readCharacter(value)
}

/** One ASCII character that is neither space nor line end. */
function readCharacter(value: unknown): string | undefined {
  // eslint-disable-next-line no-control-regex
  return typeof value === 'string' && /^[\x01-\x09\x0B\x0C\x0E-\x1F\x21-\x7E]$/.test(value) ? value : undefined
}

/** Signs, as comments begin with, and nothing that a value may begin with. */
function readComment(value: unknown): string | undefined {
  return typeof value === 'string' && (value === 'none' || /^[^\p{L}\p{N}\s"]{1,5}$/u.test(value)) ? value : undefined
}

function readColumns(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const names = value.map((name: unknown) => (typeof name === 'number' ? String(name) : name))
  return names.every((name) => typeof name === 'string' && name.trim() !== '') ? (names as string[]) : undefined
}

function readSheet(value: unknown): string | number | undefined {
  if (typeof value === 'string' && value !== '') return value
  return isCount(value) && value > 0 ? value : undefined
}
