import { setTimeout as delay } from 'node:timers/promises'
import { Argument, Command, InvalidArgumentError } from 'commander'
import { laneNames } from '../../lanes/lanes.ts'
import { type LaneName, UsageError } from '../../model.ts'
import { isRequestOpen, sendRequest } from '../../run/requests.ts'
import { findRun, listRuns } from '../../run/list-runs.ts'
import { runFolder } from '../../run/run-record.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption } from '../options.ts'
import { isAtWork } from '../../app/runs/run-status.ts'
import { formatCount } from '../../words.ts'

/** `rollcall pace <lane> <rpm>`: another limit for a run under way, in all processes that send for it. */
export function paceCommand(): Command {
  return new Command('pace')
    .description("change a lane's limit while its run is under way")
    .addArgument(new Argument('<lane>').choices(laneNames))
    .addArgument(new Argument('<rpm>', 'requests per minute').argParser(parseRpm))
    .option('--run <run>', 'which run, where several are under way')
    .addOption(homeOption())
    .action(async (lane: LaneName, rpm: number, options: { run?: string; home?: string }) => {
      const { home } = readEnvironment(options)
      const run = options.run === undefined ? onlyRunAtWork(home) : findRun(home, options.run).run
      if (!isAtWork(home, run))
        throw new UsageError(`No process is at work on run ${run}: its plan says how fast it goes.`)
      const { request } = runFolder(home, run)
      sendRequest(request, { kind: 'pace', lane, rpm })
      while (isRequestOpen(request) && isAtWork(home, run)) await delay(100)
      process.stdout.write(`Run ${run}: ${lane} goes at ${formatCount(rpm)} requests a minute from now on.\n`)
    })
}

function onlyRunAtWork(home: string): string {
  const atWork = listRuns(home).filter(({ run, state }) => state === 'running' && isAtWork(home, run))
  const [only] = atWork
  if (only !== undefined && atWork.length === 1) return only.run
  throw new UsageError(
    atWork.length === 0
      ? `No run is under way in ${home}.`
      : `${atWork.length} runs are under way: say which with --run. They are ${atWork.map(({ run }) => run).join(', ')}.`,
  )
}

function parseRpm(value: string): number {
  const rpm = Number(value)
  if (Number.isFinite(rpm) && rpm > 0) return rpm
  throw new InvalidArgumentError('expected a number of requests per minute above 0.')
}
