import { Command, InvalidArgumentError } from 'commander'
import { explainCodes } from '../../app/codes/explain-codes.ts'
import { printJson, printLines } from '../screen/print.ts'

type CodeEntry = ReturnType<typeof explainCodes>[number]

/** `rollcall codes [<n>]`: what a code means, and what to do about it. */
export function codesCommand(): Command {
  return new Command('codes')
    .description("what the API's codes mean, and what to do about them")
    .argument('[code]', 'one code only', parseCode)
    .option('--json', 'as JSON')
    .action((code: number | undefined, options: { json?: boolean }) => {
      const entries = explainCodes(code)
      if (options.json === true) printJson(entries.map(plain))
      else printLines([entries.map(describe).join('\n\n')])
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
  return `${code}  ${severity} on ${where}${message} (${CLASSES[kind]})\n    ${meaning}\n    ${remedy}`
}

function plain({ when, ...entry }: CodeEntry) {
  return when === undefined ? entry : { ...entry, when: when.source }
}

function parseCode(value: string): number {
  const code = Number(value)
  if (Number.isSafeInteger(code)) return code
  throw new InvalidArgumentError('expected a number, such as 8006.')
}
