import { createClient } from '../../capillary/client.ts'
import { FileWatch } from '../../check/file-watch.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { REMARKS } from '../../report/to-look-at.ts'
import { conductRun } from '../../run/conduct-run.ts'
import type { RunEnd } from '../../run/run-options.ts'
import { type RunRecord, runFolder, saveRunRecord } from '../../run/run-record.ts'
import { runSettings } from '../../run/settings.ts'
import { startWorkers } from '../../../workers/workers.ts'
import { accountTokens } from '../account-tokens.ts'
import type { Context } from '../context.ts'
import { unreadRemarks } from '../input/unread-remarks.ts'
import { enrolWorker } from '../workers/enrol-worker.ts'
import { watchOtherVersions } from '../workers/other-versions.ts'
import { notingSource } from './noting-source.ts'
import { confirmRead } from './confirm-read.ts'
import type { RunPlaces } from './open-places.ts'
import { openPaces } from './paces.ts'
import { startProgress } from './report-progress.ts'
import type { SessionOptions } from './session-options.ts'
import { tellAssumed } from './tell-assumed.ts'
import { tellUntaken } from './tell-untaken.ts'
import { reportBrokerErrors } from './broker-errors.ts'

/** How it ended, and at what limits it went in the end. */
type Worked = RunEnd & Pick<RunRecord, 'limits' | 'paced'>

/** Sends what there is to send of a run, or has the workers elsewhere do so, and records what comes back. */
export async function workOnRun(
  options: SessionOptions & { readonly ledger: Ledger; readonly places: RunPlaces },
  { environment, on, signal }: Context,
): Promise<Worked> {
  const { broker, connection, record, ledger, places } = options
  const { plan, compiled, source } = options.input
  const { baseUrl, credentials } = environment.api()
  const onError = reportBrokerErrors(on)
  await using open = new AsyncDisposableStack()
  const tokens = accountTokens(broker, record.account, credentials)
  const client = createClient({ baseUrl, credentials, tokens, proxies: environment.proxies })
  open.defer(() => client.close())
  open.use(watchOtherVersions({ broker, account: record.account, on }))
  open.defer(() => source.close())
  for (const text of await broker.advice()) on({ kind: 'broker-advice', text })
  const settings = runSettings(plan, record.limits, record.lanes)
  const { account } = record
  const inFlight = new Map(options.workers ? compiled.lanes.map((lane) => [lane, 0]) : [])
  const workers = options.workers
    ? startWorkers({
        broker,
        client,
        account,
        lanes: compiled.lanes,
        minuteMs: environment.minuteMs,
        onError,
        onWork(event) {
          if (event.kind === 'lane-load') inFlight.set(event.lane, event.rows)
          on(event)
        },
      })
    : undefined
  open.defer(() => workers?.close())
  if (workers !== undefined) {
    const work = { account, baseUrl, lanes: compiled.lanes, run: record.run }
    open.adopt(enrolWorker(broker, work), (enrolment) => enrolment.end())
  }
  const paces = openPaces(broker, record, onError)
  const broken = new AbortController()
  const onFault = (error: unknown) => broken.abort(error)
  const progress = startProgress({ record, source, ledger, paces, inFlight, away: broker.away, on, onFault })
  open.defer(() => progress.stop())
  open.defer(() => paces.close())
  const watch = watchFile(options)
  const watched = tellAssumed(watch.watched(), record.run, on)
  const end = await conductRun({
    run: record.run,
    account,
    plan: watched.plan,
    rows: notingSource(source, ledger),
    rowsBefore: places.rowsBefore,
    placeBehind: async (row) => await places.behind?.(row, () => watch.snapshot()),
    limit: record.limit,
    confirmRead: () => confirmRead(source, record),
    ledger,
    broker,
    settings: settings.batchSettings,
    batchRows: settings.batchRows,
    priority: record.priority,
    window: settings.window,
    stopWhen: plan.stopWhen,
    // What an earlier run was answered says that the account is served.
    wasAnswered: record.rerunOf !== undefined,
    requestFile: runFolder(environment.home, record.run).request,
    signal,
    broken: broken.signal,
    onEnding: connection.endSoon,
    isAbandonment: connection.isAbandonment,
    stopWorkers: async () => workers?.close(),
    onPace(lane, rpm) {
      paces.change(lane, rpm)
      saveRunRecord(environment.home, { ...record, ...paces.now() })
      on({ kind: 'pace-changed', run: record.run, lane, rpm })
    },
    onUntaken: tellUntaken({ run: record.run, account, registry: broker.registry, on }),
    onNotice(notice) {
      progress.heard(notice)
      on({ kind: 'notice', run: record.run, notice })
    },
    onUnsent(outcomes) {
      for (const { lane, result } of outcomes) on({ kind: 'row-answered', lane, result })
    },
    onRead(rows, ended) {
      progress.read(rows, ended)
      if (ended) watched.ended()
    },
    onError,
  })
  // A verification's rows are those of another run, which has its own.
  if (record.verifies === undefined) ledger.meta.set(REMARKS, [...unreadRemarks(source.unread), ...watch.remarks()])
  return { ...end, ...paces.now() }
}

/** Watches the file's columns, from where the sessions before have come to. */
function watchFile({ record, input, places }: Parameters<typeof workOnRun>[0]): FileWatch {
  const { plan, compiled, source } = input
  const watch = new FileWatch({
    plan: compiled,
    columns: source.columns,
    empty: plan.rows.empty,
    isChoice: record.rerunOf !== undefined,
  })
  if (places.seen !== undefined) watch.restore(places.seen)
  return watch
}
