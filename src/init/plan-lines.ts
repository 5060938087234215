import type { Guess } from './guess-format.ts'
import type { SampledColumn } from './sample-columns.ts'
import { commentText, plainText } from './yaml-text.ts'

/** `${column | filter}`, as plain YAML where it can be. */
export function value(column: SampledColumn, filter?: string): string {
  return plainText(expression(column, filter))
}

/** The same as it stands within a text. */
export function expression(column: SampledColumn, filter?: string): string {
  const name = /[|}"']|^\s|\s$/.test(column.name) ? `'${column.name.replaceAll("'", "''")}'` : column.name
  const wanted = filter ?? (column.padded !== undefined ? 'trim' : undefined)
  const needed = column.typed && (wanted === 'number' || wanted === 'lower') ? undefined : wanted
  return `\${${name}${needed === undefined ? '' : ` | ${needed}`}}`
}

/** What is to be said of a guess: that it leaves a choice, or some values out. */
export function noteOn({ choices, share, example, other }: Guess): string[] {
  if (choices.length > 1) {
    return [
      `# ${example} may be ${choices.join(' or ')}: keep the one that is right, take the other and the \`or\` away.`,
    ]
  }
  if (share === 1) return []
  const others = other === undefined ? '' : `, as ${shown(other)},`
  return [`# ${percent(share)} of its values are written so; rows with others${others} will be invalid.`]
}

/** A value of a file in a comment. */
export function shown(text = ''): string {
  return commentText(JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text))
}

const LONGEST = 60

/** `90 %`; `All` for a share of 1. */
export function percent(share: number): string {
  return share === 1 ? 'All' : `${Math.floor(share * 100)} %`
}

/** A line with a comment behind it. */
export function commented(line: string, comment: string): string[] {
  return [comment === '' ? line : `${line}   # ${comment}`]
}
