/** What may follow `rollcall` in a command that we name, and whether it takes `--home`. */
const COMMANDS: Readonly<Record<string, boolean>> = {
  import: true,
  check: true,
  init: false,
  resume: true,
  rerun: true,
  verify: true,
  doctor: true,
  runs: true,
  show: true,
  report: true,
  pause: true,
  cancel: true,
  pace: true,
  prune: true,
  sync: true,
  scheduler: true,
  worker: false,
  workers: true,
  top: true,
  console: true,
  simulate: false,
  codes: false,
  completion: false,
}

/** How commands are typed where a text is read. */
export interface Typing {
  /** What starts rollcall there, as `rollcall` where it is installed and `./rollcall` in a checkout. */
  readonly command: string
  /** `--home` as it was given: commands repeat it. Absent where they find the runs without it. */
  readonly home?: string | undefined
}

/** A word of a command, as a shell reads it. */
const WORD = String.raw`(?:'[^'\n]*'|\\.|[^\s'\\${'`'}])+`
const named = new RegExp(
  String.raw`(?<![\w./-])rollcall (${Object.keys(COMMANDS).join('|')})(?![\w-])((?: ${WORD})*)`,
  'gu',
)

/**
 * A text with its commands as whoever reads it can paste them. A command stands in backticks, or goes on to the end of
 * its line.
 */
export function asTyped(text: string, { command, home }: Typing): string {
  if (command === 'rollcall' && home === undefined) return text
  return text.replaceAll(named, (_, name: string, rest: string) => {
    const takesHome = home !== undefined && COMMANDS[name] === true && !rest.includes(' --home ')
    return `${command} ${name}${rest}${takesHome ? ` --home ${shellWord(home)}` : ''}`
  })
}

/** A command of rollcall, for a text that goes through `asTyped`. Words that a shell would read otherwise are quoted. */
export function commandOf(...words: readonly string[]): string {
  return `rollcall ${words.map(shellWord).join(' ')}`
}

/** A text as one word of a shell: sh, bash, zsh and fish read it alike. */
export function shellWord(text: string): string {
  return /^[\p{L}\p{N}@%+=:,./_-]+$/u.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
