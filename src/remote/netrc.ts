import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../model.ts'
import type { RemoteAccess } from './access.ts'
import { codeOf } from './remote-error.ts'

export interface Login {
  readonly user: string
  readonly password: string
}

/**
 * The login for a host in the netrc file, as curl and wget find it there: the first `machine` of that name (with that
 * user, where one is given), else `default`. Undefined where there is none, or no file.
 */
export async function readNetrc(
  { netrc, homeFolder }: Pick<RemoteAccess, 'netrc' | 'homeFolder'>,
  host: string,
  user?: string,
): Promise<Login | undefined> {
  const path = netrc ?? join(homeFolder, '.netrc')
  try {
    return findLogin(await readFile(path, 'utf8'), host, user)
  } catch (error) {
    if (netrc === undefined && codeOf(error) !== undefined) return undefined
    throw new UsageError(`The file ${path} (NETRC) cannot be read (${codeOf(error) ?? 'unknown'}).`, { cause: error })
  }
}

/** Finds a host's login in a netrc file's text. */
export function findLogin(text: string, host: string, user?: string): Login | undefined {
  const entry = readEntries(text).find(
    ({ machine, login, password }) =>
      (machine === undefined || machine.toLowerCase() === host.toLowerCase()) &&
      password !== undefined &&
      (login ?? user) !== undefined &&
      (user === undefined || login === undefined || login === user),
  )
  const login = entry?.login ?? user
  return entry?.password === undefined || login === undefined ? undefined : { user: login, password: entry.password }
}

interface Entry {
  /** Undefined in the entry that serves every host. */
  readonly machine?: string
  login?: string
  password?: string
}

function readEntries(text: string): readonly Entry[] {
  // A macro ends at an empty line, and may hold anything.
  const plain = text.replaceAll(/^[ \t]*macdef[^]*?(?:\n[ \t\r]*\n|(?![^]))/gm, '\n').replaceAll(/^[ \t]*#.*$/gm, '')
  const words = (plain.match(/\S+/g) ?? []).values()
  const entries: Entry[] = []
  for (const word of words) {
    if (word === 'machine') entries.push({ machine: words.next().value ?? '' })
    else if (word === 'default') entries.push({})
    else {
      const value = words.next().value
      const entry = entries.at(-1)
      if (entry !== undefined && (word === 'login' || word === 'password') && value !== undefined) entry[word] = value
    }
  }
  return entries
}
