import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import * as openpgp from 'openpgp'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Decrypted, decryptFile } from '../../src/openpgp/decrypt-file.ts'
import { encryptionOf } from '../../src/openpgp/is-encrypted.ts'
import type { PgpKeys } from '../../src/openpgp/read-keys.ts'
import { temporaryFolder } from '../support/cli.ts'
import { made } from './made.ts'

const KEYS: PgpKeys = { key: made('key.asc'), passphrase: 'correct horse', signer: undefined }
const MEMBERS = readFileSync(made('members.csv'))

describe('a file that GnuPG encrypted', () => {
  test.for(['members.csv.gpg', 'members.csv.asc', 'signed.gpg'])('%s is decrypted', async (name) => {
    const { folder, decrypted } = await decrypt(readFileSync(made(name)))

    expect(decrypted).toEqual({ signedBy: undefined })
    expect(readFileSync(join(folder, 'out')).equals(MEMBERS)).toBe(true)
    expect(statSync(join(folder, 'out')).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).toSorted()).toEqual(['in', 'out'])
  })

  test('tells who signed it, where somebody must have', async () => {
    const { decrypted } = await decrypt(readFileSync(made('signed.gpg')), { signer: made('sender.asc') })

    const [sender] = await openpgp.readKeys({ armoredKeys: readFileSync(made('sender.asc'), 'utf8') })
    expect(decrypted.signedBy).toBe(sender?.getKeyID().toHex().toUpperCase())
  })

  test.for<[string, Partial<PgpKeys>, string]>([
    ['members.csv.gpg', { signer: made('sender.asc') }, 'it is not signed'],
    ['signed-by-other.gpg', { signer: made('sender.asc') }, "is not a good one of that signer's"],
    ['for-other.gpg', {}, 'it is not encrypted for the key'],
    ['with-password.gpg', {}, 'encrypted with a password'],
    ['signed-only.asc', {}, 'not encrypted'],
    ['without-integrity.gpg', {}, 'without integrity protection'],
    ['members.csv.gpg', { key: undefined }, 'Set ROLLCALL_PGP_KEY'],
    ['members.csv.gpg', { key: made('none.asc') }, 'cannot be read (ENOENT)'],
    ['members.csv.gpg', { key: made('public.asc') }, 'holds no OpenPGP private key'],
    ['members.csv.gpg', { key: made('members.csv') }, 'holds no OpenPGP private key'],
    ['members.csv.gpg', { signer: made('members.csv') }, 'holds no OpenPGP public key'],
    ['members.csv.gpg', { passphrase: undefined }, 'set ROLLCALL_PGP_PASSPHRASE'],
    ['members.csv.gpg', { passphrase: 'wr0ng' }, 'does not open the key'],
  ])('%s with %j is refused: %s', async ([name, keys, reason]) => {
    const { folder, failed } = await refused(readFileSync(made(name)), keys)

    expect(failed).toContain(reason)
    expect(failed).not.toMatch(/wr0ng|correct horse/)
    expect(readdirSync(folder)).toEqual(['in'])
  })

  test('is refused where another message follows it: its rows would be lost', async () => {
    for (const name of ['members.csv.gpg', 'members.csv.asc']) {
      const content = readFileSync(made(name))
      const { failed } = await refused(Buffer.concat([content, content]))
      expect(failed).toMatch(/something follows|damaged, cut off or tampered with/)
    }
  })
})

describe('whatever is cut off or changed', () => {
  let keys: PgpKeys
  let small: Buffer
  let armored: Buffer
  beforeAll(async () => {
    const folder = temporaryFolder()
    const userIDs = { name: 'Import', email: 'import@example.org' }
    const { privateKey, publicKey } = await openpgp.generateKey({ userIDs, format: 'object' })
    writeFileSync(join(folder, 'key'), privateKey.armor())
    keys = { key: join(folder, 'key'), passphrase: undefined, signer: undefined }
    small = Buffer.from(
      await openpgp.encrypt({ message: await newMessage(), encryptionKeys: publicKey, format: 'binary' }),
    )
    armored = Buffer.from(await openpgp.encrypt({ message: await newMessage(), encryptionKeys: publicKey }))
  })

  test.for(['armored', 'binary'] as const)('nothing of a large file is: %s', async (form) => {
    const rows = Array.from({ length: 30_000 }, (_, at) => `M-${at},${Math.sin(at)}\n`).join('')
    const message = await openpgp.createMessage({ binary: new TextEncoder().encode(rows) })
    const [encryptionKeys] = await openpgp.readKeys({ armoredKeys: readFileSync(keys.key ?? '', 'utf8') })
    const content =
      form === 'armored'
        ? await openpgp.encrypt({ message, encryptionKeys })
        : await openpgp.encrypt({ message, encryptionKeys, format: 'binary' })

    const { folder } = await decrypt(Buffer.from(content), keys)

    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe(rows)
  })

  test('the file is refused, or is the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        fc.option(fc.integer({ min: 1, max: 255 })),
        async (isArmored, place, flip) => {
          const content = isArmored ? armored : small
          const at = Math.floor(place * content.length)
          const broken = flip === null ? Buffer.from(content.subarray(0, at)) : Buffer.from(content)
          if (flip !== null) broken[at] = (broken[at] ?? 0) ^ flip
          // What is not seen to be encrypted is read as text, which it is not.
          if (encryptionOf(broken) === undefined) return
          const { folder } = await decrypt(broken, keys).catch(() => ({ folder: undefined }))

          if (folder !== undefined) expect(readFileSync(join(folder, 'out')).equals(MEMBERS)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })
})

function attempt(content: Buffer, keys: Partial<PgpKeys>): { folder: string; decrypting: Promise<Decrypted> } {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'in'), content)
  const decrypting = decryptFile(join(folder, 'in'), join(folder, 'out'), {
    name: 'members.csv.gpg',
    form: encryptionOf(content) ?? (content.toString('latin1').startsWith('-----BEGIN') ? 'armored' : 'binary'),
    keys: { ...KEYS, ...keys },
    signal: new AbortController().signal,
  })
  return { folder, decrypting }
}

async function decrypt(
  content: Buffer,
  keys: Partial<PgpKeys> = {},
): Promise<{ folder: string; decrypted: Decrypted }> {
  const { folder, decrypting } = attempt(content, keys)
  return { folder, decrypted: await decrypting }
}

async function refused(content: Buffer, keys: Partial<PgpKeys> = {}): Promise<{ folder: string; failed: string }> {
  const { folder, decrypting } = attempt(content, keys)
  return { folder, failed: await decrypting.then(() => 'decrypted', String) }
}

function newMessage(): Promise<openpgp.Message<Uint8Array>> {
  return openpgp.createMessage({ binary: new Uint8Array(MEMBERS) })
}
