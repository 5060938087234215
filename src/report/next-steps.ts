import { join } from 'node:path'
import { laneNamed, laneNames } from '../lanes/lanes.ts'
import type { LaneName } from '../model.ts'
import { commandOf, shellWord } from '../typed-commands.ts'

/** Something to do, and the commands that do it, one after the other; none where people do it. */
export interface NextStep {
  readonly text: string
  readonly commands: readonly string[]
}

/** What the next steps depend on. */
export interface Aftermath {
  readonly run: string
  readonly state: 'running' | 'crashed' | 'finished' | 'paused' | 'halted' | 'cancelled'
  /** What to do about a halt. */
  readonly remedy?: string | undefined
  /** The run's folder. */
  readonly folder: string
  /** The lanes that its plan has. */
  readonly lanes: readonly LaneName[]
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
  const { run, state, remedy } = aftermath
  switch (state) {
    case 'halted':
      return [
        ...(remedy === undefined ? [] : [{ text: remedy, commands: [] }]),
        { text: 'To go on:', commands: [commandOf('resume', run)] },
      ]
    case 'running':
      return [{ text: 'To pause it:', commands: [commandOf('pause', run)] }]
    case 'paused':
    case 'crashed':
      return [{ text: 'To go on:', commands: [commandOf('resume', run)] }]
    case 'cancelled':
      return []
    case 'finished':
      return afterTheEnd(aftermath)
  }
}

function afterTheEnd({ run, folder, lanes, ok, warned, rejected, failed, invalid }: Aftermath): readonly NextStep[] {
  const mended = `mended-${run.slice(-4)}.csv`
  return [
    ...(failed > 0
      ? [{ text: 'To send the failed rows again:', commands: [commandOf('rerun', run, '--only', 'failed')] }]
      : []),
    ...(rejected + invalid > 0
      ? [
          {
            text: `To send mended rows: copy those that did not succeed, mend them in ${mended}, where each says what is wrong with it, and send them:`,
            commands: [
              `cp -i ${shellWord(join(folder, 'rejects.csv'))} ${mended}`,
              commandOf('rerun', run, '--from', mended),
            ],
          },
        ]
      : []),
    ...(ok + warned > 0
      ? [
          {
            text: `To see whether the members are there${looksAtPoints(lanes) ? ', with their points' : ''}:`,
            commands: [commandOf('verify', run)],
          },
        ]
      : []),
  ]
}

/** Whether a verification looks at points: of members whose record V1 wrote, or an update, it has none. */
function looksAtPoints(lanes: readonly LaneName[]): boolean {
  const verified = laneNames.find((name) => lanes.includes(name) && laneNamed(name).verified !== undefined)
  return verified !== undefined && laneNamed(verified).verified?.by === 'points'
}
