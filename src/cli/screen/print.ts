import { escapeControls } from '../../outside/escape-controls.ts'
import { asTyped } from '../../typed-commands.ts'
import { commandName } from '../environment.ts'
import { printableText } from './printable.ts'

/** Prints a text on standard output, as a terminal may show it. */
export function printText(text: string): void {
  process.stdout.write(printableText(asTyped(text, commandName())))
}

/** Prints lines on standard output. */
export function printLines(lines: readonly string[]): void {
  printText(lines.map((line) => `${line}\n`).join(''))
}

/** Prints a value as JSON on standard output, for scripts: over several lines, or on one. */
export function printJson(value: unknown, { on }: { readonly on: 'lines' | 'line' } = { on: 'lines' }): void {
  process.stdout.write(`${escapeControls(JSON.stringify(value, undefined, on === 'lines' ? 2 : undefined))}\n`)
}

/** Prints a text on standard error: how it goes, and what is wrong. */
export function sayText(text: string): void {
  process.stderr.write(printableText(asTyped(text, commandName())))
}
