import { z } from 'zod'
import { duration, readShare } from '../plan/plan-schema.ts'
import { reading } from '../plan/schema-values.ts'
import { nextTime } from './times.ts'

/** What can be told of a sync, by name. */
export const EVENTS = ['finished', 'problems', 'halted', 'guard', 'missed', 'late', 'slow', 'recovered'] as const
export type EventName = (typeof EVENTS)[number]

const ADDRESS = 'an https address, or the name of the environment variable that holds one, as in `SLACK_URL`'

const channel = z.strictObject({
  webhook: address().optional(),
  slack: address().optional(),
  email: reading(readList, 'e-mail addresses, as in `email: [ops@example.com]`').optional(),
  from: text('the address that the mail is from, as in `from: rollcall@example.com`').optional(),
  smtp: text('the name of the environment variable that holds smtps://user:password@host').optional(),
  on: reading(readEvents, `a list of events, of ${EVENTS.join(', ')}`).optional(),
})

/** The form of a sync's file. */
export const syncSchema = z.strictObject({
  name: reading(readName, 'a name of letters, digits, - and _, as in `name: members`').optional(),
  plan: text("the plan's path, as seen from this file, as in `plan: members.plan.yaml`"),
  source: text('a folder or a pattern, as in `source: inbox/members-*.csv`, or an s3, sftp or https address of one'),
  holds: z.enum(['everyone', 'changes'], { error: '`everyone` or `changes`' }).optional(),
  reports: text('the s3 or sftp address of a folder, as in `reports: s3://files/reports`').optional(),
  ready: z
    .union([z.literal('renamed'), z.strictObject({ unchanged: duration('unchanged: 1m') }), marker()], {
      error: '`{ unchanged: 1m }`, `{ marker: .ok }` or `renamed`',
    })
    .optional(),
  account: z
    .strictObject({
      base_url: variable().optional(),
      key: variable().optional(),
      secret: variable().optional(),
      username: variable().optional(),
      password: variable().optional(),
      region: variable().optional(),
    })
    .optional(),
  schedule: z
    .strictObject({
      cron: text('a cron pattern, as in `cron: "30 2 * * *"`'),
      zone: reading(readZone, 'a time zone, as in `zone: Europe/Berlin`'),
    })
    .refine(({ cron, zone }) => isPattern(cron, zone), {
      path: ['cron'],
      error: 'a cron pattern of five fields (minute, hour, day, month, weekday), as in `cron: "30 2 * * *"`',
    })
    .optional(),
  be_done_by: reading(readTimeOfDay, 'a time of day, as in `be_done_by: "06:00"`').optional(),
  overlap: z.enum(['skip', 'queue'], { error: '`skip` or `queue`' }).optional(),
  missed: z.enum(['run once', 'skip'], { error: '`run once` or `skip`' }).optional(),
  no_file: z.enum(['tell', 'fine'], { error: '`tell` or `fine`' }).optional(),
  retry_rejected: z.enum(['changed', 'always'], { error: '`changed` or `always`' }).optional(),
  guards: z
    .strictObject({
      fewer_rows: share('fewer_rows: 30%'),
      changed: share('changed: 50%'),
      columns: onOff(),
      same_file: onOff(),
      lookalikes: onOff(),
      older: onOff(),
    })
    .optional(),
  problems_over: share('problems_over: 1%'),
  tell: z.array(channel, { error: 'a list, as in `tell: [{ slack: SLACK_URL }]`' }).optional(),
  heartbeat: address().optional(),
  keep: z
    .strictObject({
      for: duration('for: 90d'),
      at_least: count('at_least: 7'),
      at_most: count('at_most: 400'),
    })
    .optional(),
})

/** The keys that each map of the file may have, by its path; those of a list's items by `tell[n]`. */
export const syncKeys: ReadonlyMap<string, readonly string[]> = new Map([
  ['', Object.keys(syncSchema.shape)],
  ...Object.entries(syncSchema.shape).flatMap(([name, part]): [string, string[]][] => {
    const inner = part instanceof z.ZodOptional ? part.unwrap() : part
    return inner instanceof z.ZodObject ? [[name, Object.keys(inner.shape)]] : []
  }),
])

/** The keys of one channel. */
export const channelKeys: readonly string[] = Object.keys(channel.shape)

function text(expected: string) {
  return reading((value) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined), expected)
}

function marker() {
  return z.strictObject({
    marker: reading(
      (value) => (typeof value === 'string' && /^\.\w+$/.test(value) ? value : undefined),
      "a marker file's ending, as in `marker: .ok`",
    ),
  })
}

function variable() {
  return reading(
    (value) => (typeof value === 'string' && isVariable(value) ? value : undefined),
    'the name of an environment variable, as in `key: BRAND_KEY`',
  )
}

function address() {
  return reading(
    (value) => (typeof value === 'string' && (isVariable(value) || value.includes('://')) ? value : undefined),
    ADDRESS,
  )
}

/** A share, or `off`: undefined where it is not given, Infinity where it is off. */
function share(example: string) {
  return reading(
    (value) => (value === 'off' ? Infinity : readShare(value)),
    `a share of the rows, as in \`${example}\`, or \`off\``,
  ).optional()
}

function onOff() {
  return z.enum(['on', 'off'], { error: '`on` or `off`' }).optional()
}

function count(example: string) {
  return reading(
    (value) => (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined),
    `a whole number of at least 1, as in \`${example}\``,
  ).optional()
}

/** Whether a value names an environment variable rather than being what would stand in one. */
export function isVariable(value: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(value)
}

function readName(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{1,64}$/.test(value) ? value : undefined
}

function readList(value: unknown): readonly string[] | undefined {
  const list = typeof value === 'string' ? [value] : value
  if (!Array.isArray(list) || list.length === 0) return undefined
  return list.every((item): item is string => typeof item === 'string' && item.includes('@')) ? list : undefined
}

function readEvents(value: unknown): readonly EventName[] | undefined {
  const list: unknown = typeof value === 'string' ? [value] : value
  if (!Array.isArray(list) || list.length === 0) return undefined
  return list.every((item): item is EventName => EVENTS.includes(item as EventName)) ? list : undefined
}

function readTimeOfDay(value: unknown): string | undefined {
  return typeof value === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/u.test(value) ? value : undefined
}

function readZone(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone === '' ? undefined : value
  } catch {
    return undefined
  }
}

function isPattern(cron: string, zone: string): boolean {
  if (!/^\S+( +\S+){4,5}$/.test(cron)) return false
  try {
    return Number.isFinite(nextTime({ cron, zone }, 0))
  } catch {
    return false
  }
}
