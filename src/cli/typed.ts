import { asTyped } from '../typed-commands.ts'
import { commandName } from './environment.ts'

let home: string | undefined

/** Has commands that are printed repeat `--home` as it was given to this one. */
export function repeatHome(given: string | undefined): void {
  home = given
}

/** A text with its commands as this user can paste them, from the same folder. */
export function typed(text: string): string {
  return asTyped(text, { command: commandName(), home })
}
