import { pauseSync as pauseInHome, resumeSync as resumeInHome } from '../../app/sync/pause-sync.ts'
import { executionAsJson, syncAsJson } from '../../app/sync/sync-json.ts'
import { type SyncStatus, listSyncs, syncHistory } from '../../app/sync/sync-history.ts'
import { commandOf } from '../../typed-commands.ts'
import { Refusal, type Reply, ok } from '../reply.ts'
import type { Console } from '../route.ts'
import { existing } from './run-handlers.ts'

const LATEST = 60

export function syncList({ environment }: Console): Reply {
  return ok({ syncs: listSyncs(environment).map(syncAsJson) })
}

export function oneSync({ environment }: Console, name: string): Reply {
  const status = statusOf({ environment }, name)
  const executions = existing(() => syncHistory(environment, name, LATEST))
  return ok({ ...syncAsJson(status), executions: executions.map(executionAsJson) })
}

export function pauseSync(console: Console, name: string): Reply {
  const { sync } = pauseInHome(console.environment, statusOf(console, name).name)
  return ok({ sync }, 202)
}

export function resumeSync(console: Console, name: string): Reply {
  const { sync } = resumeInHome(console.environment, statusOf(console, name).name)
  return ok({ sync }, 202)
}

export async function runSync(
  { environment, launcher }: Console,
  name: string,
  { force = false }: { readonly force?: boolean | undefined },
): Promise<Reply> {
  const { file, paused } = statusOf({ environment }, name)
  if (paused !== undefined) throw new Refusal(409, `The sync ${name} is paused: resume it first.`)
  await launcher.start(['sync', 'run', file, ...(force ? ['--force'] : [])])
  return ok({ sync: name }, 202)
}

function statusOf({ environment }: Pick<Console, 'environment'>, name: string): SyncStatus {
  const found = listSyncs(environment).find((sync) => sync.name === name)
  if (found === undefined) {
    const where = `No sync ${JSON.stringify(name)} was run in ${environment.home}.`
    throw new Refusal(404, `${where} \`${commandOf('sync', 'list')}\` lists them.`)
  }
  return found
}
