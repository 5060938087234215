import { UsageError } from '../model.ts'
import { LANES } from './lanes.ts'
import type { SimulatorLane } from './lanes.ts'

/** Reads `register-v1=400,update=50`, requests a window. Throws a UsageError that names the part at fault. */
export function parseLimits(text: string): Partial<Record<SimulatorLane, number>> {
  const limits: Partial<Record<SimulatorLane, number>> = {}
  for (const part of text.split(',')) {
    const [name = '', value = ''] = part.split('=').map((side) => side.trim())
    const lane = LANES.find((known) => known === name)
    if (lane === undefined) throw new UsageError(`"${name}" is no endpoint: use one of ${LANES.join(', ')}`)
    if (!/^\d+$/.test(value)) throw new UsageError(`limit ${name}: expected a whole number, as in ${name}=400`)
    limits[lane] = Number(value)
  }
  return limits
}
