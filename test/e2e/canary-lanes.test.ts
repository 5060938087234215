import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, beforeAll, describe, expect, test } from 'vitest'
import { CSV, type Canary, type CanarySetup, ROWS, json, planOf, startCanary, worst } from '../support/canary.ts'
import { start, write } from '../support/cli.ts'
import { endDetached } from '../support/detached.ts'
import type { Asked, Said } from '../support/echoing-api.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const REGISTER = `register:
  body:
    profiles:
      - firstName: \${first}
        lastName: \${last}
        identifiers: [{ type: externalId, value: "\${id}" }, { type: mobile, value: "\${mobile}" }]
        source: INSTORE
`
const REGISTER_V1 = `register-v1:
  batch: 1
  existing: keep
  customer: { external_id: "\${id}", mobile: "\${mobile}", email: "\${email}", firstname: "\${first}" }
`
const UPDATE = `update:
  by: { externalId: "\${id}" }
  source: INSTORE
  body:
    profiles: [{ firstName: "\${first}", lastName: "\${last}" }]
    extendedFields: { street: "\${street}" }
`
const TIER = `tier:
  batch: 1
  customer: { externalId: "\${id}", mobile: "\${mobile}" }
  partnerProgramUpdates:
    - { partnerProgramName: Skyclub, updateType: UPGRADE, updateDetails: { updatedTierName: "\${street}" } }
`
const UNLINK = `unlink:
  batch: 1
  customer: { externalId: "\${id}", email: "\${email}" }
  deLinkFromPartnerPrograms: [{ partnerProgramName: Skyclub }]
`

const createdOf = (_asked: Asked, words: string): Said =>
  json(200, {
    createdId: 4712,
    errors: [],
    warnings: [{ code: 8077, message: words }],
    sideEffects: [{ type: words, raw: words }],
  })

/** Of `customer/get` and `customer/add`: nobody is there before, and everybody is taken. */
const itemOf = ({ request, echo }: Asked, words: string): Said => {
  const isAdd = request.method === 'POST'
  const message = isAdd ? `Customer registration successful, ${words}` : `Customer not found: ${words}`
  const status = { success: String(isAdd), code: isAdd ? 1000 : 1012, message, warnings: { warning: ['1017', words] } }
  const item = { user_id: 4712, external_id: words, firstname: echo, item_status: status }
  return json(200, {
    response: { status: { success: 'true', code: 200, message: words }, customers: { customer: [item] } },
  })
}

const partnerOf =
  (customers: string, programs: string, said: string) =>
  ({ body }: Asked, words: string): Said => {
    const { [customers]: [asked] = [] } = JSON.parse(body) as Record<string, Record<string, object[]>[]>
    const status = { status: words === 'fine', message: words, code: words === 'fine' ? 200 : 2001 }
    const told = (asked?.[programs] ?? []).map((program) => ({ ...program, [said]: status }))
    return json(200, {
      [customers]: [{ customer: { externalId: words, status }, [programs]: told }],
      warnings: [{ code: 1, message: words }],
    })
  }

const lanes: Readonly<Record<string, CanarySetup & { readonly plan: string }>> = {
  'register-v1': { plan: REGISTER_V1, answer: worst(itemOf) },
  update: { plan: UPDATE, answer: worst(createdOf) },
  tier: { plan: TIER, answer: worst(partnerOf('customersPartnerUpdates', 'partnerProgramUpdates', 'updateStatus')) },
  unlink: {
    plan: UNLINK,
    answer: worst(partnerOf('deLinkCustomers', 'deLinkFromPartnerPrograms', 'partnerDeLinkStatus')),
  },
}

let redis: RedisServer | undefined
beforeAll(async () => {
  redis = hasRedis ? await startRedis() : undefined
  return () => redis?.close()
})

describe.concurrent('of a host that repeats all that it is told', () => {
  test.for(Object.entries(lanes))(
    'nothing shows who a member or the account is, on %s',
    async ([lane, each], context) => {
      const canary = await startCanary({ ...each, redis }, context)
      write(canary.where, 'plan.yaml', planOf(each.plan))
      const more = lane === 'unlink' ? ['--allow-unlink'] : []
      const { status, stderr } = await canary.run(['import', 'members.csv', '--plan', 'plan.yaml', '--jsonl', ...more])
      expect(status, stderr).toBe(3)
      await canary.run(['show', 'latest'])
      canary.expectNothing()
    },
  )

  test('nor while members are looked up', async (context) => {
    const answers = worst((_asked, words) => json(200, { entityId: 4712, totalPoints: words, warnings: [words] }))
    const answer = (asked: Asked) => (asked.request.method === 'GET' ? answers(asked) : createdOf(asked, 'fine'))
    const canary = await startCanary({ answer, redis }, context)
    write(canary.where, 'plan.yaml', planOf(REGISTER))
    await canary.run(['import', 'members.csv', '--plan', 'plan.yaml'])
    const { status, stderr } = await canary.run(['verify', 'latest'])
    expect(status, stderr).toBe(0)
    await canary.run(['show', 'latest'])
    canary.expectNothing()
  })

  test('nor on nights of a sync', async (context) => {
    let night = worst(createdOf)
    const canary = await startCanary({ answer: (asked) => night(asked), redis }, context)
    const { folder } = canary.where
    mkdirSync(join(folder, 'inbox'))
    write(canary.where, 'plan.yaml', planOf(REGISTER))
    write(
      canary.where,
      'nightly.yaml',
      'plan: plan.yaml\nsource: inbox/*.csv\nready: renamed\nguards: { same_file: off }\nretry_rejected: always\n',
    )
    const sync = async () => {
      write(canary.where, 'members.part', CSV)
      renameSync(join(folder, 'members.part'), join(folder, 'inbox', 'members.csv'))
      return await canary.run(['sync', 'run', 'nightly.yaml'])
    }
    const first = await sync()
    expect(first.status, first.stderr).toBe(3)
    night = ({ echo }) => json(500, { errors: [{ code: 4000, message: echo }] })
    const second = await sync()
    expect(second.status, second.stderr).toBe(4)
    await canary.run(['sync', 'list'])
    await canary.run(['sync', 'history', 'nightly'])
    canary.expectNothing()
  })

  test('nor on the console, and in what its imports print', async (context) => {
    const canary = await startCanary({ answer: worst(createdOf), redis }, context)
    const ask = await openConsole(canary, context)
    const form = new FormData()
    form.set('file', new Blob([CSV]), 'members.csv')
    form.set('plan', new Blob([planOf(REGISTER)]), 'plan.yaml')
    expect(await ask('/api/runs', { method: 'POST', body: form })).toContain('"run"')
    const summary = async () => JSON.parse(await ask('/api/runs/latest')) as { state: string; rows: number }
    await until('the import is over', async () => (await summary()).state === 'finished')
    expect((await summary()).rows).toBe(ROWS)
    canary.told('its runs', (await ask('/api/runs')) + (await ask('/api/runs/latest')) + (await ask('/metrics')))
    canary.expectNothing()
  })
})

async function openConsole({ where, told }: Canary, { onTestFinished }: TestContext) {
  const console = start({ ...where, env: { ...where.env, ROLLCALL_CONSOLE_TOKEN: 'of-the-test' } }, [
    'console',
    '--port',
    '0',
  ])
  onTestFinished(() => endDetached(where.home))
  let printed = ''
  console.child.stdout?.on('data', (text: string) => told('console', (printed += text)))
  await until('the console prints its address', () => /http:\/\/127\.0\.0\.1:\d+/u.test(printed))
  const base = /http:\/\/127\.0\.0\.1:\d+/u.exec(printed)?.[0] ?? ''
  return async (path: string, init: RequestInit = {}) => {
    const reply = await fetch(`${base}${path}`, { ...init, headers: { authorization: 'Bearer of-the-test' } })
    return await reply.text()
  }
}
