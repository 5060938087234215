import type { TestContext } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, placeOn } from './cli.ts'
import { hasRedis, startRedis } from './redis.ts'

export interface Trial {
  readonly where: Place
  readonly simulator: Simulator
}

/** A simulator, and a place to import from where the broker plays no part: on Redis, which is the quicker one. */
export async function startTrial({ onTestFinished }: TestContext, latencyMs = 0): Promise<Trial> {
  const simulator = await startSimulator({ latencyMs })
  onTestFinished(() => simulator.close())
  const redis = hasRedis ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  return { simulator, where: await placeOn(simulator.url, redis) }
}
