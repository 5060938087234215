import { Command, Option } from 'commander'
import { runWorker } from '../../app/worker/run-worker.ts'
import { laneNames } from '../../lanes/lanes.ts'
import type { LaneName } from '../../model.ts'
import { readEnvironment } from '../environment.ts'
import { openLog } from '../log.ts'
import { openContext } from '../open-context.ts'
import { logOptions } from '../options.ts'
import { type WatchOptions, metricsOption, watchWork } from '../telemetry.ts'

interface WorkerOptions extends WatchOptions {
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
    .addOption(metricsOption())
    .addOption(logOptions().file)
    .addOption(logOptions().level.default('info'))
    .action(async (options: WorkerOptions) => {
      const log = openLog(options)
      await using watched = await watchWork(options, log)
      using context = openContext(readEnvironment({}), { log, show: false, watched, onStop() {} })
      await runWorker({ lanes: options.lane, aliveFile: options.aliveFile }, context)
    })
}
