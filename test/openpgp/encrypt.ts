import { readFileSync } from 'node:fs'
import * as openpgp from 'openpgp'
import { made } from './made.ts'

/** Encrypts as a sender would, for the key that GnuPG made. */
export async function encrypt(text: string, form: 'binary' | 'armored' = 'binary'): Promise<Buffer> {
  const encryptionKeys = await openpgp.readKey({ armoredKey: readFileSync(made('public.asc'), 'utf8') })
  const message = await openpgp.createMessage({ binary: new TextEncoder().encode(text) })
  if (form === 'armored') return Buffer.from(await openpgp.encrypt({ message, encryptionKeys }))
  return Buffer.from(await openpgp.encrypt({ message, encryptionKeys, format: 'binary' }))
}
