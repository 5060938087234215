import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The environment of Node processes whose clock shows `time` (milliseconds since the epoch) now, and goes on from there.
 */
export function clockAt(time: number): Readonly<Record<string, string>> {
  const module = pathToFileURL(join(import.meta.dirname, 'shifted-clock.ts'))
  module.searchParams.set('shift', String(time - Date.now()))
  return { NODE_OPTIONS: `--import=${module.href}` }
}
