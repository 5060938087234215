import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import * as openpgp from 'openpgp'
import { UsageError } from '../model.ts'
import { type PgpKeys, readPrivateKeys, readSigners } from './read-keys.ts'
import { refuseRest } from './refuse-rest.ts'

export interface Decrypting {
  /** What messages call the file. */
  readonly name: string
  readonly form: 'armored' | 'binary'
  readonly keys: PgpKeys
  readonly signal: AbortSignal
}

/** What was checked of a decrypted file, beyond that it is whole and untouched. */
export interface Decrypted {
  /** The id of the key whose signature is good; undefined where none was asked for. */
  readonly signedBy: string | undefined
}

/**
 * Decrypts a file into another, piece by piece: written aside (`.part`), readable by its owner only, and renamed when all
 * of it was found whole and untouched. Throws a UsageError that says what is wrong, without secrets.
 */
export async function decryptFile(from: string, to: string, options: Decrypting): Promise<Decrypted> {
  const { name, signal } = options
  const decryptionKeys = await readPrivateKeys(name, options.keys)
  const verificationKeys = await readSigners(options.keys)
  const aside = `${to}.part`
  await rm(aside, { force: true })
  const out = await open(aside, 'wx', 0o600)
  try {
    if (options.form === 'armored') await refuseRest(from, name)
    const { data, signatures } = await openMessage(from, options, { decryptionKeys, verificationKeys })
    for await (const piece of data) {
      signal.throwIfAborted()
      await out.writeFile(piece)
    }
    const signedBy = verificationKeys === undefined ? undefined : await checkSignatures(signatures, options)
    await out.sync()
    await out.close()
    await rename(aside, to)
    return { signedBy }
  } catch (error) {
    await out.close()
    await rm(aside, { force: true })
    if (signal.aborted) throw signal.reason
    throw error instanceof UsageError ? error : new UsageError(`${name}: ${reasonOf(error)}`)
  }
}

interface Keys {
  readonly decryptionKeys: openpgp.PrivateKey[]
  readonly verificationKeys: openpgp.PublicKey[] | undefined
}

/** The content as it comes: whether it is whole and untouched is known at its end only, which is why it is written aside. */
async function openMessage(from: string, { form }: Decrypting, { decryptionKeys, verificationKeys }: Keys) {
  const config = { allowUnauthenticatedStream: true }
  const message =
    form === 'armored'
      ? await openpgp.readMessage({ armoredMessage: webStream(from, 'latin1'), config })
      : await openpgp.readMessage({ binaryMessage: webStream(from), config })
  const keys = { decryptionKeys, ...(verificationKeys !== undefined && { verificationKeys }) }
  const { data, signatures } = await openpgp.decrypt({ message, ...keys, format: 'binary', config })
  // Whether they are good is asked for below, or not at all.
  for (const { verified } of signatures) verified.catch(() => {})
  return { data: data as AsyncIterable<Uint8Array>, signatures }
}

function webStream(path: string, encoding?: BufferEncoding) {
  // Not Readable.toWeb(): it takes no text, as Node 26 is.
  return ReadableStream.from(createReadStream(path, encoding === undefined ? {} : { encoding }))
}

/** The id of the first key of the signer's whose signature is good. */
async function checkSignatures(
  signatures: openpgp.DecryptMessageResult['signatures'],
  { name, keys }: Decrypting,
): Promise<string> {
  for (const { keyID, verified } of signatures) {
    const isGood = await verified.catch(() => false)
    if (isGood) return keyID.toHex().toUpperCase()
  }
  const found =
    signatures.length === 0
      ? 'it is not signed'
      : `its signature (key ${signatures.map(({ keyID }) => keyID.toHex().toUpperCase()).join(', ')}) is not a good one of that signer's`
  throw new UsageError(
    `${name}: ROLLCALL_PGP_SIGNER (${keys.signer ?? ''}) must have signed, and ${found}. Nothing was imported. Ask the sender.`,
  )
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [
    /No decryption key packets|Session key decryption failed|Decryption error/,
    "it is not encrypted for the key that ROLLCALL_PGP_KEY names, or is damaged. Give the sender that key's public half, and fetch the file anew.",
  ],
  [
    /not authenticated/,
    'it is encrypted without integrity protection, so that nobody can tell whether it is whole. Ask the sender to encrypt it with a current program.',
  ],
  [
    /No public key encrypted session key/,
    'it is encrypted with a password, and not for a key. Ask the sender to encrypt it for the key of ROLLCALL_PGP_KEY.',
  ],
  [
    /No encrypted data found/,
    'it is an OpenPGP message that is not encrypted. Take the file out first: gpg --decrypt.',
  ],
]

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const known = REASONS.find(([pattern]) => pattern.test(message))
  return (
    known?.[1] ??
    `it is damaged, cut off or tampered with (${message}). Nothing was imported. Fetch it anew, or ask the sender.`
  )
}
