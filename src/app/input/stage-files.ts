import { resolve } from 'node:path'
import { UsageError } from '../../model.ts'
import { isEncrypted } from '../../openpgp/is-encrypted.ts'
import { isRemote } from '../../remote/address.ts'
import type { RunRecord } from '../../run/run-record.ts'
import type { Environment } from '../environment.ts'
import { type TakenIn, takeIn } from './stage-file.ts'

/**
 * Takes in the file that the user gave, or several that make one run: these must be here and in the clear, as they stay
 * where they are. Throws a UsageError.
 */
export async function takeInAll(
  given: readonly string[],
  environment: Pick<Environment, 'home' | 'remote' | 'pgp'>,
): Promise<TakenIn & Pick<RunRecord, 'files'>> {
  const [first = '', ...more] = given
  if (more.length === 0) return await takeIn(first, environment)
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
