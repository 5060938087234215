import type { ShownRun } from '../../app/runs/show-run.ts'
import type { Status } from '../../model.ts'
import type { Summary } from '../../report/summary.ts'
import { verificationSentence } from '../../report/verification-sentence.ts'
import { commandOf } from '../../typed-commands.ts'
import { countLines } from './counts.ts'
import { problemLines, rowName } from './problems.ts'
import type { Line } from './span.ts'
import { statusStyles } from './styles.ts'

interface Setting {
  /** What was sent, in lines. */
  readonly lanes: readonly string[]
  readonly folder: string
}

/** How a verification of the run `verifies` stands, or what it came to. */
export function describeVerification(end: ShownRun, verifies: string, setting: Setting): readonly Line[] {
  return [
    '',
    sentence(end, verifies),
    '',
    ...foundLines(end.summary),
    '',
    ...setting.lanes,
    ...differenceLines(end.problems),
    `Reports: ${setting.folder}`,
    '  verify.csv    every member that was looked up: what was expected, what was found, what to do',
    '  summary.json  these figures',
    ...nextLines(end, verifies),
  ]
}

function sentence({ record, summary }: ShownRun, verifies: string): string {
  const { run, state, reason, sample, unseen } = record
  return `Run ${run}: ${verificationSentence({ ...summary, state, reason, sample, unseen, verifies })}`
}

const MEANING: Partial<Readonly<Record<Status, string>>> = {
  ok: 'there, as recorded',
  warned: 'there, though the import had no final answer',
  rejected: 'not as recorded, or not there',
  failed: 'not known: no final answer after every attempt',
}

function foundLines(summary: Summary): readonly Line[] {
  const found = (Object.keys(MEANING) as Status[]).filter((status) => summary[status] > 0)
  return countLines(
    found.map((status) => ({ count: summary[status], meaning: MEANING[status] ?? '', style: statusStyles[status] })),
  )
}

function differenceLines(problems: ShownRun['problems']): string[] {
  const differences = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, rows, firstRow }) => ({
      rows,
      first: rowName(firstRow),
      message: code === undefined ? message : `${code} ${message}`,
    }))
  return differences.length === 0 ? [] : ['What differs:', ...problemLines(differences, { unit: 'member' }), '']
}

function nextLines({ record, summary }: ShownRun, verifies: string): string[] {
  const { run, remedy } = record
  switch (record.state) {
    case 'running':
      return ['', 'To pause it:', `  ${commandOf('pause', run)}`]
    case 'halted':
    case 'paused':
    case 'crashed':
      return ['', ...(remedy === undefined ? [] : [remedy]), 'To go on:', `  ${commandOf('resume', run)}`]
    case 'cancelled':
      return []
    case 'finished':
      if (record.sample !== undefined && summary.rejected > 0)
        return ['', 'To look all of them up:', `  ${commandOf('verify', verifies)}`]
      return summary.failed > 0 ? ['', 'To look all of them up again:', `  ${commandOf('verify', verifies)}`] : []
  }
}
