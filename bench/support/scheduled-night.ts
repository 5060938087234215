import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { isCompleted, timeState } from '../../src/sync/due-times.ts'
import { openStore } from '../../src/sync/store.ts'

export interface ScheduledNight {
  readonly folder: string
  readonly home: string
  /** The sync's time, as its schedule has it. */
  readonly due: number
  /** Node's options and the script. */
  readonly command: readonly string[]
  /** Has a clock that shows a moment before `due`. */
  readonly env: Readonly<Record<string, string>>
  readonly killAfterMs: number
  /** What is killed: the scheduler alone, or what it has started as well, as when a machine goes down. */
  readonly kill: 'scheduler' | 'all'
}

const LOOK_EVERY_MS = 100
const LONGEST_MS = 120_000

/**
 * A night that `rollcall scheduler` keeps: killed after so long, before its time or in the middle of it, and started
 * again. Resolves when the time is over.
 */
export async function passScheduledNight(night: ScheduledNight): Promise<void> {
  const first = start(night)
  await Promise.race([delay(night.killAfterMs), once(first.child, 'exit')])
  if (night.kill === 'all') first.killAll()
  else first.child.kill('SIGKILL')
  const second = start(night)
  // Whatever is still under way, telling say, is left to the next night.
  const clear = () => {
    first.killAll()
    second.killAll()
  }
  process.once('exit', clear)
  try {
    const waitsUntil = performance.now() + LONGEST_MS
    while (!isOver(night)) {
      if (performance.now() > waitsUntil) throw new Error(`the time did not come: ${second.said()}`)
      await delay(LOOK_EVERY_MS)
    }
  } finally {
    process.off('exit', clear)
    clear()
  }
}

function isOver({ home, due }: ScheduledNight): boolean {
  const store = openStore(home, 'nightly')
  try {
    return isCompleted(timeState(store, due))
  } finally {
    store.close()
  }
}

function start({ folder, command, env }: ScheduledNight) {
  const child = spawn(process.execPath, [...command, 'scheduler', 'nightly.yaml'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)))
  return {
    child,
    said: () => said,
    /** It and what it has started are a group of their own. */
    killAll() {
      if (child.pid === undefined) return
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        // Nobody is left of it.
      }
    },
  }
}
