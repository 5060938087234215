import { createHash } from 'node:crypto'
import { accountId } from '../../capillary/credentials.ts'
import { refuseUnknownHost } from '../../capillary/known-host.ts'
import { defaultLimit } from '../../lanes/default-limit.ts'
import { type RunRecord, newRunId } from '../../run/run-record.ts'
import type { Priority } from '../../run/turn-taker.ts'
import { hashFiles } from '../../source/hash-file.ts'
import type { Context } from '../context.ts'
import type { OpenImport } from '../input/open-import.ts'
import { runLimits } from './run-limits.ts'

export interface PlannedRun {
  /** Rows to read at most. */
  readonly limit?: number
  readonly priority: Priority
  /** Whether results.jsonl is to be among the reports. */
  readonly jsonl?: boolean
  /** The sync and its execution that the run is for. */
  readonly sync?: string
  /** The file's hash, where it is known. */
  readonly sha256?: string
}

/** The record of a run that is to be. Throws a UsageError where the account or the host is wrong or missing. */
export async function planRun(
  open: OpenImport,
  { limit, priority, jsonl, sync, sha256: known }: PlannedRun,
  { environment, on }: Pick<Context, 'environment' | 'on'>,
): Promise<RunRecord> {
  const { baseUrl, credentials } = environment.api()
  const account = accountId(baseUrl, credentials)
  await refuseUnknownHost(baseUrl, environment.proxies)
  const hash = () => {
    on({ kind: 'stage', text: `Hashing ${open.given}` })
    return hashFiles(open.files?.map(({ path }) => path) ?? [open.file])
  }
  const sha256 = known ?? open.about?.sha256 ?? (await hash())
  const now = new Date()
  return {
    run: newRunId(open.given, now, open.about?.verifies === undefined ? '' : 'verify-'),
    file: open.file,
    files: open.files,
    source: open.given,
    plan: open.planName,
    planSha256: createHash('sha256').update(open.planText).digest('hex'),
    account,
    command: environment.command,
    baseUrl,
    limits: runLimits(open.compiled.lanes, open.plan, (lane) => defaultLimit(lane, environment.region)),
    lanes: open.compiled.lanes,
    limit,
    ...open.about,
    sha256,
    sync,
    jsonl,
    priority,
    state: 'running',
    startedAt: now.toISOString(),
  }
}
