import { lookup } from 'node:dns/promises'
import { UsageError } from '../model.ts'

/**
 * Throws a UsageError where no such host exists: a mistyped address, which would otherwise look like an outage.
 * Whatever else keeps the name from being found is an outage indeed, and no reason not to begin.
 */
export async function refuseUnknownHost(baseUrl: string): Promise<void> {
  const { hostname } = new URL(baseUrl)
  try {
    await lookup(hostname.replaceAll(/^\[|\]$/g, ''))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOTFOUND')) return
    throw new UsageError(`ROLLCALL_BASE_URL names a host that does not exist: ${hostname}. Check it letter by letter.`)
  }
}
