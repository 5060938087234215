/** Options that every command may take, and whether a value follows. They may stand before the command as well. */
const GLOBAL: Readonly<Record<string, boolean>> = {
  '--home': true,
  '--log-file': true,
  '--log-level': true,
  '--json': false,
  '--quiet': false,
  '--progress': true,
}

/**
 * Arguments with the command first: options that stand before it go behind it. Where there is none, or something else
 * stands before it, they are left as they are, for the help or the message about them.
 */
export function orderArguments(given: readonly string[], isCommand: (name: string) => boolean): readonly string[] {
  let at = 0
  for (let next = given[at]; next !== undefined && !isCommand(next); next = given[at]) {
    const [name = ''] = next.split('=', 1)
    if (!Object.hasOwn(GLOBAL, name)) return given
    at += GLOBAL[name] === true && !next.includes('=') ? 2 : 1
  }
  const [command] = given.slice(at, at + 1)
  return command === undefined ? given : [command, ...given.slice(0, at), ...given.slice(at + 1)]
}
