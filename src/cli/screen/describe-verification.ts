import type { CodeCount } from '../../ledger/ledger.ts'
import { countRejects } from '../../ledger/rejects.ts'
import type { Status } from '../../model.ts'
import { runSentence } from '../../report/run-sentence.ts'
import type { Summary } from '../../report/summary.ts'
import { formatCount, plural } from '../../words.ts'

/** What a verification is described from. */
export interface DescribedVerification {
  readonly run: string
  /** The run that it is of. */
  readonly verifies: string
  readonly state: 'running' | 'crashed' | 'finished' | 'paused' | 'halted' | 'cancelled'
  readonly reason?: string | undefined
  readonly remedy?: string | undefined
  readonly summary: Summary
  readonly codes: readonly CodeCount[]
  /** What was sent, in lines. */
  readonly lanes: readonly string[]
  readonly folder: string
  /** `--home …` as it was given, with a space in front: commands repeat it. */
  readonly suffix: string
}

/** How a verification stands, or what it came to. */
export function describeVerification(described: DescribedVerification): string {
  return [
    '',
    sentence(described),
    '',
    ...countLines(described.summary),
    '',
    ...described.lanes,
    ...differenceLines(described),
    `Reports: ${described.folder}`,
    '  verify.csv    every member that was looked up: what was expected, what was found, what to do',
    '  summary.json  these figures',
    ...nextLines(described),
    '',
  ].join('\n')
}

function sentence({ run, verifies, state, reason, summary }: DescribedVerification): string {
  const { rows } = summary
  const rejects = countRejects(summary)
  if (state !== 'finished') return `Run ${run}: ${runSentence({ state, reason, rows, rejects })}`
  if (rows === 0) return `Run ${run}: nothing to look up; run ${verifies} imported no member.`
  return rejects === 0
    ? `Run ${run}: finished, all ${plural(rows, 'member')} are as run ${verifies} recorded.`
    : `Run ${run}: finished; ${formatCount(rejects)} of ${plural(rows, 'member')} are not as run ${verifies} recorded.`
}

const MEANING: Partial<Readonly<Record<Status, string>>> = {
  ok: 'there, as recorded',
  warned: 'there, though the import had no final answer',
  rejected: 'not as recorded, or not there',
  failed: 'not known: no final answer after every attempt',
}

function countLines(summary: Summary): string[] {
  const found = (Object.keys(MEANING) as Status[]).filter((status) => summary[status] > 0)
  const width = Math.max(...found.map((status) => formatCount(summary[status]).length), 1)
  return found.map((status) => `  ${formatCount(summary[status]).padStart(width)}  ${MEANING[status] ?? ''}`)
}

function differenceLines({ codes }: DescribedVerification): string[] {
  const lines = codes
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, rows, firstRow }) => {
      const what = code === undefined ? message : `${code} ${message}`
      return `  ${plural(rows, 'member')}, the first is row ${formatCount(firstRow)}: ${what}`
    })
  return lines.length === 0 ? [] : ['What differs:', ...lines, '']
}

function nextLines({ run, verifies, state, remedy, summary, suffix }: DescribedVerification): string[] {
  switch (state) {
    case 'running':
      return ['', 'To pause it:', `  rollcall pause ${run}${suffix}`]
    case 'halted':
    case 'paused':
    case 'crashed':
      return ['', ...(remedy === undefined ? [] : [remedy]), 'To go on:', `  rollcall resume ${run}${suffix}`]
    case 'cancelled':
      return []
    case 'finished':
      return summary.failed > 0 ? ['', 'To look all of them up again:', `  rollcall verify ${verifies}${suffix}`] : []
  }
}
