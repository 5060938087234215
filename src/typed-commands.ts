/** What may follow `rollcall` in a command that we name. */
const COMMANDS =
  'import|check|init|resume|rerun|verify|runs|show|report|pause|cancel|pace|prune|sync|scheduler|workers?|console|doctor|top|simulate|codes|completion'

const named = new RegExp(String.raw`\brollcall (?=(?:${COMMANDS})\b)`, 'gu')

/**
 * A text with its commands as whoever reads it can type them. `command`: what starts rollcall there, as `rollcall` where
 * it is installed and `./rollcall` in a checkout.
 */
export function asTyped(text: string, command: string): string {
  return command === 'rollcall' ? text : text.replaceAll(named, () => `${command} `)
}
