import { chmodSync } from 'node:fs'
import type { Logger } from 'pino'
import { heedDuplicates } from '../../check/heed-duplicates.ts'
import { createClient } from '../../capillary/client.ts'
import type { Broker } from '../../broker/broker.ts'
import type { CodeCount, Ledger } from '../../ledger/ledger.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { takeFileLock } from '../../file-lock.ts'
import { type LaneName, UsageError } from '../../model.ts'
import type { CompiledPlan } from '../../plan/compile-plan.ts'
import type { Plan } from '../../plan/load-plan.ts'
import type { Summary } from '../../report/summary.ts'
import { type RunEnd, conductRun } from '../../run/conduct-run.ts'
import { type RunRecord, runFolder, saveRunRecord } from '../../run/run-record.ts'
import { runSettings } from '../../run/settings.ts'
import type { Source } from '../../source/open-source.ts'
import { startWorkers } from '../../../workers/workers.ts'
import type { Environment } from '../environment.ts'
import { describeSettings } from './describe-settings.ts'
import { laneSlots } from '../../pace/lane-slots.ts'
import { logBrokerError } from './log-broker-error.ts'
import { startProgress } from '../../cli/screen/progress.ts'
import { openRows } from '../input/open-rows.ts'
import { readRows } from '../input/read-rows.ts'
import { renderRelatives, renderRun } from '../report/render-run.ts'
import { formatCount } from '../../words.ts'
import type { StopSignal } from '../../cli/stop-signal.ts'

export interface SessionOptions {
  readonly environment: Environment
  /** Opened before there is a run: without a broker there is none. */
  readonly broker: Broker
  readonly record: RunRecord
  readonly plan: Plan
  readonly compiled: CompiledPlan
  readonly source: Source
  /** Whether this process works on the lanes itself. */
  readonly workers: boolean
  readonly stop: StopSignal
  readonly log: Logger
}

export interface SessionEnd {
  readonly record: RunRecord
  readonly summary: Summary
  /** What was said how often, most rows first. */
  readonly codes: readonly CodeCount[]
}

/** Works on a run until it is finished, paused, halted or cancelled, and leaves its reports behind. */
export async function runSession(options: SessionOptions): Promise<SessionEnd> {
  const { environment, log, source } = options
  const folder = runFolder(environment.home, options.record.run)
  const unlock = takeFileLock(folder.lock)
  if (unlock === undefined) throw new UsageError(`Another process is at work on run ${options.record.run}.`)
  const ledger = openLedger(folder.ledger)
  try {
    const running: RunRecord = {
      ...options.record,
      state: 'running',
      reason: undefined,
      remedy: undefined,
      stopWhen: undefined,
    }
    saveRunRecord(environment.home, running)
    if (source.columns !== undefined) ledger.meta.set('columns', [...source.columns])
    ledger.meta.set('settings', describeSettings(options.plan))
    const read = () => readRows(() => openRows(environment.home, running, options.plan), running.limit)
    const compiled = await heedDuplicates(options.compiled, options.plan.duplicates, read)
    const { end, ...pace } = await withBroker({ ...options, compiled, record: running }, ledger)
    const record: RunRecord = { ...running, ...pace, ...end, finishedAt: new Date().toISOString() }
    const summary = await renderRun(environment.home, record, ledger)
    saveRunRecord(environment.home, record)
    await renderRelatives(environment.home, record)
    log.info({ run: record.run, state: record.state }, 'run ended')
    return { record, summary, codes: ledger.codes() }
  } finally {
    ledger.close()
    chmodSync(folder.ledger, 0o600)
    unlock()
  }
}

type Worked = { readonly end: RunEnd } & Pick<RunRecord, 'limits' | 'paced'>

async function withBroker(options: SessionOptions, ledger: Ledger): Promise<Worked> {
  const { environment, broker, record, plan, compiled, source, stop, log } = options
  const { baseUrl, credentials } = environment.api()
  const onError = logBrokerError(log)
  const client = createClient({ baseUrl, credentials })
  for (const line of await broker.advice()) process.stderr.write(`${line}\n`)
  const settings = runSettings(plan, record.limits, record.lanes)
  const workers = options.workers
    ? startWorkers({
        broker,
        client,
        account: record.account,
        lanes: compiled.lanes,
        minuteMs: environment.minuteMs,
        onError,
      })
    : undefined
  let { limits, paced } = record
  const setLimit = (lane: LaneName, rpm: number | undefined) => {
    laneSlots(broker, record.account, lane).setLimit(rpm).catch(onError)
  }
  for (const [lane, rpm] of Object.entries(paced ?? {})) setLimit(lane, rpm)
  let rowsRead = 0
  let readToEnd = false
  const progress = startProgress(process.stderr, () => ({
    counts: ledger.counts(),
    traffic: ledger.traffic(),
    rowsInAll: readToEnd ? rowsRead : (record.limit ?? rowsInAll(source, rowsRead)),
    limits,
  }))
  broker.onConnection((lost) => {
    process.stderr.write(lost === undefined ? 'Redis is back; going on.\n' : `${capitalise(lost)}.\n`)
  })
  try {
    const end = await conductRun({
      run: record.run,
      account: record.account,
      plan: compiled,
      rows: notingSource(source, ledger),
      limit: record.limit,
      ledger,
      broker,
      settings: settings.batchSettings,
      batchRows: settings.batchRows,
      priority: record.priority,
      window: settings.window,
      stopWhen: plan.stopWhen,
      requestFile: runFolder(environment.home, record.run).request,
      signal: stop.signal,
      stopWorkers: async () => workers?.close(),
      onPace(lane, rpm) {
        limits = { ...limits, [lane]: rpm }
        paced = { ...paced, [lane]: rpm }
        setLimit(lane, rpm)
        saveRunRecord(environment.home, { ...record, limits, paced })
        process.stderr.write(`From now on ${lane} goes at ${formatCount(rpm)} requests a minute.\n`)
      },
      onNotice(notice) {
        log.warn(notice, 'notice')
        if (notice.kind !== 'halt') progress.note(notice)
      },
      onRead(rows, ended) {
        rowsRead = rows
        readToEnd = ended
      },
      onError,
    })
    return { end, limits, paced }
  } finally {
    for (const lane of Object.keys(paced ?? {})) setLimit(lane, undefined)
    progress.stop()
    await workers?.close()
    await source.close()
    client.close()
  }
}

/** The rows, with the ledger told of each of several files before its first row, and in the end of what was passed over. */
async function* notingSource(source: Source, ledger: Ledger): ReturnType<Source['chunks']> {
  const known = ledger.meta.get('files')
  // A session that goes on comes by the files again that an earlier one has noted.
  let noted = Array.isArray(known) ? known.length : 0
  try {
    for await (const chunk of source.chunks()) {
      const { parts = [] } = source
      if (parts.length > noted)
        ledger.meta.set(
          'files',
          parts.map(({ name, firstRow }) => ({ name, firstRow })),
        )
      noted = Math.max(noted, parts.length)
      yield chunk
    }
  } finally {
    const { passedOver } = source
    if (passedOver.length > 0)
      ledger.meta.set(
        'passed_over',
        passedOver.map((each) => ({ ...each })),
      )
  }
}

/** From the bytes read so far: good enough for a bar. */
function rowsInAll({ progress: { bytesRead, bytesTotal } }: Source, rowsRead: number): number | undefined {
  if (bytesTotal === undefined || bytesRead === 0 || rowsRead === 0) return undefined
  return Math.max(Math.round((rowsRead * bytesTotal) / bytesRead), rowsRead)
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
