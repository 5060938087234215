import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** What a process took, with the processes that it started. */
export interface Spent {
  /** The most memory that it held: the kernel's own peak (VmHWM), or that of all together where there were several. 0 where the system does not tell. */
  readonly peakBytes: number
  /** The processor's time, all threads together: what a machine that others share cannot lengthen as much. */
  readonly cpuMs: number
}

const LOOK_EVERY_MS = 20
/** So many looks apart, whether it has started others. */
const LOOKS_A_SEARCH = 10

/**
 * Watches a process to its end. The kernel keeps the peak itself: the last look before the end misses at most what came
 * within a moment.
 */
export async function watchProcess(pid: number): Promise<Spent> {
  let spent: Spent = { peakBytes: 0, cpuMs: 0 }
  let others: readonly number[] = []
  for (let look = 0; ; look++) {
    if (look % LOOKS_A_SEARCH === 0) others = descendantsOf(pid)
    const peakBytes = peakOf(pid)
    const cpuMs = cpuOf(pid)
    if (peakBytes === undefined || cpuMs === undefined) return spent
    const together = others.length === 0 ? 0 : residentOf([pid, ...others])
    spent = {
      peakBytes: Math.max(spent.peakBytes, peakBytes, together),
      cpuMs: Math.max(spent.cpuMs, cpuMs + sum(others.map((other) => cpuOf(other) ?? 0))),
    }
    await delay(LOOK_EVERY_MS)
  }
}

/** The most memory that a process has held so far (VmHWM), in bytes; undefined where the system does not tell. */
export function peakOf(pid: number): number | undefined {
  return figureOf(pid, 'VmHWM')
}

/** What processes hold now, in bytes, with those that they started. */
export function residentOfTree(pid: number): number {
  return residentOf([pid, ...descendantsOf(pid)])
}

function residentOf(pids: readonly number[]): number {
  return sum(pids.map((pid) => figureOf(pid, 'VmRSS') ?? 0))
}

function figureOf(pid: number, name: 'VmHWM' | 'VmRSS'): number | undefined {
  try {
    const found = new RegExp(`${name}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return found === null ? undefined : Number(found[1]) * 1024
  } catch {
    return undefined
  }
}

const TICKS_A_SECOND = 100

/** The processor's time that the processes took which this one started and which ended, in ms. */
export function cpuOfEnded(): number {
  return (sum((statOf(process.pid) ?? []).slice(13, 15).map(Number)) * 1000) / TICKS_A_SECOND
}

/** With that of the processes that it started and that ended. */
function cpuOf(pid: number): number | undefined {
  const fields = statOf(pid)
  return fields && (sum(fields.slice(11, 15).map(Number)) * 1000) / TICKS_A_SECOND
}

function descendantsOf(pid: number): readonly number[] {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), Number(statOf(Number(name))?.[1])]),
  )
  const found: number[] = []
  for (let generation = [pid]; generation.length > 0;) {
    generation = [...parents].filter(([, parent]) => generation.includes(parent)).map(([child]) => child)
    found.push(...generation)
  }
  return found
}

/** What `proc(5)` has of a process from its state on, which stands behind its name. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
  } catch {
    return undefined
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
