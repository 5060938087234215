import { Argument, Command, InvalidArgumentError } from 'commander'
import { changePace } from '../../app/runs/change-pace.ts'
import { laneNames } from '../../lanes/lanes.ts'
import type { LaneName } from '../../model.ts'
import { formatCount } from '../../words.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption } from '../options.ts'
import { printJson, printLines } from '../screen/print.ts'
import { showEvents } from '../screen/show-events.ts'

/** `rollcall pace <lane> <rpm>`: another limit for a run under way, in all processes that send for it. */
export function paceCommand(): Command {
  return new Command('pace')
    .description("change a lane's limit while its run is under way")
    .addArgument(new Argument('<lane>').choices(laneNames))
    .addArgument(new Argument('<rpm>', 'requests per minute').argParser(parseRpm))
    .option('--run <run>', 'which run, where several are under way')
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action(async (lane: LaneName, rpm: number, options: { run?: string; json?: boolean; home?: string }) => {
      const { home } = readEnvironment(options)
      using shown = showEvents(process.stderr)
      const run = await changePace(home, { run: options.run, lane, rpm }, shown.on)
      if (options.json === true) printJson({ run, lane, rpm })
      else printLines([`Run ${run}: ${lane} goes at ${formatCount(rpm)} requests a minute from now on.`])
    })
}

function parseRpm(value: string): number {
  const rpm = Number(value)
  if (Number.isFinite(rpm) && rpm > 0) return rpm
  throw new InvalidArgumentError('expected a number of requests per minute above 0.')
}
