import { createInterface } from 'node:readline/promises'

/**
 * Asks on the terminal, where there is one on both ends; undefined where nobody can be asked. Anything but "yes" is a no.
 */
export function confirmOnTerminal(): ((lane: string, rows: number) => Promise<boolean>) | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined
  return async () => {
    using asked = createInterface({ input: process.stdin, output: process.stderr })
    return /^\s*yes\s*$/i.test(await asked.question('Type yes to go on: '))
  }
}
