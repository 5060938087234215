import { statSync } from 'node:fs'
import { InTheWay } from '../model.ts'

/** Throws an InTheWay where the file that is to be written is something else already. */
export function keepClear(path: string): void {
  const there = statSync(path, { throwIfNoEntry: false })
  if (there === undefined || there.isFile()) return
  const what = there.isDirectory() ? 'a folder' : 'no file'
  throw new InTheWay(
    `${path} is to be a file, and is ${what}: nothing was written over it. Move it away, then \`rollcall report\` writes the reports; what became of the rows is kept.`,
  )
}
