import { createHmac, timingSafeEqual } from 'node:crypto'

/** A host key that a known_hosts file tells of a host. */
export interface KnownKey {
  /** `ssh-ed25519`, `ssh-rsa`, … */
  readonly type: string
  /** The public key, in the form that is sent. */
  readonly key: Buffer
  /** The file says that whoever shows this key must not be trusted. */
  readonly isRevoked: boolean
}

/**
 * The keys of a host in the text of a known_hosts file (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): plain and hashed names,
 * patterns, negations, `[host]:port`, `@revoked`. Certificate authorities are passed over: we know no certificates.
 */
export function findKnownKeys(text: string, host: string, port: number): readonly KnownKey[] {
  const name = (port === 22 ? host : `[${host}]:${port}`).toLowerCase()
  const keys: KnownKey[] = []
  for (const line of text.split(/\r?\n/)) {
    const words = line.trim().split(/[ \t]+/)
    const marker = words[0]?.startsWith('@') === true ? words.shift() : undefined
    const [hosts, type, key] = words
    if (hosts === undefined || hosts.startsWith('#') || type === undefined || key === undefined) continue
    if (marker !== undefined && marker !== '@revoked') continue
    if (!isNamed(hosts, name)) continue
    keys.push({ type, key: Buffer.from(key, 'base64'), isRevoked: marker === '@revoked' })
  }
  return keys
}

function isNamed(hosts: string, name: string): boolean {
  if (hosts.startsWith('|1|')) return isHashOf(hosts, name)
  const patterns = hosts.toLowerCase().split(',')
  const isRuledOut = patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1), name))
  return !isRuledOut && patterns.some((pattern) => matches(pattern, name))
}

function isHashOf(hosts: string, name: string): boolean {
  const [, , salt = '', hash = ''] = hosts.split('|')
  const expected = Buffer.from(hash, 'base64')
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest()
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

/** `*` and `?` are the only wildcards: brackets belong to `[host]:port`. */
function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's').test(name)
}
