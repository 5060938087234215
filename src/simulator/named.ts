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

/** The warning that an externalId asks for: `SIMW-8077-…`. */
export function namedWarning(value: string): number | undefined {
  const code = value.startsWith('SIMW-') ? /^SIMW-(\d+)-/.exec(value)?.[1] : undefined
  return code === undefined ? undefined : Number(code)
}
