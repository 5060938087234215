import type { Account } from './account.ts'
import type { SimulatorLane } from './lanes.ts'

/**
 * The code that a value of the request asks for: `SIM-8017-…` always, `SIM-521x2-…` the first two times and then no
 * more, `SIM-update-8018-…` on that lane alone. A test's rows thus say themselves what is to become of them.
 */
export function namedError(value: string, account: Account, lane: SimulatorLane): number | undefined {
  if (!value.startsWith('SIM-')) return undefined
  const [, only, code, times] = ERROR.exec(value) ?? []
  if (code === undefined || (only !== undefined && only !== lane)) return undefined
  return times === undefined || account.spend(`${lane} ${value}`, Number(times)) ? Number(code) : undefined
}

/**
 * The HTTP status of the page that a firewall or a proxy in front of the API answers with, because of what stands anywhere
 * in a request: `PAGE-403-…`. The API never sees it.
 */
export function namedPage(request: string): number | undefined {
  const status = request.includes('PAGE-') ? /PAGE-([3-5]\d\d)-/.exec(request)?.[1] : undefined
  return status === undefined ? undefined : Number(status)
}

/** The warning that an externalId asks for: `SIMW-8077-…`, or on one lane alone `SIMW-update-8068-…`. */
export function namedWarning(value: string, lane: SimulatorLane): number | undefined {
  if (!value.startsWith('SIMW-')) return undefined
  const [, only, code] = WARNING.exec(value) ?? []
  return code === undefined || (only !== undefined && only !== lane) ? undefined : Number(code)
}

const ERROR = /^SIM-(?:([a-z][a-z-]*(?:-v1)?)-)?(\d+)(?:x(\d+))?-/
const WARNING = /^SIMW-(?:([a-z][a-z-]*(?:-v1)?)-)?(\d+)-/
