import { createCipheriv, createDecipheriv, randomBytes, randomUUID, scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import type { Broker } from './broker.ts'
import { PREFIX } from './job-options.ts'
import type { RedisConnection } from './redis-connection.ts'

/** A token with its life, and what is left of it, in milliseconds. */
interface SharedToken {
  readonly token: string
  readonly ttlMs: number
  readonly leftMs: number
}

/**
 * Where the processes of an account on one Redis keep their token, so that they have one together: an API may hold but the
 * last one valid. It lies there encrypted, by a key that only who knows the account's secret can derive, and goes away
 * when its life is over. Undefined on the embedded broker, which one process has for itself.
 */
export function sharedTokens({ redis }: Broker, account: string, secret: string) {
  if (redis === undefined) return undefined
  const key = `${PREFIX}:token:${account}`
  let derived: Promise<Buffer> | undefined
  const encryptionKey = () => (derived ??= deriveKey(secret, account))
  return {
    async read(): Promise<SharedToken | undefined> {
      const [box, ttlMs, leftMs] = (await redis.eval(READ, 1, key)) as [string | null, string | null, number]
      if (box === null || leftMs <= 0) return undefined
      const token = decrypt(box, await encryptionKey(), account)
      return token === undefined ? undefined : { token, ttlMs: Number(ttlMs), leftMs }
    },
    async write(token: string, ttlMs: number): Promise<void> {
      const box = encrypt(token, await encryptionKey(), account)
      await redis.multi().hset(key, { box, ttlMs }).pexpire(key, Math.ceil(ttlMs)).exec()
    },
    lock: () => lock(redis, `${key}:lock`),
  }
}

const READ = `
local held = redis.call('HMGET', KEYS[1], 'box', 'ttlMs')
return { held[1], held[2], redis.call('PTTL', KEYS[1]) }
`

/** The secret may be short and guessed at: each guess is to cost something. */
function deriveKey(secret: string, account: string): Promise<Buffer> {
  return promisify<string, string, number, Buffer>(scrypt)(secret, `rollcall token ${account}`, KEY_BYTES)
}

function encrypt(token: string, key: Buffer, account: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(account))
  const text = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')
}

/** Undefined where it was not made with this key. */
function decrypt(box: string, key: Buffer, account: string): string | undefined {
  const bytes = Buffer.from(box, 'base64')
  const [nonce, tag] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES)]
  try {
    const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(account)).setAuthTag(tag)
    return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** One process at a time has it, for as long as it lives and renews it, by Redis' clock. */
async function lock(redis: RedisConnection, key: string): Promise<{ release(): Promise<void> } | undefined> {
  const id = randomUUID()
  if ((await redis.set(key, id, 'PX', LEASE_MS, 'NX')) === null) return undefined
  const renewal = setInterval(() => {
    redis.eval(RENEW, 1, key, id, LEASE_MS).catch(() => {})
  }, LEASE_MS / 3)
  return {
    async release() {
      clearInterval(renewal)
      await redis.eval(RELEASE, 1, key, id)
    },
  }
}

const LEASE_MS = 6_000
const RENEW = `return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2]) or 0`
const RELEASE = `return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0`
