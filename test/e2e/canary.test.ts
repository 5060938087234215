import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, beforeAll, describe, expect, test } from 'vitest'
import { listen } from '../notify/listener.ts'
import { latestRun, place, run, write } from '../support/cli.ts'
import { type Asked, type Said, formsOf, startEchoingApi } from '../support/echoing-api.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'

const KEY = 'canary-key:of/the+account'
const SECRET = 'canary-secret&of="the account"'
const PAIR = Buffer.from(`${KEY}:${SECRET}`).toString('base64')

/** Not the column that names members in every report. */
const MEMBER = ['Canarina', 'Kanarienvogel', 'canary@members.example', '919876501234', 'Canary Wharf 17']

const CSV = `id,first,last,mobile,email,street\n${Array.from({ length: 9 }, (_, at) =>
  [`M${at + 1}`, MEMBER[0], MEMBER[1], MEMBER[3]?.replace(/.$/, String(at)), `${at}${MEMBER[2]}`, MEMBER[4]].join(','),
).join('\n')}\n`

const REGISTER = `
rows: { key: id }
limits: { register: none }
retry: { attempts: 2, for: 20s }
stop_when: { rejected: 100%, after: 1000 }
duplicates: all
register:
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
`
const V1 = `
rows: { key: id }
limits: { register-v1: none }
retry: { attempts: 2, for: 20s }
stop_when: { rejected: 100%, after: 1000 }
duplicates: all
register-v1:
  batch: 3
  existing: update
  customer:
    external_id: \${id}
    mobile: "\${mobile}"
    email: "\${email}"
    firstname: \${first}
    lastname: \${last}
    extended_fields: { field: [{ name: street, value: "\${street}" }] }
`

const json = (status: number, body: unknown, headers = {}): Said => ({ status, body: JSON.stringify(body), headers })
const page = (status: number, echo: string, headers = {}): Said => ({
  status,
  body: `<html><head><title>${echo}</title></head><body>${echo}</body></html>`,
  headers: { 'content-type': 'text/html', ...headers },
})
const done = () => json(200, { createdId: 4711, warnings: [], errors: [], sideEffects: [] })
const inHeader = (echo: string) => encodeURIComponent(echo).slice(0, 4_000)

/** Each row meets another one of them. */
const worst: readonly ((asked: Asked) => Said)[] = [
  ({ echo }) => json(500, { errors: [{ code: 8003, message: `No: ${echo}` }], warnings: [] }),
  ({ echo }) =>
    json(200, {
      createdId: 4712,
      errors: [],
      warnings: [{ code: 8077, message: echo }],
      sideEffects: [{ type: echo, raw: echo, couponCode: echo }],
    }),
  ({ echo }) => page(403, echo),
  ({ echo }) => ({ ...page(302, echo), headers: { location: `https://elsewhere.example/?${inHeader(echo)}` } }),
  ({ echo, before }) => (before > 0 ? done() : json(429, { errors: [{ code: 429, message: echo }] })),
  ({ echo }) => page(503, echo),
  ({ echo }) => json(500, { errors: [{ code: echo, message: echo }] }, { 'x-cap-requestid': inHeader(echo) }),
  ({ echo, before }) => (before > 0 ? done() : json(401, { errors: [{ code: 401, message: echo }] })),
  ({ echo }) => ({ status: 200, body: `{"createdId": ${echo}` }),
]

const byRow = (asked: Asked): Said => {
  const row = Number(/"M(\d)"/.exec(asked.body)?.[1])
  return worst[row - 1]?.(asked) ?? done()
}

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

const account: Readonly<Record<string, string>> = { ROLLCALL_KEY: KEY, ROLLCALL_SECRET: SECRET }
const basic = { ROLLCALL_KEY: '', ROLLCALL_SECRET: '', ROLLCALL_USERNAME: KEY, ROLLCALL_PASSWORD: SECRET }

interface Case {
  readonly plan: string
  readonly answer: (asked: Asked) => Said
  readonly token?: (asked: Asked) => Said
  readonly env?: Readonly<Record<string, string>>
}

const cases: Readonly<Record<string, Case>> = {
  'answers to each row in another way': { plan: REGISTER, answer: byRow },
  'answers so with credentials of Basic': { plan: REGISTER, answer: byRow, env: basic },
  'answers V1 item by item': { plan: V1, answer: items },
  'has the run halt': {
    plan: REGISTER,
    answer: ({ echo }) => json(500, { errors: [{ code: 4000, message: echo }] }),
  },
  'refuses every request with a page': { plan: `outage: 5s${REGISTER}`, answer: ({ echo }) => page(403, echo) },
  'gives no token': {
    plan: REGISTER,
    answer: done,
    token: ({ echo }) => json(401, { errors: [{ code: 401, message: `Invalid credentials: ${echo}` }] }),
  },
}

let redis: RedisServer | undefined
beforeAll(async () => {
  redis = hasRedis ? await startRedis() : undefined
  return () => redis?.close()
})

describe('of a host that repeats all that it is told', { timeout: 240_000 }, () => {
  test.for(Object.entries(cases))('and %s, nothing shows who a member or the account is', async ([, each], context) => {
    const { everything, told, tokens } = await importFrom(each, context)
    const credentials = [KEY, SECRET, `${KEY}:${SECRET}`, ...tokens, ...(each.env === basic ? [`Basic ${PAIR}`] : [])]
    expect.soft(found(everything, credentials.flatMap(formsOf))).toEqual([])
    expect.soft(found(told, MEMBER.flatMap(formsOf))).toEqual([])
  })
})

/** Imports, and looks again: all that was written and printed, and those parts of it that everybody may see. */
async function importFrom({ plan, answer, token, env = account }: Case, { onTestFinished }: TestContext) {
  const api = await startEchoingApi([KEY, SECRET], answer, token)
  onTestFinished(() => api.close())
  const hook = await listen([], onTestFinished)
  const there = place(api.url, redis?.url, onTestFinished)
  const where = { ...there, env: { ...there.env, ...env, ROLLCALL_MINUTE_MS: '500' } }
  write(where, 'members.csv', CSV)
  write(where, 'plan.yaml', plan)
  const log = join(where.folder, 'rollcall.log')
  const logged = ['--log-file', log, '--log-level', 'debug']
  const imported = await run(where, [
    'import',
    'members.csv',
    '--plan',
    'plan.yaml',
    '--jsonl',
    ...logged,
    '--notify',
    hook.url.href,
  ])
  expect([3, 4], imported.stderr).toContain(imported.status)
  const shown = [await run(where, ['show', 'latest']), await run(where, ['runs'])]
  const folder = latestRun(where.home)
  const told = {
    ...Object.fromEntries(['run.json', 'summary.json'].map((name) => [name, readFileSync(join(folder, name), 'utf8')])),
    log: readFileSync(log, 'utf8'),
    notices: hook.posted.map(({ body }) => body).join('\n'),
    screen: [imported, ...shown].map(({ stdout, stderr }) => stdout + stderr).join('\n'),
  }
  expect(told.screen).toContain(folder)
  return { everything: { ...filesBelow(where.home), ...told }, told, tokens: api.tokens }
}

function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const files = names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile())
  return Object.fromEntries(files.map((path) => [path, readFileSync(path, 'latin1')]))
}

/** Which texts hold which canaries, with what stands around the first of them. */
function found(texts: Readonly<Record<string, string>>, canaries: readonly string[]): readonly string[] {
  return Object.entries(texts).flatMap(([name, text]) =>
    canaries
      .filter((canary) => text.includes(canary))
      .map((canary) => {
        const at = text.indexOf(canary)
        return `${name}: ${canary} in ${text.slice(Math.max(at - 60, 0), at + canary.length + 30)}`
      }),
  )
}
