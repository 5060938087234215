import { createWriteStream, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { UsageError } from '../model.ts'
import { isEncrypted } from '../openpgp/is-encrypted.ts'
import { isRemote, withoutCredentials } from '../remote/address.ts'
import { openRemote } from '../remote/remote.ts'
import type { Environment } from './environment.ts'
import { listenForStop } from './stop-signal.ts'

/** A file that is here, and in the clear. */
export interface TakenIn {
  /** What it is called: a path, `-`, or an address without credentials. */
  readonly name: string
  readonly path: string
  /** Whether `path` is a copy that whoever takes it over must keep or delete. */
  readonly isCopy: boolean
}

/**
 * Makes a file of what the user gave: standard input and what lies in other places are copied below the home, since they
 * can be read once only, or not surely again; what is encrypted is decrypted into such a copy. Throws a UsageError.
 */
export async function takeIn(
  given: string,
  environment: Pick<Environment, 'home' | 'remote' | 'pgp'>,
): Promise<TakenIn> {
  const name = withoutCredentials(given)
  const stop = listenForStop(() => {})
  const copies = copiesIn(environment.home)
  try {
    const path = await copyHere(given, copies.raw, environment, stop.signal)
    const form = await isEncrypted(path)
    stop.signal.throwIfAborted()
    if (form === undefined) return { name, path, isCopy: path === copies.raw }
    // Large, and seldom needed.
    const { decryptFile } = await import('../openpgp/decrypt-file.ts')
    const shown = name === '-' ? 'standard input' : name
    const options = { name: shown, form, keys: environment.pgp, signal: stop.signal }
    const { signedBy } = await decryptFile(path, copies.plain, options)
    rmSync(copies.raw, { force: true })
    const signature = signedBy === undefined ? 'no signature was asked for' : `signed by key ${signedBy}`
    process.stderr.write(`${shown} is decrypted: whole and untouched, ${signature}.\n`)
    return { name, path: copies.plain, isCopy: true }
  } catch (error) {
    for (const path of Object.values(copies)) rmSync(path, { force: true })
    if (!stop.signal.aborted) throw error
    throw new UsageError(`Stopped before ${name} was here. Nothing was sent.`)
  } finally {
    stop.release()
  }
}

/** The path of the file here: its own, or that of the copy. */
async function copyHere(
  given: string,
  copy: string,
  { remote: access }: Pick<Environment, 'remote'>,
  signal: AbortSignal,
): Promise<string> {
  if (given === '-') {
    await pipeline(process.stdin, createWriteStream(copy, { mode: 0o600 }), { signal })
    return copy
  }
  if (!isRemote(given)) return resolve(given)
  process.stderr.write(`Fetching ${withoutCredentials(given)}.\n`)
  const remote = openRemote({ access })
  try {
    await remote.fetch(given, copy, signal)
  } finally {
    await remote.close()
  }
  return copy
}

/** Where this process keeps its copies. Those of processes that died are deleted: they hold members' data. */
function copiesIn(home: string): { readonly raw: string; readonly plain: string } {
  const folder = join(home, 'runs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const file of readdirSync(folder)) {
    const pid = /^\.in-(\d+)\./.exec(file)?.[1]
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, file), { force: true })
  }
  const copy = resolve(folder, `.in-${process.pid}`)
  return { raw: `${copy}.raw`, plain: `${copy}.plain` }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
