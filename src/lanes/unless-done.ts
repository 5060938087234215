import type { Before, SkipReason } from './lane.ts'

/** Why what builds on these is not sent: none of them is done. Undefined where one is, or nothing was asked. */
export function unlessDone(before: Before['record'], why: string, hint: string): SkipReason | undefined {
  const last = before.at(-1)
  if (last === undefined || before.some(({ status }) => status === 'ok' || status === 'warned')) return undefined
  return { message: `${why} (${last.result})`, hint }
}
