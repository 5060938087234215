import { describe, expect, test } from 'vitest'
import type { Fault, Reply } from '../../src/capillary/exchange.ts'
import { readToken } from '../../src/capillary/read-token.ts'
import { TokenKeeper } from '../../src/capillary/token-keeper.ts'
import type { SharedToken, TokenStore } from '../../src/capillary/token-store.ts'
import type { Json } from '../../src/model.ts'
import { fault, reply } from './replies.ts'

const refused = 'The API gave no token for these credentials: HTTP'
const unavailable = 'No token: the token endpoint answered HTTP'
const busy = (seconds: number) => reply(503, '', { 'retry-after': String(seconds) })

describe('a token', () => {
  test.each<readonly [string, Json]>([
    ['under data', { data: { accessToken: 't1' } }],
    ['without data', { accessToken: 't1' }],
    ['with a byte order mark before it', '\uFEFF{"data":{"accessToken":"t1"}}'],
  ])('is found %s', (_where, body) => {
    expect(readToken(reply(200, body))).toEqual({ kind: 'token', token: 't1', ttlMs: 300_000 })
  })

  test.each([0, -5, 'soon', 0.01])(
    'with a life of %s seconds is used until the API says that it has ended',
    (ttlSeconds) => {
      expect(readToken(reply(200, { data: { accessToken: 't1', ttlSeconds } }))).toMatchObject({ ttlMs: 300_000 })
    },
  )

  test('counts only where the endpoint says that all is well', () => {
    const body = { data: { accessToken: 't1' } }
    expect(readToken(reply(300, body))).toMatchObject({ kind: 'denied', status: 300 })
    expect(readToken(reply(401, body))).toMatchObject({ kind: 'denied', status: 401 })
    expect(readToken(reply(500, body))).toMatchObject({ kind: 'fault' })
  })
})

describe('why there is no token', () => {
  test.each<readonly [string, number, Json, object]>([
    [
      'in the words of the first error',
      401,
      { errors: [{ code: 7, message: 'key unknown' }], message: 'x' },
      { kind: 'denied', worded: true, code: 7, message: `${refused} 401: key unknown` },
    ],
    [
      'in the words of the documented error, whatever its status',
      400,
      { data: null, errors: [{ code: 320_001, message: 'Invalid client key and secret' }] },
      { kind: 'denied', worded: true, code: 320_001 },
    ],
    [
      'in the words of the reply',
      403,
      { errors: [{ code: 7 }], message: 'not here' },
      { kind: 'denied', worded: true, code: 7, message: `${refused} 403: not here` },
    ],
    [
      'in the documented words under a status that passes elsewhere',
      500,
      { data: null, errors: [{ code: 320_001, message: 'Invalid client key and secret' }] },
      { kind: 'denied', worded: true, code: 320_001 },
    ],
    [
      'by the status and a page',
      404,
      '<html>',
      { kind: 'denied', worded: false, code: undefined, message: `${refused} 404 with a page instead of JSON` },
    ],
    [
      'by the title of the page of who stands before it',
      200,
      '<html><title>Sign in to the Wi-Fi</title>',
      { kind: 'fault', message: `${unavailable} 200 with a page instead of JSON: "Sign in to the Wi-Fi"` },
    ],
    ['by a passing status', 503, '', { kind: 'fault', message: `${unavailable} 503 with an empty body` }],
    [
      'by a passing status with words',
      408,
      { message: 'too slow' },
      { kind: 'fault', message: `${unavailable} 408: too slow` },
    ],
    [
      'by a reply without one',
      200,
      { data: {} },
      { kind: 'fault', message: `${unavailable} 200 with JSON in no form of the API` },
    ],
    [
      'by one that no header can hold, which is no fault of the rows',
      200,
      { data: { accessToken: 'a\nb' } },
      { kind: 'fault', message: 'No token: the token endpoint gave one that no header of a request can hold' },
    ],
  ])('is told %s', (_how, status, body, expected) => {
    expect(readToken(reply(status, body))).toMatchObject({ latencyMs: 5, ...expected })
  })

  test('is told by the fault of the connection, and that nothing was sent', () => {
    expect(readToken(fault('ECONNRESET', true))).toMatchObject({
      kind: 'fault',
      code: 'ECONNRESET',
      message: 'No token: it broke',
      maybeSent: false,
    })
  })
})

/** A keeper with a clock of its own, and an endpoint that answers as told: tokens t1, t2, … unless told otherwise. */
function setup({
  answers = [],
  takesMs = 0,
  store,
}: {
  readonly answers?: readonly (Reply | Fault)[]
  /** For how long the endpoint lets itself be waited for. */
  readonly takesMs?: number
  readonly store?: TokenStore
} = {}) {
  let now = 0
  let asked = 0
  const ask = () => {
    asked += 1
    now += takesMs
    return Promise.resolve(answers[asked - 1] ?? reply(200, { accessToken: `t${asked}`, ttlSeconds: 100 }))
  }
  const keeper = new TokenKeeper({ ask, now: () => now, store })
  return { keeper, asked: () => asked, goOn: (ms: number) => void (now += ms) }
}

describe('a keeper', () => {
  test('renews its token at 80 % of its life, while it is still used, and uses none of the last 5 %', async () => {
    const { keeper, asked, goOn } = setup()
    expect(await keeper.get()).toMatchObject({ token: 't1' })
    goOn(79_999)
    expect(keeper.atHand()).toBe('t1')
    expect(asked()).toBe(1)
    goOn(1)
    expect(keeper.atHand()).toBe('t1')
    await expect.poll(() => keeper.atHand()).toBe('t2')
    expect(asked()).toBe(2)
    goOn(95_000)
    expect(keeper.atHand()).toBeUndefined()
  })

  test('uses a token that took longer to come than it lives, for its life from then on', async () => {
    const { keeper, asked, goOn } = setup({ takesMs: 120_000 })
    expect(await keeper.get()).toMatchObject({ token: 't1' })
    expect(keeper.atHand()).toBe('t1')
    goOn(79_999)
    expect(keeper.atHand()).toBe('t1')
    expect(asked()).toBe(1)
    goOn(20_000)
    expect(keeper.atHand()).toBeUndefined()
  })

  test('asks for no other token while nobody can say more than a moment ago, and then again', async () => {
    const { keeper, asked, goOn } = setup({ answers: [reply(503, ''), reply(503, '')] })
    expect(await keeper.get()).toMatchObject({ kind: 'fault' })
    expect(await keeper.get()).toMatchObject({ kind: 'fault' })
    expect(asked()).toBe(1)
    goOn(500)
    expect(await keeper.get()).toMatchObject({ kind: 'fault' })
    goOn(999)
    expect(await keeper.get()).toMatchObject({ kind: 'fault' })
    expect(asked()).toBe(2)
    goOn(1)
    expect(await keeper.get()).toMatchObject({ token: 't3' })
  })

  test('is missing since the first time, while the endpoint wants to be left alone for longer than it would be', async () => {
    const { keeper, goOn } = setup({ answers: [fault('ECONNREFUSED', false), busy(20)] })
    await keeper.get()
    expect(keeper.missingSince()).toBeUndefined()
    goOn(500)
    await keeper.get()
    expect(keeper.missingSince()).toBe(0)
    goOn(20_000)
    await keeper.get()
    expect(keeper.missingSince()).toBeUndefined()
  })

  test('asks again when it is asked to, and each minute where that is longer', async () => {
    const { keeper, asked, goOn } = setup({ answers: [busy(20), busy(3600)] })
    await keeper.get()
    expect(keeper.waitMs()).toBe(20_000)
    goOn(20_000)
    await keeper.get()
    expect(asked()).toBe(2)
    expect(keeper.waitMs()).toBe(60_000)
  })

  const words = reply(401, { errors: [{ code: 320_001, message: 'Invalid client key and secret' }] })

  test('takes the API’s own word that the credentials are not good at once, where they never had a token', async () => {
    expect(await setup({ answers: [words] }).keeper.get()).toMatchObject({ kind: 'denied', code: 320_001 })
  })

  test.each([
    ['a page', reply(403, '<html>'), false],
    ['the API’s own word, after a token', words, true],
  ])('has %s said four times, over three seconds, before it is a verdict', async (_who, answer, hadToken) => {
    const before = hadToken ? [reply(200, { accessToken: 'first' })] : []
    const { keeper, asked, goOn } = setup({ answers: [...before, answer, answer, answer, answer] })
    if (hadToken) {
      await keeper.get()
      keeper.giveUp('first')
    }
    for (const waitMs of [500, 1_000, 2_000]) {
      expect(await keeper.get()).toMatchObject({ kind: 'fault', code: 'TOKEN_REFUSED' })
      goOn(waitMs)
    }
    expect(await keeper.get()).toMatchObject({ kind: 'denied' })
    expect(asked()).toBe(before.length + 4)
  })
})

const away = () => Promise.reject(new Error('Redis is away'))

/** What the processes of an account share, in memory. */
function sharedStore() {
  const shared: { token?: SharedToken; locked: boolean; writes: string[] } = { locked: false, writes: [] }
  const store: TokenStore = {
    read: () => Promise.resolve(shared.token),
    write(token, ttlMs) {
      shared.writes.push(token)
      shared.token = { token, ttlMs, leftMs: ttlMs }
      return Promise.resolve()
    },
    lock() {
      if (shared.locked) return Promise.resolve(undefined)
      shared.locked = true
      return Promise.resolve({ release: () => Promise.resolve(void (shared.locked = false)) })
    },
  }
  return { shared, store }
}

describe('processes that share a token', () => {
  test('ask for one together', async () => {
    const { shared, store } = sharedStore()
    const [one, two] = [setup({ store }), setup({ store })]
    const both = await Promise.all([one.keeper.get(), two.keeper.get()])
    expect(both).toMatchObject([{ token: 't1' }, { token: 't1' }])
    expect(one.asked() + two.asked()).toBe(1)
    expect(shared).toMatchObject({ writes: ['t1'], locked: false })
  })

  test('take the one that another got meanwhile, rather than ask anew, where theirs is refused', async () => {
    const { store } = sharedStore()
    const [one, two] = [setup({ store }), setup({ store })]
    await one.keeper.get()
    await two.keeper.get()
    two.keeper.giveUp('t1')
    await store.write('t7', 100_000)
    expect(await one.keeper.adoptNewer('t1')).toBe(true)
    expect(one.keeper.atHand()).toBe('t7')
    expect(await two.keeper.get()).toMatchObject({ token: 't7' })
    expect(one.asked() + two.asked()).toBe(1)
  })

  test('do not take back the one that was given up', async () => {
    const { store } = sharedStore()
    const { keeper, asked } = setup({ store })
    await keeper.get()
    keeper.giveUp('t1')
    expect(await keeper.adoptNewer('t1')).toBe(false)
    expect(await keeper.get()).toMatchObject({ token: 't2' })
    expect(asked()).toBe(2)
  })

  test('count what is left of its life by what the store says', async () => {
    const { shared, store } = sharedStore()
    shared.token = { token: 'old', ttlMs: 100_000, leftMs: 21_000 }
    const { keeper, asked, goOn } = setup({ store })
    expect(await keeper.get()).toMatchObject({ token: 'old' })
    goOn(1_000)
    expect(keeper.atHand()).toBe('old')
    await expect.poll(asked).toBe(1)
  })

  test('have one each where what they share cannot be reached', async () => {
    const { keeper } = setup({ store: { read: away, write: away, lock: away } })
    expect(await keeper.get()).toMatchObject({ token: 't1' })
  })
})
