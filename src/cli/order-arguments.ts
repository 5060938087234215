/** Options that every command may take, and whether a value follows. They may stand before the command as well. */
const GLOBAL: Readonly<Record<string, boolean>> = {
  '--home': true,
  '--log-file': true,
  '--log-level': true,
  '--json': false,
  '--quiet': false,
  '--progress': true,
}

/** Commands that have commands of their own. */
const PARENTS = new Set(['sync'])

/**
 * Arguments with the command first: options that stand before it go behind it. Where something else stands before it, or
 * nothing but options is there, they are left as they are, for the help or the message about them.
 */
export function orderArguments(given: readonly string[], isCommand: (name: string) => boolean): readonly string[] {
  const { options, rest } = leadingOptions(given)
  const [command, ...others] = rest
  if (command === undefined || command.startsWith('-')) return given
  // The mistake is in the word, and not in what stands before it.
  if (!isCommand(command)) return rest
  if (!PARENTS.has(command)) return [command, ...options, ...others]
  const { options: between, rest: nested } = leadingOptions(others)
  const [name, ...last] = nested
  if (name === undefined || name.startsWith('-')) return given
  return [command, name, ...options, ...between, ...last]
}

/** Whether there are options that every command may take, and no command. */
export function isOptionsAlone(given: readonly string[]): boolean {
  return given.length > 0 && leadingOptions(given).rest.length === 0
}

function leadingOptions(given: readonly string[]): {
  readonly options: readonly string[]
  readonly rest: readonly string[]
} {
  let at = 0
  for (let next = given[at]; next !== undefined; next = given[at]) {
    const [name = ''] = next.split('=', 1)
    if (!Object.hasOwn(GLOBAL, name)) break
    at += GLOBAL[name] === true && !next.includes('=') ? 2 : 1
  }
  return { options: given.slice(0, at), rest: given.slice(at) }
}
