import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Broker } from '../../src/broker/broker.ts'
import { sharedTokens } from '../../src/broker/shared-token.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'

describe.skipIf(!hasRedis)('a token that processes share on Redis', () => {
  let redis: RedisServer
  let connection: Redis
  beforeAll(async () => {
    redis = await startRedis()
    connection = new Redis(redis.url)
  })
  afterAll(async () => {
    connection.disconnect()
    await redis.close()
  })

  const storeOf = (account: string, secret = 'S3cret-of-the-account') => {
    return sharedTokens({ redis: connection } as unknown as Broker, account, secret) as NonNullable<
      ReturnType<typeof sharedTokens>
    >
  }

  test('is read by whoever knows the account’s secret, with what is left of its life, and goes with that', async () => {
    const store = storeOf('one')
    expect(await store.read()).toBeUndefined()
    await store.write('token-1', 60_000)
    const read = await storeOf('one').read()
    expect(read).toMatchObject({ token: 'token-1', ttlMs: 60_000 })
    expect(read?.leftMs).toBeGreaterThan(55_000)
    expect(read?.leftMs).toBeLessThanOrEqual(60_000)
    expect(await storeOf('one', 'another secret').read()).toBeUndefined()
    expect(await storeOf('two').read()).toBeUndefined()
    await store.write('token-2', 20)
    await expect.poll(() => store.read()).toBeUndefined()
  })

  test('lies nowhere on Redis in plain, nor in base64, nor twice in the same form', async () => {
    const token = 'a-token-that-nobody-is-to-see'
    const boxes: (string | null)[] = []
    for (let time = 0; time < 2; time += 1) {
      await storeOf('plain').write(token, 60_000)
      boxes.push(await connection.hget('{rollcall}:token:plain', 'box'))
    }
    expect(boxes[0]).not.toBe(boxes[1])
    const all = boxes.map((box) => `${box} ${Buffer.from(box ?? '', 'base64').toString('latin1')}`).join(' ')
    expect(all).not.toContain(token)
    expect(all).not.toContain('S3cret')
  })

  test('that was tampered with is none', async () => {
    await storeOf('tampered').write('token-1', 60_000)
    const key = '{rollcall}:token:tampered'
    const bytes = Buffer.from((await connection.hget(key, 'box')) ?? '', 'base64')
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    await connection.hset(key, 'box', bytes.toString('base64'))
    expect(await storeOf('tampered').read()).toBeUndefined()
  })

  test('is asked for by one process at a time, which loses the right when it dies', async () => {
    const key = '{rollcall}:token:locked:lock'
    const lock = await storeOf('locked').lock()
    expect(lock).toBeDefined()
    expect(await storeOf('locked').lock()).toBeUndefined()
    await lock?.release()
    const next = await storeOf('locked').lock()
    expect(next).toBeDefined()
    expect(await connection.pttl(key)).toBeGreaterThan(0)
    // Its lease ended, and another has the right: that stays.
    await connection.set(key, 'another', 'PX', 60_000)
    await next?.release()
    expect(await connection.get(key)).toBe('another')
  })
})

test('the embedded broker has nothing to share', () => {
  expect(sharedTokens({} as Broker, 'account', 'secret')).toBeUndefined()
})
