import type { Figures } from '../figures.ts'
import type { LanePace } from '../lane-pace.ts'
import type { NextStep } from '../next-steps.ts'
import type { RunInfo, Summary } from '../summary.ts'

/** All that report.html is made from. */
export interface PageContent {
  readonly run: RunInfo
  readonly summary: Summary
  readonly figures: Figures
  readonly paces: readonly LanePace[]
  readonly next: readonly NextStep[]
  /** What the run went by, as names and values. */
  readonly settings: readonly Setting[]
}

export type Setting = readonly [name: string, value: string]
