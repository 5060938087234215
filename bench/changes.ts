import { CHANGE_WAYS } from './support/change-ways.ts'
import { type Finding, whole } from './support/finding.ts'
import { passChanges } from './support/pass-changes.ts'
import { startRedis } from './support/redis.ts'
import type { Workplace } from './support/workplace.ts'

const YEAR = { nights: 365, members: 500 }
const TRIAL = { nights: 10, members: 200 }

/**
 * A year of nights in each of which two in a hundred members change their name, city, tier or phone, by a clock that is
 * set: what is stored of each at the end, against the last file and the reports of all nights. Syncs are called in this
 * process: `nights` has those that are killed.
 */
export async function* changes(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const size = scale === 1 ? YEAR : TRIAL
  await using redis = await startRedis(place)
  for (const way of CHANGE_WAYS) {
    const end = await passChanges({
      ...size,
      way,
      folder: place.folder,
      redisUrl: redis.url,
      onNight: (night) => process.stderr.write(`\r${way.name}: night ${night}   `),
    })
    process.stderr.write('\n')
    const { untold, wrong } = end
    yield {
      title: `${way.name}: ${whole(size.nights)} nights, ${whole(size.members)} members at first, 2 % of them changed each night`,
      columns: ['', 'members at the end', 'changes', 'sent', 'said why not', 'requests'],
      rows: [['', ...[end.members, end.changed, end.sent, end.excused, end.requests].map(whole)]],
      goals: [
        {
          aim: 'every field of every member is what the last file says, or a report says why not',
          reached: untold.length === 0 ? 'yes' : `${whole(untold.length)} are not: ${untold.slice(0, 3).join('; ')}`,
          met: untold.length === 0,
        },
        {
          aim: 'no unchanged member sent, nobody changed whom the file did not change',
          reached: wrong.length === 0 ? 'yes' : `${whole(wrong.length)} times: ${wrong.slice(0, 3).join('; ')}`,
          met: wrong.length === 0,
        },
      ],
    }
  }
}
