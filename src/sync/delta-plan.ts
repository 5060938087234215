import type { SkipReason } from '../lanes/lane.ts'
import { laneNamed } from '../lanes/lanes.ts'
import type { LaneName, SourceRow } from '../model.ts'
import type { CompiledPlan, Rendered } from '../plan/compile-plan.ts'
import type { LeftOut } from '../plan/sieve.ts'
import { parseAsks } from './asks.ts'
import { STEP, type Step } from './decide.ts'
import type { Store } from './store.ts'

/** Rows whose steps are read at a time. */
const AHEAD = 2_000

/**
 * The plan as it is for one execution: of each row, only what the survey found worth sending is a request, and every other lane
 * that the row asks for is skipped, with the reason in words. Rows come in any order of chunks, each in file order.
 */
export function deltaPlan(plan: CompiledPlan, store: Store): CompiledPlan {
  const surveyed = readSurveyed(store)
  const stepsOf = readSteps()
  return {
    ...plan,
    render(row: SourceRow, without?: readonly LeftOut[]): Rendered {
      const found = surveyed(row.row)
      // What was not surveyed as a request is none: the plan says why.
      if (found === undefined || found.steps === '') return plan.render(row, without)
      const { steps, skips } = stepsOf(found)
      if (!found.steps.includes(STEP.send))
        return { kind: 'requests', key: found.key, members: [], requests: {}, skips }
      const rendered = plan.render(row, without)
      if (rendered.kind !== 'requests') return rendered
      const sent = Object.entries(rendered.requests).filter(([lane]) => steps.get(lane) === STEP.send)
      return { ...rendered, requests: Object.fromEntries(sent), skips }
    },
  }
}

/** The rows of the file that are done on all lanes and unchanged, as the survey found them: asked of each row, in order. */
export function restingRows(store: Store): (row: number) => boolean {
  const surveyed = readSurveyed(store)
  return (row) => {
    const steps = surveyed(row)?.steps ?? ''
    return steps !== '' && Array.from(steps).every((step) => DONE.has(step))
  }
}

/** Whether some rows of the file are sent, and others are done. */
export function sendsSome(store: Store): boolean {
  const some = store.db.prepare(
    `SELECT max(instr(steps, '${STEP.send}') > 0) AS sent, max(steps <> '' AND NOT instr(steps, '${STEP.send}')) AS others
     FROM staged_rows`,
  )
  const { sent, others } = some.get() ?? {}
  return sent === 1 && others === 1
}

const DONE: ReadonlySet<string> = new Set([STEP.unchanged, STEP.cannotChange, STEP.takenOver, STEP.partly])

/** What the survey found of rows, which are asked for in order. */
function readSurveyed(store: Store): (row: number) => Surveyed | undefined {
  const read = store.db.prepare('SELECT row, key, asks, steps FROM staged_rows WHERE row >= ? ORDER BY row LIMIT ?')
  let ahead = new Map<number, Surveyed>()
  return (row) => {
    const known = ahead.get(row)
    if (known !== undefined) return known
    ahead = new Map(
      read.all(row, AHEAD).map((entry) => {
        const [key, asks, steps] = [String(entry['key']), String(entry['asks']), String(entry['steps'])]
        return [Number(entry['row']), { key, asks, steps }]
      }),
    )
    return ahead.get(row)
  }
}

interface Surveyed {
  readonly key: string
  readonly asks: string
  readonly steps: string
}

/** The steps of a row by lane, and why lanes are left out. Most rows of a file have the same of both. */
function readSteps() {
  const known = new Map<string, { steps: ReadonlyMap<LaneName, Step>; skips: ReturnType<typeof skipsOf> }>()
  return ({ asks, steps: text }: Surveyed) => {
    const alike = `${asks.replaceAll(/:\S*/g, '')} ${text}`
    const found = known.get(alike)
    if (found !== undefined) return found
    const steps = new Map(parseAsks(asks).map(({ lane }, at) => [lane, text.charAt(at) as Step]))
    const added = { steps, skips: skipsOf(steps) }
    known.set(alike, added)
    return added
  }
}

function skipsOf(steps: ReadonlyMap<LaneName, Step>): Readonly<Record<LaneName, SkipReason>> {
  const sends = [...steps.values()].includes(STEP.send)
  return Object.fromEntries(
    Array.from(steps).flatMap(([lane, step]) => {
      const why = skipReason(lane, step, sends)
      return why === undefined ? [] : [[lane, why]]
    }),
  )
}

/** `sends`: another lane of the row is sent. */
function skipReason(lane: LaneName, step: Step, sends: boolean): SkipReason | undefined {
  switch (step) {
    case STEP.send:
      return undefined
    case STEP.unchanged:
      return { message: 'unchanged since it was done' }
    case STEP.rejected:
      return {
        message: 'rejected before, and unchanged since',
        hint: 'Mend the row where it comes from; it is sent when it has changed.',
      }
    case STEP.cannotChange:
      return { ...laneNamed(lane).sync?.cannotChange, lossy: sends }
    case STEP.takenOver:
      return {}
    case STEP.partly:
      return { ...laneNamed(lane).sync?.fixedChanged, lossy: true }
    case STEP.repeated:
      return {
        message: 'repeats another row of the same member, or contradicts it, as before',
        hint: "The plan's `duplicates` says which row of a member is sent; it is sent when the other is gone.",
      }
    case STEP.blocked:
      return laneNamed(lane).sync?.stillBlocked ?? {}
  }
}
