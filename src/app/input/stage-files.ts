import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { UsageError } from '../../model.ts'
import { isEncrypted } from '../../openpgp/is-encrypted.ts'
import { isRemote } from '../../remote/address.ts'
import type { RunRecord } from '../../run/run-record.ts'
import type { Context } from '../context.ts'
import { type StagedFile, stageFile } from './stage-file.ts'

/** A file that is here, or several that make one run. */
export type Staged = StagedFile & Pick<RunRecord, 'files'>

/**
 * Makes a file here and in the clear of what the user gave, or takes several that make one run: these must be here and in
 * the clear already, as they stay where they are. Throws a UsageError.
 */
export async function stageFiles(
  given: readonly string[],
  context: Context,
  readStandardInput?: () => Readable,
): Promise<Staged> {
  const [first = '', ...more] = given
  if (more.length === 0) return await stageFile(first, context, readStandardInput)
  const files: { path: string; name: string }[] = []
  for (const name of given) {
    const path = resolve(name)
    if (name === '-' || isRemote(name)) throw byItself(name === '-' ? 'Standard input' : 'A file from another place')
    if ((await isEncrypted(path)) !== undefined) throw byItself(`${name} is encrypted: it`)
    files.push({ path, name })
  }
  return { name: `${first} and ${more.length} more`, path: files[0]?.path ?? '', isCopy: false, files }
}

function byItself(what: string): UsageError {
  return new UsageError(`${what} is imported by itself, not among other files.`)
}
