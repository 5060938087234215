import { expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { BASIC, bodyOf, envelope, isLost, linking, member, setup } from './setup.ts'

const slow = { latencyMs: 300 }

test('Of two registrations of one member under way together, the later is refused with 521', async () => {
  const { register, simulator } = await setup(slow)
  const replies = await Promise.all([
    register(member({ externalId: 'A', mobile: '919876543210' })),
    register(member({ externalId: 'B', mobile: '919876543210' })),
    register(member({ externalId: 'C' })),
  ])
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 500])
  const refused = replies.find(({ status }) => status === 500)
  expect(refused && bodyOf(refused)).toEqual(envelope(521, expect.stringContaining('Multiple actions')))
  expect(simulator.stats()).toMatchObject({ registrations: 2, busy: 1 })
  expect((await register(member({ externalId: 'A' }))).text).toContain('8006')
})

test('Of two links of one member under way together, the later is refused, and its request goes on', async () => {
  const { link, simulator } = await setup({ ...slow, knowsEveryone: true })
  await Promise.all([
    link(linking({ externalId: 'A' }), linking({ externalId: 'B' })),
    link(linking({ externalId: 'A' }, 'P', {}, 'Other'), linking({ externalId: 'C' })),
  ])
  expect(simulator.stats()).toMatchObject({ linksMade: 3, busy: 1 })
})

test('A registration under way keeps a link away, whichever identifier names the member', async () => {
  const { register, link, simulator } = await setup(slow)
  await register(member({ externalId: 'A', mobile: '919876543210' }))
  await Promise.all([register(member({ externalId: 'A' })), link(linking({ mobile: '9876543210' }))])
  expect(simulator.stats().busy).toBe(1)
})

test('One member twice in one link request is under way twice', async () => {
  const { link, simulator } = await setup({ knowsEveryone: true })
  await link(linking({ externalId: 'A' }), linking({ externalId: 'A' }, 'P', {}, 'Other'))
  expect(simulator.stats()).toMatchObject({ linksMade: 1, busy: 1 })
})

test('What a client asked for and did not stay to hear is done, and not told', async () => {
  const { simulator } = await setup({ latencyMs: 100 })
  const client = new AbortController()
  const under = fetch(`${simulator.url}/v2/customers`, {
    method: 'POST',
    headers: { authorization: BASIC },
    body: JSON.stringify(member({ externalId: 'A' })),
    signal: client.signal,
  }).catch(() => undefined)
  await expect.poll(() => simulator.member('externalId', 'A')?.arrivals.register).toBe(1)
  client.abort()
  await under
  await expect.poll(() => simulator.stats().replies).toEqual({ lost: 1 })
  expect(simulator.member('externalId', 'A')).toMatchObject({ created: 1, answers: { register: 0 } })
})

test('A member who is registered again after a told success is a repeat; after a lost reply it is none', async () => {
  const { register, simulator } = await setup({ faults: { lostAfter: 1 } })
  expect(await isLost(register(member({ externalId: 'A' })))).toBe(true)
  simulator.setFaults({})
  await register(member({ externalId: 'A' }))
  expect(simulator.stats().repeats).toEqual({ register: 0, link: 0 })
  await register(member({ externalId: 'B' }))
  await register(member({ externalId: 'B' }))
  expect(simulator.stats()).toMatchObject({ repeats: { register: 1, link: 0 }, exists: 2 })
})

test('A refusal that was told is counted when the member arrives again; a passing one is not', async () => {
  const { register, simulator } = await setup()
  await register(member({ externalId: 'SIM-8017-a' }))
  await register(member({ externalId: 'SIM-8017-a' }))
  await register(member({ externalId: 'SIM-521x1-a' }))
  await register(member({ externalId: 'SIM-521x1-a' }))
  expect(simulator.stats().repeatsAfterRefusal).toBe(1)
})

test('A link is a repeat where its own program was told, not where another one was', async () => {
  const { link, simulator } = await setup({ knowsEveryone: true })
  await link(linking({ externalId: 'A' }, 'P', {}, 'One'))
  await link(linking({ externalId: 'A' }, 'P', {}, 'Two'))
  expect(simulator.stats().repeats.link).toBe(0)
  await link(linking({ externalId: 'A' }, 'P', {}, 'One'))
  expect(simulator.stats().repeats.link).toBe(1)
})

test('An account that refuses no duplicate counts what was made twice', async () => {
  const { register, link, simulator } = await setup({ allowDoubles: true })
  for (let time = 0; time < 3; time += 1) {
    expect((await register(member({ externalId: 'A' }))).status).toBe(200)
    await link(linking({ externalId: 'A' }))
  }
  expect(simulator.stats()).toMatchObject({
    registrations: 3,
    doubleRegistrations: 1,
    linksMade: 3,
    linksMadeTwice: 1,
  })
})

test('Another process can ask for everything over HTTP', async () => {
  const { register, link, get, simulator } = await setup({ firstId: 700, recordArrivals: true })
  const points = { loyaltyProgramEnrollments: [{ programId: 1, loyaltyPoints: 5 }] }
  await register(member({ externalId: 'A', mobile: '919876543210' }, points))
  await register(member({ externalId: 'SIM-8017-b' }))
  await link(linking({ mobile: '919876543210' }))
  const a = {
    key: 'externalId:A',
    id: 700,
    created: 1,
    arrivals: { register: 1, link: 1, lookup: 0 },
    answers: { register: 1, link: 1 },
    refusals: { register: 0, link: 0 },
    links: { Goldstar: 1 },
  }
  expect(bodyOf(await get('/_simulator/member?type=mobile&value=9876543210'))).toEqual(a)
  expect(bodyOf(await get('/_simulator/members'))).toEqual([
    a,
    {
      ...a,
      key: 'externalId:SIM-8017-b',
      id: undefined,
      created: 0,
      links: {},
      arrivals: { register: 1, link: 0, lookup: 0 },
      answers: { register: 0, link: 0 },
      refusals: { register: 1, link: 0 },
    },
  ])
  expect(bodyOf(await get('/_simulator/customers'))).toEqual([
    {
      id: 700,
      identifiers: ['externalId:A', 'mobile:919876543210'],
      sources: ['INSTORE'],
      points: 5,
      links: ['Goldstar'],
    },
  ])
  expect(bodyOf(await get('/_simulator/arrivals'))).toMatchObject([
    { lane: 'register', status: 200 },
    { lane: 'register', status: 500 },
    { lane: 'link', status: 200 },
  ])
  expect(bodyOf(await get('/_simulator/stats'))).toEqual(JSON.parse(JSON.stringify(simulator.stats())))
  expect((await get('/_simulator/member?type=mobile&value=1')).status).toBe(404)
  expect((await get('/_simulator/nothing')).status).toBe(404)
})

test('Faults are replaced over HTTP, and refused where they cannot be', async () => {
  const { register, post } = await setup({ faults: { http502: 1 } })
  expect((await post('/_simulator/faults', { slow: 3 })).status).toBe(400)
  expect((await register(member({ externalId: 'A' }))).status).toBe(502)
  expect((await post('/_simulator/faults', { http503: 1 })).status).toBe(200)
  expect((await register(member({ externalId: 'A' }))).status).toBe(503)
  expect((await post('/_simulator/outage', { on: 'yes' })).status).toBe(400)
})

test('Closing ends open connections, and may be done twice', async () => {
  const { register, simulator } = await setup({ latencyMs: 60_000 })
  const under = isLost(register(member({ externalId: 'A' })))
  await expect.poll(() => simulator.stats().lanes.register.arrivals).toBe(1)
  await Promise.all([simulator.close(), simulator.close()])
  expect(await under).toBe(true)
})

test('A port that is taken is a mistake of the user', async () => {
  const { simulator } = await setup()
  const port = Number(new URL(simulator.url).port)
  await expect(startSimulator({ port })).rejects.toThrow(`cannot listen on port ${port}`)
})

test('Points are added and taken away, and a customer is forgotten, over the wire', async () => {
  const { register, post, get, simulator } = await setup()
  const enrolment = { programId: 469, loyaltyPoints: 75 }
  await register({ ...(member({ externalId: 'A' }) as object), loyaltyProgramEnrollments: [enrolment] })
  const balance = async () => {
    const query = 'source=INSTORE&identifierName=externalId&identifierValue=A&programId=469'
    return bodyOf(await get(`/v2/customers/lookup/points/balance?${query}`))
  }
  expect(await balance()).toMatchObject({ totalPoints: 75 })
  const who = { type: 'externalId', value: 'A' }
  expect((await post('/_simulator/points', { ...who, points: -5 })).status).toBe(200)
  expect(await balance()).toMatchObject({ totalPoints: 70 })
  expect((await post('/_simulator/points', who)).status).toBe(400)

  expect((await post('/_simulator/forget', who)).status).toBe(200)

  expect(await balance()).toEqual(envelope(8015, expect.any(String)))
  expect((await post('/_simulator/forget', who)).status).toBe(404)
  expect(simulator.stats().customers).toBe(0)
  await register(member({ externalId: 'A' }))
  expect(simulator.stats()).toMatchObject({ customers: 1, exists: 0 })
})

test('With a primary identifier, look-ups find a customer by no other', async () => {
  const { register, get } = await setup({ primaryIdentifier: 'externalId' })
  await register(member({ externalId: 'A', mobile: '919876543210' }))
  const look = (names: string, values: string) =>
    get(`/v2/customers/lookup?source=INSTORE&identifierName=${names}&identifierValue=${values}`)
  expect((await look('mobile', '919876543210')).text).toContain('8015')
  expect((await look('mobile,externalId', '919876543210,A')).text).toContain('entity')
})
