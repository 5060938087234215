import type { Broker } from './broker.ts'

/** What somebody has spoilt of what Redis keeps: said to people as it is. */
export class DamagedJob extends Error {
  override name = 'DamagedJob'

  constructor(id: string) {
    super(
      `What Redis kept of the job ${id} was damaged, as by another program that writes there. ` +
        'It is thrown away, and those of its rows that have no answer go out again.',
    )
  }
}

export interface DamagedJobs {
  /** Looks at a few of these jobs, each time at the next ones. Gives those that were damaged, and are no more. */
  look(jobs: readonly JobPlace[]): Promise<readonly JobPlace[]>
}

export interface JobPlace {
  readonly queue: string
  readonly id: string
}

/** A job may weigh a megabyte. */
const AT_A_TIME = 4

/**
 * Finds jobs of which somebody has spoilt what Redis keeps: no worker can take them, or each gives them back at once. What
 * is left of one is deleted, so that it leaves its queue as one whose keys were evicted, and is found to be lost.
 * `canBe`: whether data can be such a job's.
 */
export function findDamagedJobs(broker: Broker, canBe: (data: unknown) => boolean): DamagedJobs {
  let next = 0

  async function isSound({ queue, id }: JobPlace): Promise<boolean> {
    try {
      const job = await broker.queue(queue).getJob(id)
      // Gone is not damaged. What has lost its name as well does nothing, and leaves by itself.
      return job === undefined || (job.name as string | undefined) === undefined || canBe(job.data)
    } catch (error) {
      if (error instanceof SyntaxError || isOfAnotherType(error)) return false
      throw error
    }
  }

  return {
    async look(jobs) {
      if (next >= jobs.length) next = 0
      const places = jobs.slice(next, next + AT_A_TIME)
      next += AT_A_TIME
      const damaged: JobPlace[] = []
      for (const place of places) {
        if (await isSound(place)) continue
        await broker.redis?.del(broker.queue(place.queue).toKey(place.id))
        damaged.push(place)
      }
      return damaged
    },
  }
}

function isOfAnotherType(error: unknown): boolean {
  return error instanceof Error && error.message.includes('WRONGTYPE')
}
