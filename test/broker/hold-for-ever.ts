import { openBroker } from '../../src/broker/open-broker.ts'

/** Takes a job off the queue `jobs` of the broker named by the arguments, says so, and never ends it. */
const [home = '', redisUrl] = process.argv.slice(2)
const broker = await openBroker({ home, redisUrl })
broker.worker(
  'jobs',
  (job) => {
    process.stdout.write(`holding ${job.id}\n`)
    return new Promise(() => {})
  },
  { concurrency: 1, onError: (error) => process.stderr.write(`${error.message}\n`) },
)
