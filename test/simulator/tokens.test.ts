import { expect, test } from 'vitest'
import { BASIC, bodyOf, envelope, member, setup } from './setup.ts'
import type { Bundle } from './setup.ts'

const UNAUTHORIZED = envelope(401, 'Unauthorized')

async function tokenOf({ post }: Bundle): Promise<string> {
  const { text } = await post('/v3/oauth/token/generate', { key: 'k', secret: 's' }, {})
  const { data } = JSON.parse(text)
  return data.accessToken
}

test('A token opens the API until it ends', async () => {
  let at = 1_800_000_000_000
  const bundle = await setup({ now: () => at, tokenTtlSeconds: 10 })
  const reply = await bundle.post('/v3/oauth/token/generate', { key: 'k', secret: 's' }, {})
  expect(bodyOf(reply)).toEqual({ data: { accessToken: expect.any(String), ttlSeconds: 10 }, errors: null })
  const token = { 'X-CAP-API-OAUTH-TOKEN': await tokenOf(bundle) }
  at += 9_999
  expect((await bundle.post('/v2/customers', member({ externalId: 'A' }), token)).status).toBe(200)
  at += 1
  const late = await bundle.post('/v2/customers', member({ externalId: 'B' }), token)
  expect(late.status).toBe(401)
  expect(bodyOf(late)).toEqual(UNAUTHORIZED)
  expect(bundle.simulator.stats()).toMatchObject({ tokensIssued: 2, registrations: 1, replies: { 401: 1 } })
})

test.each([
  ['nothing', {}],
  ['a token that was never given', { 'x-cap-api-oauth-token': 'guess' }],
  ['a password that was not hashed', { authorization: `Basic ${Buffer.from('till:secret').toString('base64')}` }],
  ['another scheme', { authorization: BASIC.replace('Basic', 'Bearer') }],
])('A request with %s is refused', async (_what, headers) => {
  const { post, get } = await setup()
  expect((await post('/v2/customers', member({ externalId: 'A' }), headers)).status).toBe(401)
  expect((await get('/v2/customers/lookup', headers)).status).toBe(401)
})

test('Only the credentials that are accepted pass', async () => {
  const credentials = {
    oauth: { key: 'k', secret: 's' },
    basic: { username: 'store.server', password: 'server123' },
  }
  const bundle = await setup({ credentials })
  const { post, register } = bundle
  expect((await register(member({ externalId: 'A' }))).status).toBe(200)
  const wrong = {
    authorization: `Basic ${Buffer.from('store.server:202cb962ac59075b964b07152d234b70').toString('base64')}`,
  }
  expect((await post('/v2/customers', member({ externalId: 'B' }), wrong)).status).toBe(401)
  expect(await tokenOf(bundle)).toMatch(/token/)
  expect((await post('/v3/oauth/token/generate', { key: 'k', secret: 'x' }, {})).text).toContain('320001')
  expect((await post('/v3/oauth/token/generate', {}, {})).status).toBe(400)
})

test('Each new token ends the one before, where the simulator was told so', async () => {
  const bundle = await setup({ soleToken: true })
  const first = { 'X-CAP-API-OAUTH-TOKEN': await tokenOf(bundle) }
  const second = { 'X-CAP-API-OAUTH-TOKEN': await tokenOf(bundle) }
  expect((await bundle.post('/v2/customers', member({ externalId: 'A' }), first)).status).toBe(401)
  expect((await bundle.post('/v2/customers', member({ externalId: 'A' }), second)).status).toBe(200)
})

test('A new token is refused at first, where the simulator was told so', async () => {
  let at = 1_800_000_000_000
  const bundle = await setup({ now: () => at, tokenLateMs: 300 })
  const token = { 'X-CAP-API-OAUTH-TOKEN': await tokenOf(bundle) }
  at += 299
  expect((await bundle.post('/v2/customers', member({ externalId: 'A' }), token)).status).toBe(401)
  at += 1
  expect((await bundle.post('/v2/customers', member({ externalId: 'A' }), token)).status).toBe(200)
})

test('Tokens end at once when they are revoked', async () => {
  const bundle = await setup()
  const token = { 'X-CAP-API-OAUTH-TOKEN': await tokenOf(bundle) }
  await bundle.post('/_simulator/revoke', {})
  expect((await bundle.post('/v2/customers', member({ externalId: 'A' }), token)).status).toBe(401)
})
