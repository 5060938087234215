import { createHash } from 'node:crypto'
import { createWriteStream, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Command, InvalidArgumentError, Option } from 'commander'
import { refuseUnknownHost } from '../../capillary/known-host.ts'
import { accountId } from '../../capillary/credentials.ts'
import { openBroker } from '../../broker/broker.ts'
import { UsageError } from '../../model.ts'
import { compilePlan } from '../../plan/compile-plan.ts'
import { loadPlan } from '../../plan/load-plan.ts'
import { type RunRecord, createRunFolder, listRuns, newRunId } from '../../run/run-record.ts'
import type { Priority } from '../../run/turn-taker.ts'
import { hashFile } from '../../source/hash-file.ts'
import { openSource } from '../../source/open-source.ts'
import { dryRun } from '../dry-run.ts'
import { defaultLimit, readEnvironment } from '../environment.ts'
import { exitStatus } from '../exit.ts'
import { openLog } from '../log.ts'
import { homeOption, logOptions } from '../options.ts'
import { type SessionOptions, runLimits, runSession } from '../session.ts'
import { listenForStop } from '../stop-signal.ts'
import { printEnd } from '../print-end.ts'
import { formatCount } from '../words.ts'

interface ImportOptions {
  plan: string
  dryRun?: boolean
  limit?: number
  priority: Priority
  again?: boolean
  json?: boolean
  home?: string
  workers: boolean
  logFile?: string
  logLevel: string
}

/** `rollcall import <file|-> --plan <plan.yaml>`: the main job. */
export function importCommand(): Command {
  return new Command('import')
    .description('import a file of members: the main job')
    .argument('<file>', 'a CSV or JSONL file; - for standard input')
    .requiredOption('--plan <plan.yaml>', 'how to read the file, and which requests to make of each row')
    .option('--dry-run', 'read every row and show what would be sent, without sending it')
    .option('--limit <n>', 'read the first n rows only', parseCount)
    .option('--again', 'import the very file that was imported under this plan before')
    .addOption(
      new Option('--priority <which>', 'high: go before other runs on the same Redis')
        .choices(['normal', 'high'])
        .default('normal'),
    )
    .option('--json', 'print the summary as JSON on standard output')
    .option('--no-workers', 'leave the requests to `rollcall worker` processes (needs REDIS_URL)')
    .addOption(homeOption())
    .addOption(logOptions().file)
    .addOption(logOptions().level)
    .action(importFile)
}

async function importFile(given: string, options: ImportOptions): Promise<void> {
  const environment = readEnvironment(options)
  const planText = readPlan(options.plan)
  const plan = loadPlan(planText, options.plan)
  if (!options.workers && environment.redisUrl === undefined) {
    throw new UsageError(
      '--no-workers leaves the work to other processes, which needs a Redis between them: set REDIS_URL.',
    )
  }
  const file = given === '-' ? await spoolInput(environment.home) : resolve(given)
  const source = await openSource(file, { name: given === '-' ? 'standard input' : given })
  try {
    const compiled = compilePlan(plan, source.columns)
    if (options.dryRun === true) {
      await dryRun({ source, compiled, limit: options.limit, json: options.json === true })
      return
    }
    const { baseUrl, credentials } = environment.api()
    const account = accountId(baseUrl, credentials)
    await refuseUnknownHost(baseUrl)
    const now = new Date()
    const record: RunRecord = {
      run: newRunId(given, now),
      file,
      source: given,
      sha256: await hashFile(file),
      plan: options.plan,
      planSha256: createHash('sha256').update(planText).digest('hex'),
      account,
      baseUrl,
      limits: runLimits(plan, (lane) => defaultLimit(lane, environment.region)),
      lanes: compiled.lanes,
      limit: options.limit,
      priority: options.priority,
      state: 'running',
      startedAt: now.toISOString(),
    }
    if (options.again !== true) refuseSecondImport(environment.home, record)
    const broker = await openBroker(environment)
    try {
      const kept = keepRun(environment.home, record, planText)
      await workOn({ environment, broker, record: kept, plan, compiled, source }, options)
    } finally {
      await broker.close()
    }
  } finally {
    await source.close()
    if (given === '-') rmSync(file, { force: true })
  }
}

/** Makes the run's folder, with what resume needs: the plan as it is now, and the input where it can be read once only. */
function keepRun(home: string, record: RunRecord, planText: string): RunRecord {
  const folder = createRunFolder(home, record.run)
  writeFileSync(folder.plan, planText, { mode: 0o600 })
  if (record.source !== '-') return record
  renameSync(record.file, folder.input)
  return { ...record, file: resolve(folder.input) }
}

type Work = Pick<SessionOptions, 'environment' | 'broker' | 'record' | 'plan' | 'compiled' | 'source'>

async function workOn(work: Work, options: ImportOptions): Promise<void> {
  const { environment, record } = work
  const log = openLog({ file: options.logFile, level: options.logLevel })
  log.info({ run: record.run, lanes: record.lanes, limits: record.limits }, 'run started')
  process.stderr.write(describeStart(record, environment.redisUrl === undefined))
  const stop = listenForStop()
  try {
    const end = await runSession({ ...work, workers: options.workers, stop, log })
    printEnd(end, { json: options.json === true, home: environment.home, homeOption: options.home })
    process.exitCode = exitStatus(end.record.state, end.summary)
  } finally {
    stop.release()
  }
}

function readPlan(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(`The plan ${path} cannot be read (${error instanceof Error ? error.message : String(error)}).`)
  }
}

/** Standard input can be read once only, and a run must be able to start over: it is kept with the run. */
async function spoolInput(home: string): Promise<string> {
  const folder = join(home, 'runs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = resolve(folder, `.stdin-${process.pid}`)
  await pipeline(process.stdin, createWriteStream(path, { mode: 0o600 }))
  return path
}

/** The same file under the same plan, by accident: nobody wants that. */
function refuseSecondImport(home: string, { sha256, planSha256, account, limit }: RunRecord): void {
  const before = listRuns(home).findLast(
    (run) =>
      run.sha256 === sha256 &&
      run.planSha256 === planSha256 &&
      run.account === account &&
      run.state !== 'cancelled' &&
      // A trial over the first rows does not stand in the way of the whole file.
      (run.limit === undefined || run.limit === limit),
  )
  if (before === undefined) return
  const how =
    before.state === 'finished'
      ? `was imported under this plan already, by run ${before.run}. To send it again all the same, add --again; ` +
        `for the rows that did not succeed, look at its rejects.csv.`
      : `is being imported under this plan by run ${before.run}, which is not finished. \`rollcall resume ${before.run}\` goes on with it; --again starts anew.`
  throw new UsageError(`This very file ${how}`)
}

function describeStart({ run, lanes, limits }: RunRecord, embedded: boolean): string {
  const paces = lanes.map((lane) => {
    const rpm = limits[lane]
    return `${lane} ${rpm === undefined ? 'without limit' : `at ${formatCount(rpm)} requests a minute`}`
  })
  return `Run ${run}: ${paces.join(', ')}, ${embedded ? 'embedded broker' : 'Redis'}.\n`
}

function parseCount(value: string): number {
  const count = Number(value)
  if (Number.isSafeInteger(count) && count > 0) return count
  throw new InvalidArgumentError('expected a whole number of rows, at least 1.')
}
