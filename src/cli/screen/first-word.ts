import { clearBeforePrint } from './drawn.ts'

/** Commands that take a while before they have anything to say. */
const SLOW = new Set(['import', 'check', 'resume', 'rerun', 'verify', 'sync', 'doctor', 'top'])
const SILENT = new Set(['--help', '-h', '--quiet', '--progress', '--progress=json', 'list', 'history'])

/**
 * Says on a terminal that a command begins, before what it needs is loaded, which may take a second. Whoever has something
 * to say takes its place. Imports next to nothing itself.
 */
export function sayFirstWord(args: readonly string[]): void {
  const out = process.stderr
  const command = args.find((arg) => SLOW.has(arg))
  if (command === undefined || !out.isTTY || args.some((arg) => SILENT.has(arg))) return
  const words = `Starting ${command} …`
  // Who writes without clearing it first writes over it.
  out.write(`${words}\r`)
  clearBeforePrint(() => {
    out.write(`${' '.repeat(words.length)}\r`)
    clearBeforePrint(undefined)
  })
}
