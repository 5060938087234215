import { listWorkers, workersAsJson } from '../../app/workers/list-workers.ts'
import { UsageError } from '../../model.ts'
import { Refusal, type Reply, ok } from '../reply.ts'
import type { Console } from '../route.ts'

export async function workerList({ environment }: Console): Promise<Reply> {
  try {
    return ok(workersAsJson(await listWorkers(environment)))
  } catch (error) {
    if (error instanceof UsageError) throw new Refusal(409, error.message)
    throw error
  }
}
