import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { UsageError } from '../../model.ts'
import { isEncrypted } from '../../openpgp/is-encrypted.ts'
import { isRemote, withoutCredentials } from '../../remote/address.ts'
import { openRemote } from '../../remote/remote.ts'
import type { Context } from '../context.ts'
import { Stopped } from '../stopped.ts'
import { type Copies, newCopies } from './staging.ts'

/** A file that is here, and in the clear. */
export interface StagedFile {
  /** What it is called: a path, `-`, or an address without credentials. */
  readonly name: string
  readonly path: string
  /** Whether `path` is a copy that whoever takes it over must keep or delete. */
  readonly isCopy: boolean
}

/**
 * Makes a file of what the user gave: standard input (`-`), pipes (as of `<(…)`) and what lies in other places are copied
 * below the home, since they can be read once only, or not surely again; what is encrypted is decrypted into such a copy.
 * Throws a UsageError.
 */
export async function stageFile(
  given: string,
  context: Context,
  readStandardInput?: () => Readable,
): Promise<StagedFile> {
  const { environment, on, signal } = context
  const name = withoutCredentials(given)
  let copies: Copies | undefined
  try {
    const isHere = given !== '-' && !isRemote(given) && !isPipe(given)
    if (!isHere) copies = newCopies(environment.home)
    const path = copies === undefined ? resolve(given) : await copyTo(copies.raw, { given, readStandardInput }, context)
    const form = await isEncrypted(path)
    signal.throwIfAborted()
    if (form === undefined) return { name, path, isCopy: !isHere }
    copies ??= newCopies(environment.home)
    // Large, and seldom needed.
    const { decryptFile } = await import('../../openpgp/decrypt-file.ts')
    const file = name === '-' ? 'standard input' : name
    const { signedBy } = await decryptFile(path, copies.plain, { name: file, form, keys: environment.pgp, signal })
    rmSync(copies.raw, { force: true })
    on({ kind: 'decrypted', file, signedBy })
    return { name, path: copies.plain, isCopy: true }
  } catch (error) {
    copies?.clear()
    if (!signal.aborted) throw error
    throw new Stopped(`Stopped before ${name} was here. Nothing was sent.`)
  }
}

async function copyTo(
  copy: string,
  { given, readStandardInput }: { readonly given: string; readonly readStandardInput: (() => Readable) | undefined },
  { environment, on, signal }: Context,
): Promise<string> {
  if (!isRemote(given)) {
    await pipeline(readableOf(given, readStandardInput), createWriteStream(copy, { mode: 0o600 }), { signal })
    return copy
  }
  on({ kind: 'fetching', file: withoutCredentials(given) })
  const remote = openRemote({ access: environment.remote })
  try {
    await remote.fetch(given, copy, signal)
  } finally {
    await remote.close()
  }
  return copy
}

function readableOf(given: string, readStandardInput: (() => Readable) | undefined): Readable {
  if (given !== '-') return createReadStream(given)
  if (readStandardInput === undefined)
    throw new UsageError('There is no standard input to read from here: name a file.')
  return readStandardInput()
}

function isPipe(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFIFO() === true
}
