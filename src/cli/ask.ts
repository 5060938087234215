import { createInterface } from 'node:readline/promises'
import type { Question } from '../app/plan/propose-plan.ts'
import { printableText } from './screen/printable.ts'

/** Asks on the terminal, where there is one on both ends; undefined where nobody can be asked. An empty answer leaves it open. */
export function askOnTerminal(): ((question: Question) => Promise<string | undefined>) | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined
  return async ({ column, text, examples, choices }) => {
    const lines = [
      column === '' ? text : `${column} (${examples.join(', ')}): ${text}`,
      ...choices.map(
        ({ value, shown }, at) => `  ${at + 1}  ${value === shown || value === '' ? shown : `${value}  ${shown}`}`,
      ),
      '',
    ]
    process.stderr.write(printableText(lines.join('\n')))
    using asked = createInterface({ input: process.stdin, output: process.stderr })
    const answer = await asked.question(`1 to ${choices.length}, or Enter to leave it open: `)
    return choices[Number(answer.trim()) - 1]?.value
  }
}
