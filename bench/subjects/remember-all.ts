import { readFileSync, statSync } from 'node:fs'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'
import { openSource } from '../../src/source/open-source.ts'
import { type Outcomes, settle } from '../../src/sync/settle.ts'
import { openStore, syncFolder } from '../../src/sync/store.ts'
import { surveyFile } from '../../src/sync/survey.ts'

export interface RememberArgument {
  readonly file: string
  readonly plan: string
  readonly home: string
  /** The sync's name. */
  readonly name: string
}

export interface RememberResult {
  readonly surveyMs: number
  readonly settleMs: number
  readonly peakBytes: number
  /** Of what is remembered, on the disk. */
  readonly storedBytes: number
}

/** A ledger in which every row is linked. */
const allLinked: Outcomes = {
  rowStates: (first, last) =>
    Array.from({ length: last - first + 1 }, (_, at) => ({
      row: first + at,
      outcomes: { link: { result: 'linked', status: 'ok' } },
    })),
  repeatedBy: () => undefined,
}

/** What a first night does to the memory of a sync: it compares every row, and remembers each as done. */
async function rememberAll({ file, plan, home, name }: RememberArgument): Promise<RememberResult> {
  const store = openStore(home, name)
  const source = await openSource(file)
  const loaded = loadPlan(readFileSync(plan, 'utf8'), plan)
  const compiled = compilePlan(loaded, source.columns)
  const startedAt = performance.now()
  store.db.exec('BEGIN IMMEDIATE')
  await surveyFile(store, source.chunks(), compiled, {
    columns: source.columns,
    empty: [],
    retryRejected: 'changed',
    holds: 'everyone',
    parts: loaded.lanes,
  })
  store.db.exec('COMMIT')
  const surveyedAt = performance.now()
  store.transaction(() => settle(store, 'first', allLinked, { complete: true }))
  const settledAt = performance.now()
  await source.close()
  store.close()
  return {
    surveyMs: surveyedAt - startedAt,
    settleMs: settledAt - surveyedAt,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    storedBytes: statSync(syncFolder(home, name).database).size,
  }
}

process.stdout.write(JSON.stringify(await rememberAll(JSON.parse(process.argv[2] ?? '') as RememberArgument)))
