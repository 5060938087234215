import type { Broker } from './broker.ts'
import { PREFIX } from './job-options.ts'

/** What a run's record on the broker says of its latest session. */
export interface SessionClaim {
  readonly run: string
  /** Sessions that this copy of the run's ledger knows of, without the one that begins. */
  readonly known: number
  /** Where the run's folder is, for people. */
  readonly place: string
}

const REMEMBERED_MS = 60 * 24 * 60 * 60 * 1000

/**
 * Notes on the broker that a session of a run begins. Gives the place of the latest one where this copy of the run knows
 * nothing of it: then it was gone on with from another copy. Undefined otherwise, and on the embedded broker, which is a
 * part of the home that the run is in.
 */
export async function claimSession({ redis }: Broker, claim: SessionClaim): Promise<string | undefined> {
  if (redis === undefined) return undefined
  const { run, known, place } = claim
  const elsewhere = await redis.eval(CLAIM, 1, `${PREFIX}:sessions:${run}`, known, place, REMEMBERED_MS)
  return typeof elsewhere === 'string' ? elsewhere : undefined
}

const CLAIM = `
local held = redis.call('HMGET', KEYS[1], 'sessions', 'place')
if held[1] and tonumber(held[1]) > tonumber(ARGV[1]) and held[2] ~= ARGV[2] then return held[2] end
redis.call('HSET', KEYS[1], 'sessions', ARGV[1] + 1, 'place', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return false
`
