import { setTimeout as delay } from 'node:timers/promises'
import { Command } from 'commander'
import { Look, type Moment } from '../../app/top/look.ts'
import { isDumbTerminal, readEnvironment } from '../environment.ts'
import { homeOption } from '../options.ts'
import { describeTop } from '../screen/describe-top.ts'
import { clearScreen } from '../screen/drawn.ts'
import { LiveArea } from '../screen/live-area.ts'
import { printJson, printLines } from '../screen/print.ts'
import { topAsJson } from '../screen/top-json.ts'
import { listenForStop } from '../stop-signal.ts'

const EVERY_MS = 1_000
/** A pace needs two looks. */
const BETWEEN_MS = 1_000

/** `rollcall top`: what is under way, live in a terminal; anywhere else as it is at that moment. */
export function topCommand(): Command {
  return new Command('top')
    .description('watch what is under way: runs, lanes, workers, queues, and syncs that are due next')
    .option('--json', 'what is under way at this moment, as JSON')
    .addOption(homeOption())
    .action(async (options: { json?: boolean; home?: string }) => {
      using look = new Look(readEnvironment(options))
      if (options.json === true) printJson(topAsJson(await lookTwice(look)))
      else if (process.stdout.isTTY && !isDumbTerminal()) await watch(look)
      else printLines(describeTop(await lookTwice(look), { width: WIDE }))
    })
}

/** Where nobody watches. */
async function lookTwice(look: Look): Promise<Moment> {
  const moment = await look.take()
  if (moment.runs.length === 0) return moment
  await delay(BETWEEN_MS)
  return await look.take()
}

/** What is no terminal breaks no lines. */
const WIDE = 200

async function watch(look: Look): Promise<void> {
  const area = new LiveArea(process.stdout)
  using stop = listenForStop(() => {})
  while (!stop.signal.aborted) {
    const lines = describeTop(await look.take(), { width: area.width })
    clearScreen()
    area.draw(lines.slice(0, Math.max(process.stdout.rows - 1, 5)))
    await delay(EVERY_MS, undefined, { signal: stop.signal }).catch(() => {})
  }
  area.keep()
}
