import { type Finding, type Goal, percent, seconds, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { type Cell, type CellFigures, type CellTime, REDIS_AWAY_MS, measureCell, rowsFor } from './support/pace-cell.ts'
import type { Workplace } from './support/workplace.ts'

/** Ten seconds more than a window: enough to overstep it. */
const FULL: CellTime = { minuteMs: 60_000, windowMs: 60_000, sendingMs: 70_000 }
/**
 * A trial has a tenth of the minute. The pacer allows requests to differ in their travel time by 400 ms a minute, of
 * which a tenth is left here: the rest is taken off the window, or a trial would be the harder test. A simulator that the
 * machine kept waiting for longer than that sees requests at the wrong time, and says for how long.
 */
const TRIAL: CellTime = { minuteMs: 6_000, windowMs: 5_640, sendingMs: 7_000, forgivesStalls: true }
const GOAL = 0.99
const BACK_WITHIN_MS = 5_000

const fast = { sender: 'rollcall', lane: 'register', latencyMs: 20 } as const
const slow = { ...fast, latencyMs: 3_000 }
const LIMITS = [100, 600, 1_000, 6_000]

const TABLE: readonly Cell[] = [fast, slow].flatMap((cell) =>
  [1, 2, 8].flatMap((processes) => LIMITS.map((limit) => ({ ...cell, processes, limit }))),
)
const LINK: Cell = { ...fast, lane: 'link', limit: 6_000, processes: 2 }
const LOOK_UPS: readonly Cell[] = [1, 2].map((processes) => ({ ...fast, lane: 'balance', limit: 1_000, processes }))
const EMBEDDED: Cell = { ...fast, sender: 'embedded', limit: 600, processes: 1 }
const REDIS_LOST: Cell = { ...fast, limit: 600, processes: 2, killRedisAtMs: 35_000 }
const BULLMQ: readonly Cell[] = [
  { ...fast, sender: 'bullmq', limit: 600, processes: 1 },
  { ...fast, sender: 'bullmq', limit: 600, processes: 2 },
  { ...fast, sender: 'bullmq', limit: 600, processes: 2, firstAloneMs: 50_000 },
]
const OURS: readonly Cell[] = [...TABLE, REDIS_LOST, EMBEDDED]
const TRIAL_CELLS: readonly Cell[] = [
  { ...fast, limit: 60, processes: 1 },
  { ...fast, limit: 60, processes: 2 },
  { ...fast, limit: 600, processes: 2, latencyMs: 300 },
  { ...fast, limit: 60, processes: 2, killRedisAtMs: 3_000 },
]

export interface PaceChoice {
  /** Cells measured side by side: most leave the machine idle. */
  readonly atOnce: number
  /** These only. */
  readonly cells?: readonly Pick<Cell, 'limit' | 'processes' | 'latencyMs' | 'lane'>[]
}

/** Whether the limit is kept and used, by any number of processes; the simulator counts, in a strict rolling window. */
export async function* pace(place: Workplace, scale: number, choice: PaceChoice): AsyncGenerator<Finding> {
  const time = scale < 1 ? TRIAL : FULL
  const chosen = choice.cells?.map((cell): Cell => ({ ...fast, ...cell })) ?? (scale < 1 ? TRIAL_CELLS : undefined)
  const ours = chosen ?? OURS
  const others = chosen === undefined ? [LINK, ...LOOK_UPS, ...BULLMQ] : []
  const all = await measureAll(place, { cells: [...ours, ...others], time, atOnce: choice.atOnce })
  const of = (cells: readonly Cell[]) => all.filter(({ cell }) => cells.includes(cell))
  const window = `most in ${time.windowMs / 1000} s`
  yield {
    title: `Requests as the simulator saw them, ${time.sendingMs / 1000} s from the first to the last`,
    columns: ['a minute, processes, replies after', 'requests', '429', window, 'limit used', 'largest gap', 'back'],
    rows: of(ours).map(paceRow),
    goals: paceGoals(of(ours)),
  }
  if (others.length === 0) return
  yield {
    title: 'Look-ups of points by `verify`',
    columns: ['a minute, processes, replies after', 'requests', '429', window, 'limit used', 'largest gap', ''],
    rows: of(LOOK_UPS).map(paceRow),
    goals: paceGoals(of(LOOK_UPS)),
  }
  yield {
    title: 'Links at 6,000 requests a minute, batches of 50',
    columns: ['a minute, processes, replies after', 'requests', '429', window, 'limit used', 'largest gap', 'rows/min'],
    rows: of([LINK]).map((figures) => [...paceRow(figures).slice(0, -1), whole(figures.rowsPerMinute)]),
    goals: of([LINK]).flatMap((figures): Goal[] => [
      ...paceGoals([figures]),
      {
        aim: 'at least 99 % of 300,000 rows a minute',
        reached: whole(figures.rowsPerMinute),
        met: figures.rowsPerMinute >= GOAL * 300_000,
      },
    ]),
  }
  yield {
    title: 'BullMQ’s own limiter, the same requests',
    columns: ['a minute, processes, replies after', 'requests', '429', window, '', 'largest gap', ''],
    rows: of(BULLMQ).map((figures) => paceRow(figures).with(4, '')),
    goals: [],
  }
}

function paceRow({ cell, requests, throttled, highest, used, largestGapMs, backAfterMs }: CellFigures): string[] {
  return [
    nameOf(cell),
    whole(requests),
    whole(throttled),
    `${whole(highest)} of ${whole(cell.limit)}`,
    percent(used),
    seconds(largestGapMs),
    backAfterMs === undefined ? '' : seconds(backAfterMs),
  ]
}

function nameOf({ sender, limit, processes, latencyMs, killRedisAtMs, firstAloneMs }: Cell): string {
  const where = sender === 'embedded' ? 'embedded' : `${processes}`
  const special = [
    killRedisAtMs === undefined ? '' : `, Redis killed after ${killRedisAtMs / 1000} s for ${REDIS_AWAY_MS / 1000} s`,
    firstAloneMs === undefined ? '' : `, one ${firstAloneMs / 1000} s before the others`,
  ]
  return `${whole(limit)}, ${where}, ${latencyMs / 1000} s${special.join('')}`
}

function paceGoals(all: readonly CellFigures[]): Goal[] {
  const over = all.filter(({ highest, throttled, cell }) => highest > cell.limit || throttled > 0)
  const steady = all.filter(({ cell }) => cell.killRedisAtMs === undefined)
  const least = Math.min(...steady.map(({ used }) => used))
  const lost = all.flatMap(({ backAfterMs }) => backAfterMs ?? [])
  const goals = [
    {
      aim: 'never above the limit, no 429',
      reached: `${over.length} of ${all.length} cells above`,
      met: over.length === 0,
    },
    { aim: 'at least 99 % of the limit everywhere', reached: percent(least), met: least >= GOAL },
  ]
  return lost.length === 0
    ? goals
    : [
        ...goals,
        {
          aim: 'sending within 5 s of Redis’ return',
          reached: lost.map(seconds).join(', '),
          met: lost.every((ms) => ms <= BACK_WITHIN_MS),
        },
      ]
}

interface Measuring {
  readonly cells: readonly Cell[]
  readonly time: CellTime
  readonly atOnce: number
}

/** Measures the cells, so many at a time, in their order. */
async function measureAll(place: Workplace, { cells, time, atOnce }: Measuring): Promise<readonly CellFigures[]> {
  const files = new Map<number, string>()
  // Beforehand, and one after the other: cells share them.
  for (const rows of new Set(cells.map((cell) => rowsFor(cell, time)))) files.set(rows, await writeMembers(place, rows))
  const figures: CellFigures[] = []
  const waiting = cells.entries()
  const measureInTurn = async () => {
    for (const [index, cell] of waiting) {
      figures[index] = await measureCell(place, cell, time, files.get(rowsFor(cell, time)) ?? '')
    }
  }
  await Promise.all(Array.from({ length: atOnce }, measureInTurn))
  return figures
}
