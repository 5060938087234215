/**
 * The endpoints that the simulator tells apart, each with its route. `token` is the OAuth endpoint, `lookup` the look-up
 * of a customer, and `look-up-v1` that of V1, `register-v1` V1's registration, `tier` and `unlink` are calls of the
 * partner program.
 */
const ROUTES = {
  token: 'POST /v3/oauth/token/generate',
  register: 'POST /v2/customers',
  link: 'POST /v2/partnerProgram/linkCustomer',
  lookup: 'GET /v2/customers/lookup',
  balance: 'GET /v2/customers/lookup/points/balance',
  'register-v1': 'POST /v1.1/customer/add',
  'look-up-v1': 'GET /v1.1/customer/get',
  update: 'PUT /v2/customers/lookup',
  tier: 'POST /v2/partnerProgram/customerPartnerProgramUpdate',
  unlink: 'POST /v2/partnerProgram/deLinkCustomer',
} as const
export type SimulatorLane = keyof typeof ROUTES
export const LANES = Object.keys(ROUTES) as readonly SimulatorLane[]

/** The endpoint that answers there, if any does. `path` has no query. */
export function laneAt(method: string, path: string): SimulatorLane | undefined {
  return BY_ROUTE.get(`${method} ${path}`)
}

const BY_ROUTE: ReadonlyMap<string, SimulatorLane> = new Map(LANES.map((lane) => [ROUTES[lane], lane]))
