import { runSentence } from '../../report/run-sentence.ts'
import { isToLookAt } from '../../report/to-look-at.ts'
import { verificationSentence } from '../../report/verification-sentence.ts'
import type { Problem } from '../session/session-end.ts'
import { type RunKind, runKind } from './run-kind.ts'
import { type ShownRun, showRun } from './show-run.ts'

/** How a run stands, beyond the figures of its summary. */
export interface RunOverview {
  readonly run: string
  readonly state: ShownRun['record']['state']
  readonly kind: RunKind
  /** The run that it sends rows of again, or looks up. */
  readonly of?: string | undefined
  /** The verdict, in a sentence that goes on from the run's name. */
  readonly verdict: string
  /** Good is what left nothing to look at. */
  readonly tone: 'good' | 'mixed' | 'bad' | 'busy'
  /** What to do about a halt. */
  readonly remedy?: string | undefined
  /** Rows that were read and have no outcome, and those that the file has beyond, as far as that is known. */
  readonly open: number
  readonly notRead: number
  /** What was said how often, and what to do about it; most rows first. */
  readonly problems: readonly Pick<Problem, 'lane' | 'severity' | 'code' | 'message' | 'rows' | 'remedy'>[]
}

/** `name`: as `showRun` takes it. Throws a UsageError where there is no such run. */
export function runOverview(home: string, name: string): RunOverview {
  const shown = showRun(home, name)
  const { record, summary, notRead, problems } = shown
  const { run, state, reason, remedy, rerunOf, verifies } = record
  const { ok, warned, rejected, failed, invalid, skipped } = summary
  return {
    run,
    state,
    kind: runKind(record),
    of: verifies ?? rerunOf,
    verdict:
      verifies === undefined
        ? runSentence({ ...summary, state, reason })
        : verificationSentence({ ...summary, state, reason, sample: record.sample, unseen: record.unseen, verifies }),
    tone: toneOf(shown),
    remedy,
    open: summary.rows - ok - warned - rejected - failed - invalid - skipped,
    notRead,
    problems: problems.map(({ lane, severity, code, message, rows, remedy: what }) => ({
      lane,
      severity,
      code,
      message,
      rows,
      remedy: what,
    })),
  }
}

function toneOf({ record: { state }, summary, rejects }: ShownRun): RunOverview['tone'] {
  if (state === 'running') return 'busy'
  if (state === 'halted' || state === 'crashed' || (state === 'finished' && rejects > 0)) return 'bad'
  return state === 'finished' && !isToLookAt(summary) ? 'good' : 'mixed'
}
