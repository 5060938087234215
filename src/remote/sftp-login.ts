import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ssh2, { type AnyAuthMethod } from 'ssh2'
import { UsageError } from '../model.ts'
import type { RemoteAccess } from './access.ts'
import { type SftpPlace, nameOf } from './address.ts'
import { readNetrc } from './netrc.ts'
import { codeOf } from './remote-error.ts'

const USUAL_KEYS = ['id_ed25519', 'id_ecdsa', 'id_rsa']

/**
 * How we say who we are to an sftp server, in the order of trying: with the key that is named, else with the password
 * that is given (address, environment, netrc), else with the agent's keys and those in `~/.ssh`.
 */
export async function readLogin(place: SftpPlace, access: RemoteAccess): Promise<readonly AnyAuthMethod[]> {
  const { key, passphrase, agent } = access.sftp
  const username = place.user ?? access.user
  if (username === undefined) throw new UsageError(`${nameOf(place)} names no user: write sftp://user@host/path.`)
  if (key !== undefined) return [await readNamedKey(username, key, passphrase)]
  const password = place.password ?? access.sftp.password ?? (await readNetrc(access, place.host, username))?.password
  if (password !== undefined) return passwordMethods(username, password)
  const usual = await Promise.all(
    USUAL_KEYS.map((name) => readUsualKey(username, join(access.homeFolder, '.ssh', name), passphrase)),
  )
  return [
    ...(agent === undefined ? [] : [{ type: 'agent' as const, username, agent }]),
    ...usual.filter((method) => method !== undefined),
  ]
}

/** Many servers ask for the password in the form of a question. */
function passwordMethods(username: string, password: string): readonly AnyAuthMethod[] {
  return [
    { type: 'password', username, password },
    {
      type: 'keyboard-interactive',
      username,
      prompt: (_name, _instructions, _language, prompts, finish) => finish(prompts.map(() => password)),
    },
  ]
}

async function readNamedKey(username: string, path: string, passphrase: string | undefined): Promise<AnyAuthMethod> {
  let text: Buffer
  try {
    text = await readFile(path)
  } catch (error) {
    throw new UsageError(`The key ${path} (ROLLCALL_SFTP_KEY) cannot be read (${codeOf(error) ?? 'unknown'}).`)
  }
  const key = parsePrivateKey(text, passphrase)
  if (key !== undefined) return { type: 'publickey', username, key }
  throw new UsageError(
    `${path} (ROLLCALL_SFTP_KEY) is no private key that can be used` +
      `${passphrase === undefined ? '' : ' with the passphrase of ROLLCALL_SFTP_PASSPHRASE'}. ` +
      'An OpenSSH or PEM key was expected; where it has a passphrase, set ROLLCALL_SFTP_PASSPHRASE.',
  )
}

async function readUsualKey(
  username: string,
  path: string,
  passphrase: string | undefined,
): Promise<AnyAuthMethod | undefined> {
  const text = await readFile(path).catch(() => undefined)
  const key = text === undefined ? undefined : parsePrivateKey(text, passphrase)
  return key === undefined ? undefined : { type: 'publickey', username, key }
}

function parsePrivateKey(text: Buffer, passphrase: string | undefined): ssh2.ParsedKey | undefined {
  const parsed: unknown = ssh2.utils.parseKey(text, passphrase)
  const [key] = (Array.isArray(parsed) ? parsed : [parsed]) as (ssh2.ParsedKey | Error)[]
  return key instanceof Error || key?.isPrivateKey() !== true ? undefined : key
}
