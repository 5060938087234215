import { onTestFinished } from 'vitest'
import type { Json } from '../../src/model.ts'
import type { SimulatorOptions } from '../../src/simulator/options.ts'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import type { Simulator } from '../../src/simulator/start-simulator.ts'

/** `store.server` / `server123`: the worked example of capillary-facts.md, section 2. */
export const BASIC = 'Basic c3RvcmUuc2VydmVyOjhhMTZhNmI3MDUwNWViMWYxZmY3Y2RjMGNkNTU1OWE3'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export interface Bundle {
  readonly simulator: Simulator
  post(path: string, body: Json | string, headers?: Record<string, string>): Promise<Reply>
  get(path: string, headers?: Record<string, string>): Promise<Reply>
  register(body: Json): Promise<Reply>
  link(...customers: Json[]): Promise<Reply>
  /** `POST /v1.1/customer/add`, and `GET /v1.1/customer/get` with a query, both asking for ids. */
  add(...customers: Json[]): Promise<Reply>
  look(query: string): Promise<Reply>
  /** `PUT /v2/customers/lookup` by an external id. */
  update(externalId: string, body: Json): Promise<Reply>
  tier(...entries: Json[]): Promise<Reply>
  unlink(...entries: Json[]): Promise<Reply>
}

/** A simulator of the test's own, without chance effects unless asked for. */
export async function setup(options: SimulatorOptions = {}): Promise<Bundle> {
  const shares = { coupon: 0, alternateCurrency: 0, noStatusLabel: 0 }
  const simulator = await startSimulator({ shares, ...options })
  onTestFinished(() => simulator.close())
  const ask = async (path: string, init: RequestInit): Promise<Reply> => {
    const response = await fetch(simulator.url + path, { ...init, redirect: 'manual' })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const post: Bundle['post'] = (path, body, headers = { authorization: BASIC }) =>
    ask(path, { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) })
  return {
    simulator,
    post,
    get: (path, headers = { authorization: BASIC }) => ask(path, { headers }),
    register: (body) => post('/v2/customers', body),
    link: (...customers) => post('/v2/partnerProgram/linkCustomer', { linkCustomers: customers }),
    add: (...customers) => post('/v1.1/customer/add?format=json&user_id=true', { root: { customer: customers } }),
    look: (query) => ask(`/v1.1/customer/get?user_id=true&${query}`, { headers: { authorization: BASIC } }),
    update: (externalId, body) =>
      ask(`/v2/customers/lookup?source=INSTORE&identifierName=externalId&identifierValue=${externalId}`, {
        method: 'PUT',
        headers: { authorization: BASIC },
        body: JSON.stringify(body),
      }),
    tier: (...entries) => post('/v2/partnerProgram/customerPartnerProgramUpdate', { customersPartnerUpdates: entries }),
    unlink: (...entries) => post('/v2/partnerProgram/deLinkCustomer', { deLinkCustomers: entries }),
  }
}

/** The body of a registration by these identifiers. */
export function member(identifiers: Record<string, string>, more: Record<string, Json> = {}, source = 'INSTORE'): Json {
  const list = Object.entries(identifiers).map(([type, value]) => ({ type, value }))
  return { profiles: [{ firstName: 'Asha', identifiers: list, source }], ...more }
}

/** One element of `linkCustomers`, with one program. */
export function linking(
  customer: Record<string, Json>,
  partnerMembershipId = 'P1',
  more: Record<string, Json> = {},
  partnerProgramName = 'Goldstar',
): Json {
  return {
    customer,
    linkToPartnerPrograms: [{ partnerProgramName, customerPartnerReference: { partnerMembershipId, ...more } }],
  }
}

/** Whether no whole reply came. */
export function isLost(reply: Promise<Reply>): Promise<boolean> {
  return reply.then(
    () => false,
    () => true,
  )
}

export function bodyOf({ text }: Reply): unknown {
  return JSON.parse(text)
}

/** The body of a business error. */
export function envelope(code: number, message: unknown): unknown {
  return { errors: [{ status: false, code, message }] }
}
