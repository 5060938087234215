import type { Account } from './account.ts'
import type { Action } from './answer.ts'
import type { FaultName } from './faults.ts'
import { linkCustomers } from './link.ts'
import { lookUpBalance, lookUpCustomer } from './look-up.ts'
import type { SimulatorLane } from './lanes.ts'
import type { Shares } from './options.ts'
import type { OrgSettings } from './org.ts'
import { unlinkCustomers, updateTiers } from './partner.ts'
import { register } from './register.ts'
import { updateCustomer } from './update.ts'
import { registerV1 } from './v1/add.ts'
import { getCustomers } from './v1/get.ts'
import { wallClock } from './v1/wall-time.ts'

/** What every endpoint may reach. */
export interface Surroundings {
  readonly account: Account
  readonly org: OrgSettings
  readonly businessStatus: number
  readonly shares: Shares
  /** Partner programs that exist; undefined: any does. */
  readonly programs: ReadonlySet<string> | undefined
  /** The type of identifier that alone finds a customer. */
  readonly primary: string | undefined
  readonly now: () => number
}

/** What a request on that endpoint will do when its time comes. */
export function actionOf(
  lane: Exclude<SimulatorLane, 'token'>,
  request: { readonly text: string; readonly query: URLSearchParams; readonly fault: FaultName | undefined },
  surroundings: Surroundings,
): Action {
  const { text, query, fault } = request
  const { now, org } = surroundings
  const world = { ...surroundings, fault, wallClock: () => wallClock(now(), org.clusterOffset) }
  switch (lane) {
    case 'register':
      return register({ text, query }, world)
    case 'link':
      return linkCustomers(text, { ...world, busyFirst: fault === 'busy521' })
    case 'lookup':
      return lookUpCustomer(query, world)
    case 'balance':
      return lookUpBalance(query, world)
    case 'register-v1':
      return registerV1({ text, query }, world)
    case 'look-up-v1':
      return getCustomers(query, world)
    case 'update':
      return updateCustomer({ text, query }, world)
    case 'tier':
      return updateTiers(text, world)
    case 'unlink':
      return unlinkCustomers(text, world)
  }
}
