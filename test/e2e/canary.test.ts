import { beforeAll, describe, expect, test } from 'vitest'
import { type CanarySetup, json, page, planOf, runFolderOf, startCanary, worst } from '../support/canary.ts'
import { write } from '../support/cli.ts'
import type { Asked, Said } from '../support/echoing-api.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'

const REGISTER = planOf(`register:
  body:
    profiles:
      - firstName: \${first}
        lastName: \${last}
        identifiers:
          - { type: externalId, value: "\${id}" }
          - { type: mobile, value: "\${mobile}" }
          - { type: email, value: "\${email}" }
        source: INSTORE
    extendedFields: { street: "\${street}" }
`)
const V1 = planOf(`register-v1:
  batch: 3
  existing: update
  customer:
    external_id: \${id}
    mobile: "\${mobile}"
    email: "\${email}"
    firstname: \${first}
    lastname: \${last}
    extended_fields: { field: [{ name: street, value: "\${street}" }] }
`)

const done = (_asked?: Asked, words = 'fine') =>
  json(200, {
    createdId: 4712,
    errors: [],
    warnings: [{ code: 8077, message: words }],
    sideEffects: [{ type: words, raw: words, couponCode: words }],
  })

const items = ({ echo }: Asked): Said =>
  json(500, {
    response: {
      status: { success: 'false', code: 500, message: echo },
      customers: {
        customer: Array.from({ length: 3 }, () => ({
          external_id: echo,
          item_status: { success: 'false', code: 1014, message: echo },
        })),
      },
    },
  })

const cases: Readonly<Record<string, CanarySetup & { readonly plan: string }>> = {
  'answers to each row in another way': { plan: REGISTER, answer: worst(done) },
  'answers so with credentials of Basic': { plan: REGISTER, answer: worst(done), kind: 'basic' },
  'answers V1 item by item': { plan: V1, answer: items },
  'has the run halt': {
    plan: REGISTER,
    answer: ({ echo }) => json(500, { errors: [{ code: 4000, message: echo }] }),
  },
  'refuses every request with a page': { plan: `outage: 5s${REGISTER}`, answer: ({ echo }) => page(403, echo) },
  'gives no token': {
    plan: REGISTER,
    answer: () => done(),
    token: ({ echo }) => json(401, { errors: [{ code: 401, message: `Invalid credentials: ${echo}` }] }),
  },
}

let redis: RedisServer | undefined
beforeAll(async () => {
  redis = hasRedis ? await startRedis() : undefined
  return () => redis?.close()
})

describe.concurrent('of a host that repeats all that it is told', () => {
  test.for(Object.entries(cases))('and %s, nothing shows who a member or the account is', async ([, each], context) => {
    const canary = await startCanary({ ...each, redis }, context)
    write(canary.where, 'plan.yaml', each.plan)
    const imported = await canary.run(['import', 'members.csv', '--plan', 'plan.yaml', '--jsonl'])
    expect([3, 4], imported.stderr).toContain(imported.status)
    const { stdout } = await canary.run(['show', 'latest'])
    await canary.run(['runs'])
    expect(imported.stderr + imported.stdout + stdout).toContain(runFolderOf(canary))
    canary.expectNothing()
  })
})
