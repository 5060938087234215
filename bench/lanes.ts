import { defaultLimit } from '../src/lanes/default-limit.ts'
import { type Finding, percent, ratio, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { type Cell, type CellFigures, type CellTime, measureCell, rowsFor } from './support/pace-cell.ts'
import type { Workplace } from './support/workplace.ts'

/**
 * A third of a minute for each minute. The pacer leaves 0.4 seconds a minute to differences in travel, of which a third is
 * left here: the rest is taken off the simulator's window.
 */
const FULL: CellTime = { minuteMs: 20_000, windowMs: 19_730, sendingMs: 25_000 }
const TRIAL: CellTime = { minuteMs: 6_000, windowMs: 5_640, sendingMs: 7_000 }
const PROCESSES = [1, 4]
const LEAST_TIMES = 38
const GOAL = 0.99
const MILLION = 1_000_000

/** Members a minute, one a request and ten a request, at the limits that are documented for EMEA. */
export async function* lanes(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const time = scale < 1 ? TRIAL : FULL
  const processes = scale < 1 ? PROCESSES.slice(0, 1) : PROCESSES
  const all: CellFigures[] = []
  for (const count of processes) {
    for (const lane of ['register', 'register-v1'] as const) {
      const cell: Cell = {
        sender: 'rollcall',
        lane,
        limit: defaultLimit(lane, 'emea'),
        processes: count,
        latencyMs: 20,
        remembers: true,
      }
      all.push(await measureCell(place, cell, time, await writeMembers(place, rowsFor(cell, time))))
    }
  }
  const times = processes.map((count) => timesOf(all, count))
  yield {
    title: `Members at EMEA’s limits, a minute taken as ${time.minuteMs / 1000} s`,
    columns: ['', 'limit', 'requests', '429', 'most in a minute', 'limit used', 'members a minute', 'hours a million'],
    rows: all.map(rowOf),
    goals: [
      {
        aim: `register-v1 registers at least ${LEAST_TIMES} times as many`,
        reached: times.map(ratio).join(', '),
        met: times.every((one) => one >= LEAST_TIMES),
      },
      {
        aim: 'never above a limit, no 429',
        reached: `${all.filter(isAbove).length} of ${all.length} above`,
        met: !all.some(isAbove),
      },
      {
        aim: 'at least 99 % of the limit everywhere',
        reached: all.map(({ used }) => percent(used)).join(', '),
        met: all.every(({ used }) => used >= GOAL),
      },
    ],
  }
}

function rowOf({ cell, requests, throttled, highest, used, rowsPerMinute }: CellFigures): string[] {
  const { lane, processes, limit } = cell
  return [
    `${lane}, ${processes} ${processes === 1 ? 'worker' : 'workers'}`,
    whole(limit),
    whole(requests),
    whole(throttled),
    whole(highest),
    percent(used),
    whole(rowsPerMinute),
    (MILLION / rowsPerMinute / 60).toFixed(1),
  ]
}

function isAbove({ highest, throttled, cell }: CellFigures): boolean {
  return highest > cell.limit || throttled > 0
}

/** How many times as many members as one a request. */
function timesOf(all: readonly CellFigures[], processes: number): number {
  const rate = (lane: string) =>
    all.find(({ cell }) => cell.lane === lane && cell.processes === processes)?.rowsPerMinute ?? 0
  return rate('register-v1') / rate('register')
}
