import type { Environment } from './environment.ts'

/** What is said while the broker is opened. */
export function openingBroker({ redisUrl }: Pick<Environment, 'redisUrl'>): string {
  return redisUrl === undefined ? 'Opening the embedded broker' : 'Connecting to Redis'
}
