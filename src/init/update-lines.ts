import { commented } from './plan-lines.ts'
import { type Columns, NO_IDENTIFIER, identifierColumns } from './record-columns.ts'
import { extendedLines, nameLines } from './register-lines.ts'

/** `update:` of a proposed plan. */
export function updateLines(columns: Columns): string[] {
  const identifiers = identifierColumns(columns)
  const names = nameLines(columns.of)
  const by =
    identifiers.length === 0
      ? [NO_IDENTIFIER, 'externalId: ""']
      : identifiers.flatMap(({ type, text, comment }) => [
          ...(comment === undefined ? [] : [comment]),
          `${type}: ${text}`,
        ])
  return [
    ...commented('update:', 'changes members who are there'),
    ...commented('  by:', 'a member is asked by the first of these that the row has'),
    ...by.map((line) => `    ${line}`),
    ...commented('  source: INSTORE', 'where these members are registered'),
    '  body:',
    ...(names.length === 0
      ? ['    profiles: []']
      : ['    profiles:', ...names.map((line, at) => `      ${at === 0 ? '- ' : '  '}${line}`)]),
    ...extendedLines(columns).map((line) => `    ${line}`),
  ]
}
