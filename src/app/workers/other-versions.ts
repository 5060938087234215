import type { Broker } from '../../broker/broker.ts'
import { JOB_FORM, earlierLaneQueues } from '../../broker/jobs.ts'
import { queueLoads } from '../../broker/redis-load.ts'
import type { WorkerEntry } from '../../broker/worker-registry.ts'
import { laneNames } from '../../lanes/lanes.ts'
import { version } from '../../version.ts'
import type { Listener } from '../events.ts'

export interface OtherVersions {
  readonly broker: Broker
  readonly account: string
  readonly on: Listener
}

const LOOK_EVERY_MS = 10_000

/** Tells once of each process of another version that works for the account, and of jobs that such a one has left. */
export function watchOtherVersions({ broker, account, on }: OtherVersions): Disposable {
  const told = new Set<string>()
  const look = async () => {
    for (const text of await otherVersions(broker, account)) {
      if (!told.has(text)) on({ kind: 'broker-advice', text })
      told.add(text)
    }
  }
  // What is wrong with the broker is told by those who need it.
  const lookQuietly = () => void look().catch(() => {})
  lookQuietly()
  const timer = setInterval(lookQuietly, LOOK_EVERY_MS)
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

async function otherVersions(broker: Broker, account: string): Promise<readonly string[]> {
  const workers = await broker.registry.list()
  const others = workers.filter((worker) => worker.account === account && worker.version !== version)
  const left =
    broker.redis &&
    (await queueLoads(
      broker.redis,
      laneNames.flatMap((lane) => earlierLaneQueues(account, lane)),
    ))
  return [...others.map(otherText), ...(left ?? []).map(({ queue }) => leftText(queue))]
}

/** What is said of a process of another version that works for the same account. */
export function otherText({ host, pid, version: other, form }: WorkerEntry): string {
  const who = `Process ${pid} on ${host} is rollcall ${other}, and this is ${version}.`
  if (form === JOB_FORM) return `${who} Each can read the other's jobs; let them be the same all the same.`
  return `${who} Neither can read the other's jobs, and takes none of them: use one version for all that work for an account.`
}

function leftText(queue: string): string {
  return `On the queue ${queue} lie jobs that an earlier rollcall wrote, which this one (${version}) cannot read and does not take: let a worker of that version end them, or cancel its run.`
}
