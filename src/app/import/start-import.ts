import { type CheckReport, checkFile } from '../check/check-file.ts'
import type { Context } from '../context.ts'
import { type ImportFiles, openImport } from '../input/open-import.ts'
import { openNotify } from '../notify/notify-end.ts'
import type { SessionEnd } from '../session/session-end.ts'
import { type NewRun, startRun } from './start-run.ts'
import { confirmTakingOut, refuseTakingOut } from './taking-out.ts'

export interface ImportRequest extends ImportFiles, Omit<NewRun, 'sync'> {
  /** Check only, and send nothing. */
  readonly dryRun?: boolean
  /** Check every row before the first request, and send nothing where one is invalid. */
  readonly checkFirst?: boolean
  /** An address to which the summary is posted when the run ends, is paused or halts. */
  readonly notify?: string
}

export type ImportResult =
  | { readonly kind: 'checked'; readonly report: CheckReport }
  | { readonly kind: 'ended'; readonly end: SessionEnd }

/**
 * Imports a file of members: the main job. Throws a UsageError where nothing can be sent: file, plan, account, host or
 * broker are wrong or missing, or the file was imported under this plan before.
 */
export async function startImport(request: ImportRequest, context: Context): Promise<ImportResult> {
  const { dryRun = false, checkFirst = false, limit } = request
  const notify = openNotify(request.notify, context)
  await using open = await openImport({ ...request, hash: !dryRun }, context)
  if (dryRun || checkFirst) {
    const report = await checkFile(open, { limit, query: request.query }, context)
    if (dryRun || report.invalid > 0) return { kind: 'checked', report }
    await open.reopen()
  }
  refuseTakingOut(open.compiled.lanes, request)
  await confirmTakingOut(open, request, context)
  const end = await startRun(open, request, context)
  await notify(end)
  return { kind: 'ended', end }
}
