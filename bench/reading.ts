import type { ReadingArgument, ReadingResult } from './subjects/source-and-plan.ts'
import { type Finding, ratio, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { samplePlan } from './support/plans.ts'
import { runSubject } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const ROWS = 200_000
const ROUNDS = 3
const GOAL = 0.7

/** How fast a file becomes requests, beside csv-parse that only cuts it into cells. Each in a process of its own. */
export async function* reading(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const rows = ROWS * scale
  const file = await writeMembers(place, rows)
  const rates: Record<'objects' | 'bare' | 'source' | 'both', number[]> = {
    objects: [],
    bare: [],
    source: [],
    both: [],
  }
  for (let round = 0; round < ROUNDS; round++) {
    rates.objects.push(await measure(place, 'bare-csv-parse', { file, objects: true }))
    rates.bare.push(await measure(place, 'bare-csv-parse', { file }))
    rates.source.push(await measure(place, 'source-and-plan', { file }))
    rates.both.push(await measure(place, 'source-and-plan', { file, plan: samplePlan }))
  }
  const objects = median(rates.objects)
  const bare = median(rates.bare)
  const row = (name: string, all: readonly number[]) => [
    name,
    ...all.map(whole),
    whole(median(all)),
    ratio(median(all) / objects),
    ratio(median(all) / bare),
  ]
  const reached = median(rates.both) / objects
  yield {
    title: `Rows a second read, of ${whole(rows)} with 14 columns`,
    columns: ['', ...rates.bare.map((_, round) => `round ${round + 1}`), 'median', 'of csv-parse, objects', 'arrays'],
    rows: [
      row('csv-parse alone, objects by column', rates.objects),
      row('csv-parse alone, arrays', rates.bare),
      row('source', rates.source),
      row('source and plan (samples/members.plan.yaml)', rates.both),
    ],
    goals: [
      {
        aim: 'source and plan at least 0.70 of csv-parse alone, objects',
        reached: ratio(reached),
        met: reached >= GOAL,
      },
    ],
  }
}

async function measure(place: Workplace, subject: string, argument: ReadingArgument): Promise<number> {
  const { rows, tookMs } = await runSubject<ReadingResult>(place, subject, argument)
  return (rows * 1000) / tookMs
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
