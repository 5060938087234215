import { createReadStream, createWriteStream, rmSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UsageError } from '../../model.ts'
import { isEncrypted } from '../../openpgp/is-encrypted.ts'
import { isRemote, withoutCredentials } from '../../remote/address.ts'
import { openRemote } from '../../remote/remote.ts'
import { type Copies, newCopies } from './staging.ts'
import type { Environment } from '../environment.ts'
import { listenForStop } from '../../cli/stop-signal.ts'

/** A file that is here, and in the clear. */
export interface TakenIn {
  /** What it is called: a path, `-`, or an address without credentials. */
  readonly name: string
  readonly path: string
  /** Whether `path` is a copy that whoever takes it over must keep or delete. */
  readonly isCopy: boolean
}

/**
 * Makes a file of what the user gave: standard input, pipes (as of `<(…)`) and what lies in other places are copied below
 * the home, since they can be read once only, or not surely again; what is encrypted is decrypted into such a copy.
 * Throws a UsageError.
 */
export async function takeIn(
  given: string,
  environment: Pick<Environment, 'home' | 'remote' | 'pgp'>,
): Promise<TakenIn> {
  const name = withoutCredentials(given)
  const stop = listenForStop(() => {})
  let copies: Copies | undefined
  try {
    const isHere = given !== '-' && !isRemote(given) && !isPipe(given)
    if (!isHere) copies = newCopies(environment.home)
    const path = copies === undefined ? resolve(given) : await fetchTo(copies.raw, given, environment, stop.signal)
    const form = await isEncrypted(path)
    stop.signal.throwIfAborted()
    if (form === undefined) return { name, path, isCopy: !isHere }
    copies ??= newCopies(environment.home)
    // Large, and seldom needed.
    const { decryptFile } = await import('../../openpgp/decrypt-file.ts')
    const shown = name === '-' ? 'standard input' : name
    const options = { name: shown, form, keys: environment.pgp, signal: stop.signal }
    const { signedBy } = await decryptFile(path, copies.plain, options)
    rmSync(copies.raw, { force: true })
    const signature = signedBy === undefined ? 'no signature was asked for' : `signed by key ${signedBy}`
    process.stderr.write(`${shown} is decrypted: whole and untouched, ${signature}.\n`)
    return { name, path: copies.plain, isCopy: true }
  } catch (error) {
    copies?.clear()
    if (!stop.signal.aborted) throw error
    throw new UsageError(`Stopped before ${name} was here. Nothing was sent.`)
  } finally {
    stop.release()
  }
}

async function fetchTo(
  copy: string,
  given: string,
  { remote: access }: Pick<Environment, 'remote'>,
  signal: AbortSignal,
): Promise<string> {
  if (!isRemote(given)) {
    const stream = given === '-' ? process.stdin : createReadStream(given)
    await pipeline(stream, createWriteStream(copy, { mode: 0o600 }), { signal })
    return copy
  }
  process.stderr.write(`Fetching ${withoutCredentials(given)}.\n`)
  const remote = openRemote({ access })
  try {
    await remote.fetch(given, copy, signal)
  } finally {
    await remote.close()
  }
  return copy
}

function isPipe(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFIFO() === true
}
