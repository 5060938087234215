import { escapeControls } from '../../outside/escape-controls.ts'
import { typed } from '../typed.ts'
import { clearScreen } from './drawn.ts'
import { printableText } from './printable.ts'
import { type Line, paint, spansOf } from './span.ts'

/** Prints a text on standard output, as a terminal may show it. */
export function printText(text: string): void {
  clearScreen()
  process.stdout.write(printableText(typed(text)))
}

/** Prints lines on standard output. */
export function printLines(lines: readonly Line[]): void {
  clearScreen()
  const shown = lines.map((line) => spansOf(line).map(({ text, style }) => ({ text: typed(text), style })))
  process.stdout.write(shown.map((line) => `${paintEach(line)}\n`).join(''))
}

/** Prints a value as JSON on standard output, for scripts: over several lines, or on one. */
export function printJson(value: unknown, { on }: { readonly on: 'lines' | 'line' } = { on: 'lines' }): void {
  clearScreen()
  process.stdout.write(`${escapeControls(JSON.stringify(value, undefined, on === 'lines' ? 2 : undefined))}\n`)
}

/** Prints a text on standard error: how it goes, and what is wrong. */
export function sayText(text: string): void {
  clearScreen()
  process.stderr.write(printableText(typed(text)))
}

/** Writes an event as a line of JSON on standard error, for programs that watch. */
export function sayEvent(event: object): void {
  process.stderr.write(jsonLine(event))
}

/** A value as a line of JSON that a terminal may show. */
export function jsonLine(value: object): string {
  return `${escapeControls(JSON.stringify(value))}\n`
}

/** A line that has line ends within is several. */
function paintEach(line: Exclude<Line, string>): string {
  return line
    .map(({ text, style }) =>
      text
        .split('\n')
        .map((part) => paint([{ text: part, style }], process.stdout))
        .join('\n'),
    )
    .join('')
}
