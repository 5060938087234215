import type { Broker } from './broker.ts'
import { openEmbeddedBroker } from './embedded-broker.ts'
import { openRedisBroker } from './redis-broker.ts'

/**
 * Opens the broker: Redis where a URL is given, else the embedded one in `<home>/broker`.
 * Throws a UsageError where the URL is wrong, Redis does not answer, or another process has the embedded broker.
 */
export function openBroker(options: { redisUrl: string | undefined; home: string }): Promise<Broker> {
  return options.redisUrl === undefined ? openEmbeddedBroker(options.home) : openRedisBroker(options.redisUrl)
}
