import type { LaneName } from '../../model.ts'
import type { Region } from '../environment.ts'

/**
 * Requests per minute where the plan sets no limit: the platform's documented default for `POST /v2/customers`, and the
 * lowest documented one where the region is not said or has none. Linking is documented at 1,000 a minute.
 */
export function defaultLimit(lane: LaneName, region: Region | undefined): number {
  switch (lane) {
    case 'link':
      return 1_000
    case 'register':
      return region === 'asia-1' ? 600 : 100
    case 'balance':
      return BALANCE_LIMITS[region ?? 'emea']
  }
}

/** No page gives a limit for look-ups: these are the region's lowest for any customer API; where it has none, the lowest of all. */
const BALANCE_LIMITS: Readonly<Record<Region, number>> = { 'asia-1': 500, 'asia-2': 100, emea: 50, us: 50, demo: 100 }
