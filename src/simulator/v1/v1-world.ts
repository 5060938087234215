import type { Account } from '../account.ts'
import type { FaultName } from '../faults.ts'
import type { OrgSettings } from '../org.ts'

/** What a request of V1 meets. */
export interface V1World {
  readonly account: Account
  readonly org: OrgSettings
  readonly businessStatus: number
  readonly fault: FaultName | undefined
  readonly now: () => number
}
