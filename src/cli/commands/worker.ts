import { Command, Option } from 'commander'
import { openBroker } from '../../broker/open-broker.ts'
import { createClient } from '../../capillary/client.ts'
import { accountId } from '../../capillary/credentials.ts'
import { laneNames } from '../../lanes/lanes.ts'
import { type LaneName, UsageError } from '../../model.ts'
import { startWorkers } from '../../../workers/workers.ts'
import { keepAliveFile, writeAliveFile } from '../../app/worker/alive-file.ts'
import { readEnvironment } from '../environment.ts'
import { openLog } from '../log.ts'
import { logBrokerError } from '../../app/session/log-broker-error.ts'
import { logOptions } from '../options.ts'
import { listenForStop } from '../stop-signal.ts'

/** `rollcall worker`: sends what runs anywhere have dispatched for this account. */
export function workerCommand(): Command {
  return new Command('worker')
    .description('a worker process, on any machine that reaches Redis')
    .addOption(new Option('--lane <lane...>', 'the lanes to work on').choices(laneNames).default([...laneNames]))
    .option('--alive-file <path>', 'written every five seconds while Redis answers: for health checks')
    .addOption(logOptions().file)
    .addOption(logOptions().level.default('info'))
    .action(async (options: { lane: LaneName[]; aliveFile?: string; logFile?: string; logLevel: string }) => {
      const environment = readEnvironment({})
      if (environment.redisUrl === undefined) {
        throw new UsageError('A worker takes its jobs from Redis: set REDIS_URL to the one that the imports use.')
      }
      if (options.aliveFile !== undefined) writeAliveFile(options.aliveFile)
      const { baseUrl, credentials } = environment.api()
      const account = accountId(baseUrl, credentials)
      const log = openLog({ file: options.logFile, level: options.logLevel })
      const broker = await openBroker(environment)
      const client = createClient({ baseUrl, credentials })
      for (const line of await broker.advice()) log.warn(line)
      broker.onConnection((lost) => (lost === undefined ? log.info('Redis is back') : log.warn(lost)))
      const onError = logBrokerError(log)
      const workers = startWorkers({
        broker,
        client,
        account,
        lanes: options.lane,
        minuteMs: environment.minuteMs,
        onError,
      })
      log.info({ account, lanes: options.lane }, 'worker started')
      const stopped = Promise.withResolvers<void>()
      const stop = listenForStop(stopped.resolve)
      if (options.aliveFile !== undefined) keepAliveFile(options.aliveFile, broker, stop.signal).catch(onError)
      await stopped.promise
      log.info('worker stopping: requests in flight end, the rest is handed back')
      await workers.close()
      await broker.close()
      client.close()
      stop.release()
      log.info('worker stopped')
    })
}
