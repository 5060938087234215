import { Command, InvalidArgumentError } from 'commander'
import type { CodeEntry } from '../../capillary/code-table.ts'
import { codeEntries, entriesFor } from '../../lanes/catalogue.ts'
import { UsageError } from '../../model.ts'

/** `rollcall codes [<n>]`: what a code means, and what to do about it. */
export function codesCommand(): Command {
  return new Command('codes')
    .description("what the API's codes mean, and what to do about them")
    .argument('[code]', 'one code only', parseCode)
    .option('--json', 'as JSON')
    .action((code: number | undefined, options: { json?: boolean }) => {
      const entries = code === undefined ? codeEntries : entriesFor(code)
      if (code !== undefined && entries.length === 0) {
        throw new UsageError(
          `Code ${code} is in none of the API's public pages. A row that gets it is rejected, with the API's own message in its report.`,
        )
      }
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify(entries.map(plain), undefined, 2)}\n`
          : entries.map(describe).join('\n'),
      )
    })
}

const CLASSES: Readonly<Record<CodeEntry['class'], string>> = {
  retry: 'passes by itself: sent again',
  final: 'final: would be said again',
  exists: 'it is there already',
  halt: 'every row would get it: the run halts',
  benign: 'harmless',
  lossy: 'something was dropped or merged: the row is warned',
  done: 'success',
}

function describe({ code, endpoint, severity, class: kind, meaning, remedy, when }: CodeEntry): string {
  const where = endpoint === 'request' ? 'any endpoint' : endpoint
  const message = when === undefined ? '' : `, where the message fits ${String(when)}`
  return `${code}  ${severity} on ${where}${message} (${CLASSES[kind]})\n    ${meaning}\n    ${remedy}\n`
}

function plain({ when, ...entry }: CodeEntry) {
  return when === undefined ? entry : { ...entry, when: when.source }
}

function parseCode(value: string): number {
  const code = Number(value)
  if (Number.isSafeInteger(code)) return code
  throw new InvalidArgumentError('expected a number, such as 8006.')
}
