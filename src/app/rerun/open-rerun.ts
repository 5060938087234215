import { commandOf } from '../../typed-commands.ts'
import { copyFileSync, chmodSync } from 'node:fs'
import { join } from 'node:path'
import { takeFileLock } from '../../file-lock.ts'
import { rejectStatuses } from '../../ledger/rejects.ts'
import { type Status, UsageError } from '../../model.ts'
import { compilePlan } from '../../plan/compile-plan.ts'
import { loadPlan } from '../../plan/load-plan.ts'
import { familyOf } from '../../run/family.ts'
import { listRuns } from '../../run/list-runs.ts'
import { readKeptPlan } from '../../run/kept-plan.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import { countSelected, selectRows } from '../../run/select-rows.ts'
import type { Source } from '../../source/open-source.ts'
import { checkFile } from '../resume/check-record.ts'
import { newCopies } from '../input/staging.ts'
import { type OpenImport, readPlan } from '../input/open-import.ts'
import { type OpenSelection, type RowsOf, openFile, openSelection, withChunks } from '../input/open-rows.ts'
import { runStatus } from '../runs/run-status.ts'
import { unreadableFile } from '../../unreadable-file.ts'

/** The statuses whose rows can go again. */
export const rerunStatuses: readonly Status[] = rejectStatuses

/** Which rows go again, and by what. */
export interface RerunChoice {
  readonly only: readonly Status[]
  readonly code?: number
  /** A mended rejects.csv of the run, in the place of its file. */
  readonly from?: string
  /** The cells of a mended file are as they are meant, also where they look like a spreadsheet's doing. */
  readonly asIs?: boolean
  /** A mended plan, in the place of the run's own. */
  readonly plan?: string
}

export interface OpenRerun extends OpenImport {
  /** Rows that go again. */
  readonly selected: number
  /** Rows of a mended file that are done already, or not asked for: they are not sent. */
  readonly left: number
}

/**
 * Opens the rows of an earlier run that did not succeed, with the plan that they are to go again under.
 * Throws a UsageError where a run over the same file could still go on, where the file is gone or has changed, and
 * where a mended file does not belong to the run.
 */
export async function openRerun(home: string, target: RunRecord, choice: RerunChoice): Promise<OpenRerun> {
  await using opening = new AsyncDisposableStack()
  opening.defer(lockFamily(home, target))
  refuseUnfinished(home, target)
  const { only, code, from, asIs, plan: planName } = choice
  if (from === undefined) await checkFile(target)
  const planText = planName === undefined ? readKeptPlan(home, target.run) : readPlan(planName)
  const plan = loadPlan(planText, planName ?? target.plan)
  const copies = from === undefined ? undefined : newCopies(home)
  if (copies !== undefined) opening.defer(() => copies.clear())
  const file = from === undefined || copies === undefined ? target.file : copyMended(from, copies.plain)
  const selection = openSelection(home, { rerunOf: target.run, only, code }, new Date().toISOString())
  opening.defer(() => selection.close())
  const rowsOf: RowsOf = from === undefined ? target : { file, source: from, rerunOf: target.run, mended: true, asIs }
  const counts =
    from === undefined
      ? { selected: countSelected(selection), left: 0 }
      : await countRows(await openFile(home, rowsOf, plan), selection)
  const whole = await openFile(home, rowsOf, plan, { hash: true })
  const source = withChunks(whole, (chunks) => selectRows(chunks, selection), selection)
  opening.defer(() => source.close())
  const compiled = compilePlan(plan, source.columns)
  const opened = opening.move()
  return {
    given: from ?? target.source,
    file,
    files: from === undefined ? target.files : undefined,
    isCopy: from !== undefined,
    planName: planName ?? target.plan,
    planText,
    plan,
    source,
    compiled,
    about: {
      rerunOf: target.run,
      only,
      code,
      mended: from === undefined ? target.mended : true,
      asIs: from === undefined ? target.asIs : asIs,
    },
    ...counts,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** Reads a mended file through: whether it is one of this run's, and how many of its rows go again. */
async function countRows(mended: Source, selection: OpenSelection): Promise<Pick<OpenRerun, 'selected' | 'left'>> {
  let rows = 0
  let selected = 0
  const counted = (async function* () {
    for await (const chunk of mended.chunks()) {
      rows += chunk.length
      yield chunk
    }
  })()
  try {
    for await (const chunk of selectRows(counted, selection)) selected += chunk.length
  } finally {
    await mended.close()
  }
  return { selected, left: rows - selected }
}

/** Two reruns that start at the same moment would select the same rows. Returns what lets the next one in. */
function lockFamily(home: string, target: RunRecord): () => void {
  const first = familyOf(listRuns(home), target.run)[0] ?? target
  const unlock = takeFileLock(join(runFolder(home, first.run).path, 'rerun-lock'))
  if (unlock !== undefined) return unlock
  // What that one is at can be said better where it has a run already.
  refuseUnfinished(home, target)
  throw new UsageError(`Another rerun over the file of run ${target.run} is at work. Wait for its end.`)
}

/** Runs over one file follow each other: what one of them may still do is not done by another meanwhile. */
function refuseUnfinished(home: string, target: RunRecord): void {
  if (target.verifies !== undefined) {
    throw new UsageError(
      `Run ${target.run} is a verification, and sent no rows: rerun ${target.verifies}, which it is of.`,
    )
  }
  for (const record of familyOf(listRuns(home), target.run)) {
    const { run, state } = runStatus(home, record)
    if (state === 'finished' || state === 'cancelled' || record.verifies !== undefined) continue
    const which = run === target.run ? `Run ${run}` : `Run ${run}, over the same file,`
    throw new UsageError(
      state === 'running'
        ? `${which} is at work. Wait for its end, or \`${commandOf('cancel', run)}\`.`
        : `${which} is ${state} and can go on: \`${commandOf('resume', run)}\` first, or \`${commandOf('cancel', run)}\`.`,
    )
  }
}

/** The file is the run's from now on: it may be mended further, or a report may take its place. */
function copyMended(from: string, copy: string): string {
  try {
    copyFileSync(from, copy)
  } catch (error) {
    throw new UsageError(unreadableFile(`The mended file ${from}`, error))
  }
  chmodSync(copy, 0o600)
  return copy
}
