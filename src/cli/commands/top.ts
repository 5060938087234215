import { setTimeout as delay } from 'node:timers/promises'
import { Command } from 'commander'
import { Look } from '../../app/top/look.ts'
import { isDumbTerminal, readEnvironment } from '../environment.ts'
import { homeOption } from '../options.ts'
import { describeTop } from '../screen/describe-top.ts'
import { clearScreen } from '../screen/drawn.ts'
import { LiveArea } from '../screen/live-area.ts'
import { printLines } from '../screen/print.ts'
import { listenForStop } from '../stop-signal.ts'

const EVERY_MS = 1_000
/** Where nobody watches it, a pace needs two looks. */
const BETWEEN_MS = 1_000

/** `rollcall top`: what is under way, live in a terminal; anywhere else as it is at that moment. */
export function topCommand(): Command {
  return new Command('top')
    .description('watch what is under way: runs, lanes, workers, queues, and syncs that are due next')
    .addOption(homeOption())
    .action(async (options: { home?: string }) => {
      using look = new Look(readEnvironment(options))
      if (process.stdout.isTTY && !isDumbTerminal()) await watch(look)
      else await printOnce(look)
    })
}

async function printOnce(look: Look): Promise<void> {
  const { runs } = await look.take()
  if (runs.length > 0) await delay(BETWEEN_MS)
  printLines(describeTop(await look.take(), { width: WIDE }))
}

/** What is no terminal breaks no lines. */
const WIDE = 200

async function watch(look: Look): Promise<void> {
  const area = new LiveArea(process.stdout)
  const stop = listenForStop(() => {})
  while (!stop.signal.aborted) {
    const lines = describeTop(await look.take(), { width: area.width })
    clearScreen()
    area.draw(lines.slice(0, Math.max(process.stdout.rows - 1, 5)))
    await delay(EVERY_MS, undefined, { signal: stop.signal }).catch(() => {})
  }
  area.keep()
  stop.release()
}
