import type { CommandReference, Term } from './describe-program.ts'
import { ENVIRONMENT, EXIT_STATUS } from './environment.ts'

/** The commands as a page of the documents. */
export function referencePage(commands: readonly CommandReference[]): string {
  return [
    '# Commands',
    'Made from the commands themselves (`--help` says the same): `npx vitest run test/cli/reference.test.ts -u` writes it anew. In a checkout, `./rollcall` stands for `rollcall`. `--home`, `--json`, `--log-file` and `--log-level` may stand before a command too. `<run>` is `latest`, `latest-verify`, a run’s id, the beginning or end of one, or a part of its file’s name.',
    ...commands.flatMap(section),
    '## Environment',
    table(ENVIRONMENT.map(([names, about]) => [code(names), about])),
    '## Exit status',
    table(EXIT_STATUS),
  ]
    .join('\n\n')
    .concat('\n')
}

function section({ usage, about, arguments: given, options, examples }: CommandReference): readonly string[] {
  const [, ...words] = usage.split(' ')
  const name = words.filter((word) => /^[a-z]/u.test(word)).join(' ')
  const terms = [...given, ...options].map(({ term, about: says }: Term) => [code(term), says] as const)
  return [
    `## ${name}`,
    `\`${usage}\`: ${about}`,
    ...(terms.length > 0 ? [table(terms)] : []),
    ...(examples.length > 0 ? [['```', ...examples, '```'].join('\n')] : []),
  ]
}

function table(rows: readonly (readonly [string, string])[]): string {
  return ['| | |', '| --- | --- |', ...rows.map((cells) => `| ${cells.map(inCell).join(' | ')} |`)].join('\n')
}

function code(text: string): string {
  return `\`${text}\``
}

function inCell(text: string): string {
  return text.replaceAll('|', String.raw`\|`)
}
