import type { Account } from './account.ts'

/**
 * The code that a value of the request asks for: `SIM-8017-…` always, `SIM-521x2-…` the first two times and then no
 * more. A test's rows thus say themselves what is to become of them.
 */
export function namedError(value: string, account: Account): number | undefined {
  if (!value.startsWith('SIM-')) return undefined
  const [, code, times] = /^SIM-(\d+)(?:x(\d+))?-/.exec(value) ?? []
  if (code === undefined) return undefined
  return times === undefined || account.spend(value, Number(times)) ? Number(code) : undefined
}

/**
 * The HTTP status of the page that a firewall or a proxy in front of the API answers with, because of what stands anywhere
 * in a request: `PAGE-403-…`. The API never sees it.
 */
export function namedPage(request: string): number | undefined {
  const status = request.includes('PAGE-') ? /PAGE-([3-5]\d\d)-/.exec(request)?.[1] : undefined
  return status === undefined ? undefined : Number(status)
}

/** The warning that an externalId asks for: `SIMW-8077-…`. */
export function namedWarning(value: string): number | undefined {
  const code = value.startsWith('SIMW-') ? /^SIMW-(\d+)-/.exec(value)?.[1] : undefined
  return code === undefined ? undefined : Number(code)
}
