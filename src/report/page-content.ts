import { dirname } from 'node:path'

import type { Ledger } from '../ledger/ledger.ts'
import { laneNames } from '../lanes/lanes.ts'
import type { Json } from '../model.ts'
import { asTyped } from '../typed-commands.ts'
import { formatCount, plural } from '../words.ts'
import type { Figures } from './figures.ts'
import { TIMELINE_STEPS, lanePace } from './lane-pace.ts'
import { type NextStep, nextSteps } from './next-steps.ts'
import type { PageContent, Setting } from './page/content.ts'
import type { RunInfo, Summary } from './summary.ts'

interface Known {
  readonly run: RunInfo
  /** The run's folder. */
  readonly dir: string
  readonly summary: Summary
  readonly figures: Figures
}

/** Gathers what report.html says: of the rows from the figures, of the time from the ledger. */
export function pageContent(
  ledger: Pick<Ledger, 'meta' | 'events' | 'timeline'>,
  { run, dir, summary, figures }: Known,
): PageContent {
  const timeline = ledger.timeline(TIMELINE_STEPS)
  const events = ledger.events()
  return {
    run,
    summary,
    figures,
    paces: laneNames.flatMap((lane) => {
      const limit = run.limits[lane] ?? run.otherLimits?.[lane] ?? undefined
      return (timeline && lanePace(lane, timeline, { events, limit })) ?? []
    }),
    next: nextSteps({ ...run, folder: dir, lanes: Object.keys(run.limits), ...figures.statuses, ...run.family }).map(
      (step) => typed(step, run, dir),
    ),
    settings: settingsOf(run, { rows: figures.rows, kept: ledger.meta.get('settings') }),
  }
}

function typed({ text, commands }: NextStep, { command = 'rollcall' }: RunInfo, dir: string): NextStep {
  const home = dirname(dirname(dir))
  // Where commands look by themselves, they need not be told.
  const typing = { command, ...(home !== '.rollcall' && { home }) }
  return { text: asTyped(text, typing), commands: commands.map((each) => asTyped(each, typing)) }
}

function settingsOf(
  run: RunInfo,
  { rows, kept }: { readonly rows: number; readonly kept: Json | undefined },
): readonly Setting[] {
  const limits = laneNames.flatMap((lane): Setting[] => {
    const rpm = run.limits[lane]
    if (rpm === undefined) return []
    return [[`limit of ${lane}`, rpm === null ? 'none' : `${formatCount(rpm)} requests a minute`]]
  })
  const known: readonly (readonly [string, string | undefined])[] = [
    ['file', run.file],
    ['its SHA-256', run.sha256],
    ['rows read', run.rowLimit === undefined ? plural(rows, 'row') : `the first ${formatCount(run.rowLimit)} at most`],
    ['plan', run.plan],
    ['its SHA-256', run.planSha256],
    ['API', run.baseUrl],
    ...limits,
    ['priority', run.priority === 'normal' ? undefined : run.priority],
    ...(Array.isArray(kept) ? (kept as unknown as readonly Setting[]) : []),
  ]
  return known.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value.slice(0, LONGEST)]],
  )
}

const LONGEST = 500
