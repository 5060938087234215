import { basename, dirname, resolve } from 'node:path'
import { explainIssue } from '../plan/explain-issue.ts'
import { type PlanProblem, planError } from '../plan/plan-problem.ts'
import { entryOf, plainValue, readYaml } from '../plan/read-yaml.ts'
import type { YamlNode } from '../plan/read-yaml.ts'
import { isFetchedOnly, isRemote, readAddress } from '../remote/address.ts'
import { EVENTS, type EventName, channelKeys, syncKeys, syncSchema } from './sync-schema.ts'
import type { Schedule } from './times.ts'

/** When a file of the inbox is whole. */
export type Ready =
  | { readonly kind: 'unchanged'; readonly forMs: number }
  | { readonly kind: 'marker'; readonly ending: string }
  | { readonly kind: 'renamed' }

/** Where notifications go, and of which events. Addresses are https ones, or names of environment variables. */
export type Channel = { readonly on: readonly EventName[] } & (
  | { readonly kind: 'webhook' | 'slack'; readonly address: string }
  | { readonly kind: 'email'; readonly to: readonly string[]; readonly from: string; readonly smtp: string }
)

/** A sync's file that has been checked, with its defaults filled in. Paths are full. */
export interface Sync {
  readonly name: string
  readonly file: string
  readonly plan: string
  /** A folder and a pattern of names in it, or an address: of a pattern, a folder (with a slash at its end) or one file. */
  readonly source: FolderSource | RemoteSource
  readonly ready: Ready
  /** What a file is: the whole list of members, or those who are new or have changed. */
  readonly holds: 'everyone' | 'changes'
  /** The address of a folder elsewhere into which each run's reports are copied. */
  readonly reports?: string
  /** Names of environment variables. */
  readonly account: Readonly<Record<string, string>> | undefined
  readonly schedule?: Schedule
  /** The time of day by which it is to be done, in the schedule's zone: `06:00`. */
  readonly beDoneBy?: string
  readonly overlap: 'skip' | 'queue'
  readonly missed: 'run once' | 'skip'
  readonly noFile: 'tell' | 'fine'
  readonly retryRejected: 'changed' | 'always'
  readonly guards: Guards
  /** A share of the rows from 0 to 1; Infinity: off. */
  readonly problemsOver: number
  readonly channels: readonly Channel[]
  readonly heartbeat?: string
  readonly keep: Keep
}

export interface FolderSource {
  readonly kind: 'inbox'
  readonly folder: string
  readonly pattern: string
}

export interface RemoteSource {
  readonly kind: 'remote'
  readonly address: string
}

/** Shares from 0 to 1; Infinity where a guard is off. */
export interface Guards {
  readonly empty: boolean
  readonly fewerRows: number
  readonly changed: number
  readonly columns: boolean
  readonly sameFile: boolean
  readonly lookalikes: boolean
  readonly older: boolean
}

export interface Keep {
  readonly forMs: number
  readonly atLeast: number
  readonly atMost: number
}

const DAY_MS = 86_400_000
const DEFAULT_EVENTS: readonly EventName[] = EVENTS.filter((event) => event !== 'finished')

/**
 * Parses a sync's file and checks it whole. Throws a UsageError that lists every problem, with its line and column,
 * what was found, and what to write instead.
 */
export function loadSync(text: string, fileName: string): Sync {
  const problems: PlanProblem[] = []
  const root = readYaml(text, fileName, problems, { what: 'sync' })
  const checked = syncSchema.safeParse(plainValue(root))
  if (!checked.success) {
    problems.push(...checked.error.issues.flatMap((issue) => explainIssue(issue, root, keysAt(root), 'A sync')))
  }
  const channels = readChannels(entryOf(root, 'tell')?.value, checked.data?.tell ?? [], problems)
  const { source, reports } = checked.data ?? {}
  problems.push(
    ...addressProblems(root, 'source', source !== undefined && isRemote(source) ? source : undefined),
    ...addressProblems(root, 'reports', reports),
  )
  if (!checked.success || problems.length > 0) throw planError(fileName, problems, undefined, 'sync')
  const { data } = checked
  const folder = dirname(resolve(fileName))
  const { guards = {}, holds = 'everyone' } = data
  const unlessChanges = (share: number) => (holds === 'changes' ? Infinity : share)
  return {
    name: data.name ?? basename(fileName).replace(/(\.sync)?\.ya?ml$/i, ''),
    file: resolve(fileName),
    plan: resolve(folder, data.plan),
    source: readSource(data.source, folder),
    ready: readReady(data.ready),
    holds,
    reports: data.reports,
    account: data.account,
    schedule: data.schedule,
    beDoneBy: data.be_done_by,
    overlap: data.overlap ?? 'skip',
    missed: data.missed ?? 'run once',
    noFile: data.no_file ?? 'tell',
    retryRejected: data.retry_rejected ?? 'changed',
    guards: {
      empty: holds === 'everyone',
      fewerRows: guards.fewer_rows ?? unlessChanges(0.3),
      changed: guards.changed ?? unlessChanges(0.5),
      columns: guards.columns !== 'off',
      sameFile: guards.same_file !== 'off',
      lookalikes: guards.lookalikes !== 'off',
      older: guards.older !== 'off',
    },
    problemsOver: data.problems_over ?? 0.01,
    channels,
    heartbeat: data.heartbeat,
    keep: {
      forMs: data.keep?.for ?? 90 * DAY_MS,
      atLeast: data.keep?.at_least ?? 7,
      atMost: data.keep?.at_most ?? 1_000,
    },
  }
}

/** What is wrong with an address, if one is given; told without what may be a password in it. */
function addressProblems(root: YamlNode, key: 'source' | 'reports', address: string | undefined): PlanProblem[] {
  if (address === undefined) return []
  const refuse = (message: string) => [
    { at: entryOf(root, key)?.value.at ?? { line: 1, column: 1 }, path: key, message },
  ]
  try {
    if (!isRemote(address))
      return refuse('The s3 or sftp address of a folder was expected, as in `s3://files/reports`.')
    if (key === 'reports' && isFetchedOnly(address))
      return refuse('Nothing can be written over https: give an s3 or sftp address.')
    readAddress(address)
    return []
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
}

function readSource(source: string, folder: string): Sync['source'] {
  if (isRemote(source)) return { kind: 'remote', address: source }
  const path = resolve(folder, source)
  const name = basename(path)
  if (!/[*?]/.test(name)) return { kind: 'inbox', folder: path, pattern: '*' }
  return { kind: 'inbox', folder: dirname(path), pattern: name }
}

function readReady(ready: 'renamed' | { unchanged?: number } | { marker: string } | undefined): Ready {
  if (ready === 'renamed') return { kind: 'renamed' }
  if (ready !== undefined && 'marker' in ready) return { kind: 'marker', ending: ready.marker }
  return { kind: 'unchanged', forMs: ready?.unchanged ?? 60_000 }
}

type RawChannel = NonNullable<NonNullable<ReturnType<typeof syncSchema.safeParse>['data']>['tell']>[number]

/** Each item of `tell` is one channel: a webhook, a Slack address or mail. */
function readChannels(
  node: YamlNode | undefined,
  channels: readonly RawChannel[],
  problems: PlanProblem[],
): readonly Channel[] {
  return channels.flatMap(({ webhook, slack, email, from, smtp, on = DEFAULT_EVENTS }, at): Channel[] => {
    const refuse = (message: string) => {
      const place = node?.kind === 'list' ? (node.items[at] ?? node) : node
      problems.push({ at: place?.at ?? { line: 1, column: 1 }, path: `tell[${at}]`, message })
      return []
    }
    if ([webhook, slack, email].filter((each) => each !== undefined).length !== 1) {
      return refuse('Each item of `tell` has one of webhook, slack and email.')
    }
    if (email !== undefined) {
      if (from === undefined || smtp === undefined) return refuse('Beside `email`, `from` and `smtp` are needed.')
      return [{ kind: 'email', to: email, from, smtp, on }]
    }
    return [
      webhook === undefined ? { kind: 'slack', address: slack ?? '', on } : { kind: 'webhook', address: webhook, on },
    ]
  })
}

function keysAt(root: YamlNode): ReadonlyMap<string, readonly string[]> {
  const tell = entryOf(root, 'tell')?.value
  if (tell?.kind !== 'list') return syncKeys
  return new Map([...syncKeys, ...tell.items.map((_, at) => [`tell[${at}]`, channelKeys] as const)])
}
