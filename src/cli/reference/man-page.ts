import type { CommandReference, Term } from './describe-program.ts'
import { ENVIRONMENT, EXIT_STATUS } from './environment.ts'

/** The commands as a page for `man`, in the macros of man(7). */
export function manPage(
  commands: readonly CommandReference[],
  { about, version }: { readonly about: string; readonly version: string },
): string {
  return [
    `.TH ROLLCALL 1 "" ${quoted(`rollcall ${version}`)} ${quoted('Commands')}`,
    '.SH NAME',
    `rollcall \\- ${text(about)}`,
    '.SH SYNOPSIS',
    ...commands.flatMap(({ usage }) => [text(usage), '.br']),
    '.SH COMMANDS',
    ...commands.flatMap(section),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([names, what]) => tagged(names, what)),
    '.SH EXIT STATUS',
    ...EXIT_STATUS.flatMap(([status, when]) => tagged(status, when)),
    '',
  ].join('\n')
}

function section({ usage, about, arguments: given, options, examples }: CommandReference): readonly string[] {
  return [
    `.SS ${quoted(usage)}`,
    text(about),
    ...[...given, ...options].flatMap(({ term, about: what }: Term) => tagged(term, what)),
    ...(examples.length > 0 ? ['.PP', 'Examples:', '.PP', '.nf', ...examples.map(text), '.fi'] : []),
  ]
}

function tagged(term: string, about: string): readonly string[] {
  return ['.TP', `\\fB${text(term)}\\fR`, text(about)]
}

function quoted(words: string): string {
  return `"${text(words).replaceAll('"', '\\(dq')}"`
}

/** A line that begins with a dot or an apostrophe would be a request. */
function text(words: string): string {
  return words
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/u, '\\&')
}
