import type { Broker } from './broker.ts'

/**
 * Opens the broker: Redis where a URL is given, else the embedded one in `<home>/broker`.
 * Throws a UsageError where the URL is wrong, Redis does not answer, or another process has the embedded broker.
 */
export async function openBroker(options: { redisUrl: string | undefined; home: string }): Promise<Broker> {
  // A worker on Redis keeps no database in its memory that it does not use.
  return options.redisUrl === undefined
    ? (await import('./embedded-broker.ts')).openEmbeddedBroker(options.home)
    : (await import('./redis-broker.ts')).openRedisBroker(options.redisUrl)
}
