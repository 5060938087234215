import { readFileSync } from 'node:fs'

import type { Plan } from '../plan/load-plan.ts'
import { describeDuration, formatCount } from '../words.ts'

/** What a session goes by, as names and values for people: the plan's settings, and the versions at work. */
export function describeSettings({
  rows,
  register,
  link,
  onExists,
  retry,
  outageMs,
  stopWhen,
}: Plan): [string, string][] {
  return [
    ['lanes', [register && 'register', link && `link, ${link.batch} rows a request`].filter(Boolean).join('; ')],
    ['key of a row', rows.key === undefined ? 'its first identifier' : `column ${rows.key.column}`],
    ['a member who exists', onExists === 'ok' ? 'is ok' : 'is rejected'],
    ['tried again', `up to ${retry.attempts} attempts within ${describeDuration(retry.forMs)}`],
    ['an outage', `is waited out for ${describeDuration(outageMs)}`],
    ['stops when', `${Math.round(stopWhen.rejected * 100)} % are rejected, after ${formatCount(stopWhen.after)} rows`],
    ['versions', `rollcall ${version()}, Node ${process.versions.node}`],
  ]
}

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return manifest.version
}
