import { Command, Option } from 'commander'
import { runWorker } from '../../app/worker/run-worker.ts'
import { laneNames } from '../../lanes/lanes.ts'
import type { LaneName } from '../../model.ts'
import { readEnvironment } from '../environment.ts'
import { openLog } from '../log.ts'
import { openContext } from '../open-context.ts'
import { logOptions } from '../options.ts'

interface WorkerOptions {
  lane: LaneName[]
  aliveFile?: string
  logFile?: string
  logLevel: string
}

/** `rollcall worker`: sends what runs anywhere have dispatched for this account. */
export function workerCommand(): Command {
  return new Command('worker')
    .description('a worker process, on any machine that reaches Redis')
    .addOption(new Option('--lane <lane...>', 'the lanes to work on').choices(laneNames).default([...laneNames]))
    .option('--alive-file <path>', 'written every five seconds while Redis answers: for health checks')
    .addOption(logOptions().file)
    .addOption(logOptions().level.default('info'))
    .action(async (options: WorkerOptions) => {
      using context = openContext(readEnvironment({}), { log: openLog(options), show: false, onStop() {} })
      await runWorker({ lanes: options.lane, aliveFile: options.aliveFile }, context)
    })
}
