import { readFile } from 'node:fs/promises'
import * as openpgp from 'openpgp'
import { UsageError } from '../model.ts'

/** The keys in use, as the environment names them. */
export interface PgpKeys {
  /** The path of the private key. */
  readonly key: string | undefined
  readonly passphrase: string | undefined
  /** The path of the public keys of whoever must have signed; undefined where no signature is asked for. */
  readonly signer: string | undefined
}

/** The private keys of ROLLCALL_PGP_KEY, unlocked. Throws a UsageError, without secrets. `name` is the encrypted file. */
export async function readPrivateKeys(name: string, { key, passphrase }: PgpKeys): Promise<openpgp.PrivateKey[]> {
  if (key === undefined) {
    throw new UsageError(
      `${name} is OpenPGP-encrypted. Set ROLLCALL_PGP_KEY to the path of your private key (gpg --export-secret-keys), ` +
        'and ROLLCALL_PGP_PASSPHRASE where it has a passphrase.',
    )
  }
  const content = await readKeyFile('ROLLCALL_PGP_KEY', key)
  const keys = await (
    isArmored(content)
      ? openpgp.readPrivateKeys({ armoredKeys: content.toString('utf8') })
      : openpgp.readPrivateKeys({ binaryKeys: content })
  ).catch(() => [])
  if (keys.length === 0) {
    throw new UsageError(
      `${key} (ROLLCALL_PGP_KEY) holds no OpenPGP private key. What gpg --export-secret-keys prints was expected.`,
    )
  }
  return Promise.all(keys.map((locked) => unlock(locked, key, passphrase)))
}

/** The public keys of ROLLCALL_PGP_SIGNER, or undefined where it is not set. */
export async function readSigners({ signer }: PgpKeys): Promise<openpgp.PublicKey[] | undefined> {
  if (signer === undefined) return undefined
  const content = await readKeyFile('ROLLCALL_PGP_SIGNER', signer)
  const keys = await (
    isArmored(content)
      ? openpgp.readKeys({ armoredKeys: content.toString('utf8') })
      : openpgp.readKeys({ binaryKeys: content })
  ).catch(() => [])
  if (keys.length > 0) return keys.map((key) => key.toPublic())
  throw new UsageError(
    `${signer} (ROLLCALL_PGP_SIGNER) holds no OpenPGP public key. What gpg --export prints was expected.`,
  )
}

async function unlock(
  privateKey: openpgp.PrivateKey,
  path: string,
  passphrase: string | undefined,
): Promise<openpgp.PrivateKey> {
  if (privateKey.isDecrypted()) return privateKey
  if (passphrase === undefined) {
    throw new UsageError(`The key in ${path} has a passphrase: set ROLLCALL_PGP_PASSPHRASE to it.`)
  }
  try {
    return await openpgp.decryptKey({ privateKey, passphrase })
  } catch {
    throw new UsageError(`The passphrase in ROLLCALL_PGP_PASSPHRASE does not open the key in ${path}. Check both.`)
  }
}

async function readKeyFile(variable: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new UsageError(`The key ${path} (${variable}) cannot be read (${code}). Check the path.`)
  }
}

function isArmored(content: Buffer): boolean {
  return content.includes('-----BEGIN PGP ')
}
