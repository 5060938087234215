import type { Broker } from '../broker/broker.ts'
import { sharedTokens } from '../broker/shared-token.ts'
import type { Credentials } from '../capillary/credentials.ts'
import type { TokenStore } from '../capillary/token-store.ts'

/** Where the processes of an account keep their token; undefined where there is none to share. */
export function accountTokens(broker: Broker, account: string, credentials: Credentials): TokenStore | undefined {
  return credentials.kind === 'oauth' ? sharedTokens(broker, account, credentials.secret) : undefined
}
