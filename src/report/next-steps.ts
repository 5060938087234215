import { join } from 'node:path'

/** Something to do, and the command that does it. */
export interface NextStep {
  readonly text: string
  readonly command?: string
}

/** What the next steps depend on. */
export interface Aftermath {
  readonly run: string
  readonly state: 'running' | 'crashed' | 'finished' | 'paused' | 'halted' | 'cancelled'
  /** What to do about a halt. */
  readonly remedy?: string | undefined
  /** The run's folder. */
  readonly folder: string
  /** `--home …` as it was given, with a space in front: commands repeat it. */
  readonly suffix: string
  /** Rows that are done. */
  readonly ok: number
  readonly warned: number
  /** Rows by what keeps them from being done, after all runs over the file. */
  readonly rejected: number
  readonly failed: number
  readonly invalid: number
}

/** What to do next about a run, the most pressing first; none where there is nothing to do. */
export function nextSteps(aftermath: Aftermath): readonly NextStep[] {
  const { run, state, remedy, suffix } = aftermath
  switch (state) {
    case 'halted':
      return [
        ...(remedy === undefined ? [] : [{ text: remedy }]),
        { text: 'To go on:', command: `rollcall resume ${run}${suffix}` },
      ]
    case 'running':
      return [{ text: 'To pause it:', command: `rollcall pause ${run}${suffix}` }]
    case 'paused':
    case 'crashed':
      return [{ text: 'To go on:', command: `rollcall resume ${run}${suffix}` }]
    case 'cancelled':
      return []
    case 'finished':
      return afterTheEnd(aftermath)
  }
}

function afterTheEnd({ run, folder, suffix, ok, warned, rejected, failed, invalid }: Aftermath): readonly NextStep[] {
  return [
    ...(failed > 0
      ? [{ text: 'To send the failed rows again:', command: `rollcall rerun ${run} --only failed${suffix}` }]
      : []),
    ...(rejected + invalid > 0
      ? [
          {
            text: `To send mended rows: mend a copy of ${join(folder, 'rejects.csv')}, where each says what is wrong with it, then`,
            command: `rollcall rerun ${run} --from <the copy>${suffix}`,
          },
        ]
      : []),
    ...(ok + warned > 0
      ? [
          {
            text: 'To see whether the members are there, with their points:',
            command: `rollcall verify ${run}${suffix}`,
          },
        ]
      : []),
  ]
}
