import { describe, expect, test } from 'vitest'
import { startEchoingApi } from '../support/echoing-api.ts'
import { type Place, placeOn, readReport, readSummary, run, write } from '../support/cli.ts'

const plans = {
  register: `
register:
  body: { profiles: [{ identifiers: [{ type: externalId, value: "\${id}" }], source: INSTORE }] }
`,
  link: `
link:
  customer: { externalId: "\${id}" }
  linkToPartnerPrograms:
    - { partnerProgramName: Goldstar, customerPartnerReference: { partnerMembershipId: "\${id}" } }
`,
}
const patience = `
rows: { key: id }
limits: { register: none, link: none }
retry: { attempts: 3 }
outage: 3s
`

/** The API's own words, in its own form: it is there, and fails. */
const failing = {
  status: 500,
  body: JSON.stringify({ errors: [{ code: 500, message: 'Internal error of the service' }] }),
}

interface LinkBody {
  readonly linkCustomers?: readonly { readonly customer: { readonly externalId: string } }[]
}

function serve(body: string) {
  const { linkCustomers } = JSON.parse(body) as LinkBody
  if (linkCustomers === undefined)
    return { status: 200, body: JSON.stringify({ createdId: idIn(body), errors: [], warnings: [] }) }
  const linked = linkCustomers.map(({ customer }) => ({
    customer: { ...customer, id: idIn(customer.externalId), status: { status: true, code: 1000, message: 'found' } },
    linkToPartnerPrograms: [
      { partnerProgramName: 'Goldstar', partnerLinkStatus: { status: true, code: 200, message: 'Success' } },
    ],
  }))
  return { status: 200, body: JSON.stringify({ linkCustomers: linked, warnings: [] }) }
}

/** Each member has an id, as each has a number: `C-12-`. */
function idIn(text: string): number {
  return Number(/C-(\d+)-/.exec(text)?.[1])
}

/** The API refuses the credentials of one request, whatever token it carries. */
const unauthorized = { status: 401, body: JSON.stringify({ errors: [{ code: 401, message: 'No such user' }] }) }

/** An API that fails inside at each request of which that is so. */
async function setup(lane: keyof typeof plans, rows: number, fails: (body: string) => boolean) {
  const api = await startEchoingApi([], ({ body }) => (fails(body) ? failing : serve(body)))
  const where = await placeOn(api.url, undefined)
  where.later(() => api.close())
  write(where, 'plan.yaml', `${patience}${plans[lane]}`)
  write(where, 'members.csv', `id\n${Array.from({ length: rows }, (_, at) => `C-${at + 1}-`).join('\n')}\n`)
  return where
}

const importAll = (where: Place) => run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])

describe('an error of the API’s own', () => {
  test.each(['register', 'link'] as const)('to every %s request is an outage, and no row’s failure', async (lane) => {
    let isIll = true
    const where = await setup(lane, 30, () => isIll)
    const halted = await importAll(where)
    expect(halted.status, halted.stderr).toBe(4)
    expect(halted.stderr).toContain(`on the ${lane} lane is refused (Internal error of the service)`)
    expect(halted.stdout).toMatch(
      /halted\. The API has answered everything .* with an error .*: Internal error of the service/,
    )
    expect(readSummary(where)).toMatchObject({ state: 'halted', rows: 30, rejected: 0, failed: 0 })
    isIll = false
    const resumed = await run(where, ['resume', 'latest'])
    expect(resumed.status, resumed.stderr).toBe(0)
    expect(readSummary(where)).toMatchObject({ state: 'finished', ok: 30 })
  })

  test.each([
    ['register', 'C-1-'],
    ['register', 'C-30-'],
    ['link', 'C-1-'],
  ] as const)('to one %s row, %s, is that row’s failure alone', async (lane, id) => {
    const where = await setup(lane, 30, (body) => body.includes(`"${id}"`))
    const finished = await importAll(where)
    expect(finished.status, finished.stderr).toBe(3)
    expect(readSummary(where)).toMatchObject({ state: 'finished', ok: 29, failed: 1 })
    const [failed] = readReport(where, 'rejects.csv')
    expect(failed).toMatchObject({ id, _message: 'No final answer: Internal error of the service' })
  })

  test('to the only two rows of a file is theirs, since nobody else can tell', async () => {
    const where = await setup('register', 2, () => true)
    const finished = await importAll(where)
    expect(finished.status, finished.stderr).toBe(3)
    expect(readSummary(where)).toMatchObject({ state: 'finished', failed: 2 })
  })
})

test('credentials that are refused of one row alone, whatever the token, are that row’s failure after a few requests', async () => {
  const id = 'C-3-'
  let refused = 0
  const api = await startEchoingApi([], ({ body }) => {
    if (!body.includes(`"${id}"`)) return serve(body)
    refused += 1
    return unauthorized
  })
  const where = await placeOn(api.url, undefined)
  where.later(() => api.close())
  write(where, 'plan.yaml', `${patience}${plans.register}`.replaceAll('none', '1200'))
  write(where, 'members.csv', `id\n${Array.from({ length: 90 }, (_, at) => `C-${at + 1}-`).join('\n')}\n`)
  const finished = await importAll(where)
  expect(finished.status, finished.stderr).toBe(3)
  expect(readSummary(where)).toMatchObject({ state: 'finished', ok: 89, failed: 1 })
  expect(readReport(where, 'rejects.csv')[0]).toMatchObject({ id, _message: expect.stringContaining('No such user') })
  // Five while others are served, and a few more where these are all done meanwhile.
  expect(refused).toBeLessThanOrEqual(12)
}, 180_000)
