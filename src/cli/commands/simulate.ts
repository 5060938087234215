import { once } from 'node:events'
import { Command, InvalidArgumentError } from 'commander'
import { parseFaults } from '../../simulator/faults.ts'
import { parseLimits } from '../../simulator/parse-limits.ts'
import { parseOrg } from '../../simulator/org.ts'
import { regionLimits } from '../../simulator/region-limits.ts'
import { startSimulator } from '../../simulator/start-simulator.ts'
import { listenForStop } from '../stop-signal.ts'
import { printJson, printLines } from '../screen/print.ts'

interface SimulateOptions {
  port: number
  registerLimit?: number
  linkLimit?: number
  balanceLimit?: number
  limits?: string
  region?: string
  org?: string
  latency: number
  faults?: string
  seed: number
  knowsEveryone?: boolean
  stateless?: boolean
  recordArrivals?: boolean
  window: number
  businessStatus?: 200 | 400 | 500
  soleToken?: boolean
  tokenLate?: number
  quota?: number
  json?: boolean
}

/** `rollcall simulate`: a Capillary to try against, on this machine alone. */
export function simulateCommand(): Command {
  return new Command('simulate')
    .description('a Capillary to try things out against, on this machine')
    .option('--port <port>', 'where to listen; 0 for any free port', parseWhole, 4010)
    .option('--register-limit <rpm>', 'registrations that a rolling minute may hold; others get a 429', parseWhole)
    .option('--link-limit <rpm>', 'likewise, link requests', parseWhole)
    .option('--balance-limit <rpm>', 'likewise, look-ups of points', parseWhole)
    .option('--limits <list>', 'likewise, of any endpoint, such as register-v1=400,update=50')
    .option('--region <name>', 'the documented limits of that region, where none are given')
    .option('--window <ms>', 'the length of the rolling window, shorter for tests', parseWhole, 60_000)
    .option('--latency <ms>', 'how long a reply takes', parseWhole, 20)
    .option('--faults <list>', 'what goes wrong how often, such as lostAfter=0.02,http503=0.01')
    .option('--seed <n>', 'seeds the faults', parseWhole, 1)
    .option('--org <json>', 'how the organisation is set up, such as {"put":"replace","batch":{"add":5}}')
    .option('--knows-everyone', 'links and look-ups find customers that nobody registered')
    .option('--stateless', 'remembers no member: for benchmarks')
    .option('--record-arrivals', 'keeps the time of every arrival, at /_simulator/arrivals')
    .option('--business-status <status>', 'HTTP status of business errors: 200, 400 or 500', parseWhole)
    .option('--sole-token', 'each new token ends the one before')
    .option('--token-late <ms>', 'a new token is refused for so long', parseWhole)
    .option('--quota <n>', 'requests that a lane answers; what comes after that is 429 for good', parseWhole)
    .option('--json', 'print the address as JSON')
    .action(async (options: SimulateOptions) => {
      const {
        registerLimit,
        linkLimit,
        balanceLimit,
        limits,
        region,
        org,
        window,
        latency,
        tokenLate,
        faults,
        json,
        ...rest
      } = options
      using stop = listenForStop(() => {})
      const simulator = await startSimulator({
        ...rest,
        windowMs: window,
        latencyMs: latency,
        tokenLateMs: tokenLate,
        limits: {
          ...(region !== undefined && regionLimits(region)),
          ...(registerLimit !== undefined && { register: registerLimit }),
          ...(linkLimit !== undefined && { link: linkLimit }),
          ...(balanceLimit !== undefined && { balance: balanceLimit }),
          ...(limits !== undefined && parseLimits(limits)),
        },
        ...(faults !== undefined && { faults: parseFaults(faults) }),
        ...(org !== undefined && { org: parseOrg(org) }),
      })
      if (json === true) printJson({ url: simulator.url })
      else
        printLines([
          `The simulator listens at ${simulator.url}. Ctrl-C ends it.`,
          'In another terminal, before the commands that are to speak to it:',
          `  export ROLLCALL_BASE_URL=${simulator.url} ROLLCALL_KEY=any ROLLCALL_SECRET=any`,
          `What it was asked: ${simulator.url}/_simulator/stats`,
        ])
      if (!stop.signal.aborted) await once(stop.signal, 'abort')
      await simulator.close()
    })
}

function parseWhole(value: string): number {
  const number = Number(value)
  if (Number.isSafeInteger(number) && number >= 0) return number
  throw new InvalidArgumentError('expected a whole number.')
}
