import { z } from 'zod'
import { lanePlans } from '../lanes/lane-plans.ts'
import { byLane, lanes } from '../lanes/lanes.ts'
import { rowsSchema } from './rows-schema.ts'
import { count, reading } from './schema-values.ts'

/** `limits:`: a key for each lane. */
const limitsSchema = z.strictObject(byLane(limit))

/** What stands in a plan before the lanes, and behind them. */
const before = { rows: rowsSchema.optional(), limits: limitsSchema.optional() }
const behind = {
  tables: z.unknown().optional(),
  stop_when: z
    .strictObject({
      rejected: reading(readShare, 'a share of the rows above 0% and up to 100%, as in `rejected: 50%`').optional(),
      after: count('a whole number of rows, as in `after: 200`'),
    })
    .optional(),
  retry: z
    .strictObject({
      attempts: count('a whole number of attempts of at least 1, as in `attempts: 6`'),
      for: duration('for: 30m'),
    })
    .optional(),
  outage: duration('outage: 1h'),
  on_exists: z.enum(['ok', 'reject'], { error: '`ok` or `reject`' }).optional(),
  placeholders: z.enum(['drop', 'invalid', 'send'], { error: '`drop`, `invalid` or `send`' }).optional(),
  duplicates: z.enum(['first', 'last', 'all', 'reject'], { error: '`first`, `last`, `all` or `reject`' }).optional(),
}

/** The plan's form, without the requests themselves: their templates are parsed where they stand. */
export const planSchema: z.ZodType<PlanSettings> & { readonly shape: Readonly<Record<string, z.ZodType>> } =
  z.strictObject({
    ...before,
    ...Object.fromEntries(
      lanes.flatMap(({ name }) => {
        const how = lanePlans[name]
        return how === undefined ? [] : [[name, how.keys.optional()]]
      }),
    ),
    ...behind,
  })

/** What a plan says beside the lanes. What stands there of a lane is the lane's to read. */
type PlanSettings = z.infer<z.ZodObject<typeof before & typeof behind>>

/** The keys that each map of the plan may have, by its path. */
export const planKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ['', Object.keys(planSchema.shape)],
  ...Object.entries(planSchema.shape).flatMap(([name, part]): [string, string[]][] => {
    const inner = part instanceof z.ZodOptional ? part.unwrap() : part
    return inner instanceof z.ZodObject ? [[name, Object.keys(inner.shape)]] : []
  }),
])

function limit() {
  return reading(readLimit, 'requests a minute above 0, as in `600`, or a share of them, as in `600 * 80%`').optional()
}

/** A time such as `30m`, in milliseconds; `example` shows how it is written. */
export function duration(example: string) {
  return reading(
    readDuration,
    `a time above 0 in seconds, minutes, hours or days (s, m, h, d), as in \`${example}\``,
  ).optional()
}

function readLimit(value: unknown): number | undefined {
  if (value === 'none') return Infinity
  if (typeof value === 'number') return value > 0 ? value : undefined
  const found = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*\*\s*(\d+(?:\.\d+)?)\s*%$/.exec(value.trim()) : null
  if (found === null) return undefined
  const rpm = (Number(found[1]) * Number(found[2])) / 100
  return rpm > 0 ? rpm : undefined
}

/** A share such as `30%`, from 0 to 1. */
export function readShare(value: unknown): number | undefined {
  const found = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*%$/.exec(value.trim()) : null
  const percent = Number(found?.[1] ?? 0)
  return percent > 0 && percent <= 100 ? percent / 100 : undefined
}

const UNIT_MS = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

function readDuration(value: unknown): number | undefined {
  const found = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*([smhd])$/.exec(value.trim()) : null
  const ms = Math.round(Number(found?.[1] ?? 0) * (UNIT_MS.get(found?.[2] ?? '') ?? 0))
  return ms > 0 ? ms : undefined
}
