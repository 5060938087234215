import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { command } from './rollcall.ts'
import type { Started, Workplace } from './workplace.ts'

export interface OAuthPlace {
  readonly baseUrl: string
  readonly redisUrl?: string
  readonly home: string
  readonly minuteMs?: number
}

export const KEY = { key: 'bench', secret: 'bench-secret' } as const

/** A home for the runs of one trial. */
export function newHome(place: Workplace): string {
  return mkdtempSync(join(place.folder, 'home-'))
}

/** Starts a command of rollcall's for an account that has a token. */
export function startWithToken(place: Workplace, args: readonly string[], where: OAuthPlace): Started {
  const { baseUrl, redisUrl, home, minuteMs } = where
  return place.start(process.execPath, [...command(), ...args], {
    ROLLCALL_BASE_URL: baseUrl,
    ROLLCALL_KEY: KEY.key,
    ROLLCALL_SECRET: KEY.secret,
    ROLLCALL_HOME: home,
    ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
    ...(minuteMs !== undefined && { ROLLCALL_MINUTE_MS: String(minuteMs) }),
  })
}

/** Starts `rollcall worker` likewise. Resolves when it waits for jobs. */
export async function startWorkerWithToken(place: Workplace, where: OAuthPlace): Promise<Started> {
  const worker = startWithToken(place, ['worker'], where)
  await worker.line(/worker started/)
  return worker
}
