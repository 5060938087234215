import type { Lane } from '../lanes/lane.ts'
import { laneNamed } from '../lanes/lanes.ts'
import type { LaneName, SourceRow } from '../model.ts'
import type { Rendered, Requests } from '../plan/compile-plan.ts'
import { doubtsSent } from '../plan/doubtful-values.ts'
import type { FoundAt } from './kinds.ts'

/** What a row adds to a check: little, so that it can be kept until it is known whether it counts. */
export interface RowFinding {
  readonly kind: Rendered['kind']
  /** The lanes that it asks for. */
  readonly lanes: readonly LaneName[]
  /** How often it is looked up before it is sent, by the lane of the look-ups. */
  readonly lookUps: readonly (readonly [LaneName, number])[]
  readonly said: readonly Said[]
  /** Where it may be the first that asks for a lane. */
  readonly requests?: Requests | undefined
}

/** The lists of a check, by what is told in each. */
export type ListName = 'problems' | 'skips' | 'repeats' | 'losses' | 'left_out' | 'doubts'

interface Said {
  readonly list: ListName
  readonly kind: string
  readonly at: FoundAt
  readonly hint?: string | undefined
  readonly value?: string | undefined
}

/** Tells what rows add to a check. Mostly that is the same as of a row before, and then it is the same finding. */
export class RowFindings {
  readonly #lanes: readonly Lane[]
  readonly #now: number
  /** Of rows of which there is nothing to be said: by the lanes that they ask for, a bit each. */
  readonly #plain: RowFinding[] = []

  /** `now`: milliseconds since the epoch; what expires before is past. */
  constructor(lanes: readonly LaneName[], now: number) {
    this.#lanes = lanes.map(laneNamed)
    this.#now = now
  }

  /** `isFirst`: whether it may be the first that asks for one of its lanes. */
  of(row: SourceRow, rendered: Rendered, isFirst: boolean): RowFinding {
    switch (rendered.kind) {
      case 'requests':
        return this.#ofRequests(row, rendered, isFirst)
      case 'invalid':
        return {
          ...EMPTY,
          kind: 'invalid',
          said: rendered.faults.map(({ message, kind, hint, value }) => ({
            list: 'problems',
            kind,
            at: placed(row, rendered, message),
            hint,
            value,
          })),
        }
      case 'skipped': {
        const { message, hint } = rendered
        return {
          ...EMPTY,
          kind: 'skipped',
          said: [{ list: 'skips', kind: message, at: placed(row, rendered, message), hint }],
        }
      }
    }
  }

  #ofRequests(row: SourceRow, rendered: Ready, isFirst: boolean): RowFinding {
    const { requests } = rendered
    const said = saidOf(row, rendered)
    let lookUps = EMPTY.lookUps
    let asked = 0
    for (const [at, lane] of this.#lanes.entries()) {
      const request = requests[lane.name]
      if (request === undefined) continue
      asked |= 1 << at
      const lookedUp = lane.lookedUp?.(request)
      if (lookedUp !== undefined) lookUps = [...lookUps, ...Object.entries(lookedUp)]
      for (const { message } of lane.predictLosses?.(request, this.#now) ?? []) {
        said.push({ list: 'losses', kind: message, at: placed(row, rendered, message) })
      }
    }
    const plain = (this.#plain[asked] ??= { ...EMPTY, lanes: this.#lanesOf(asked) })
    if (said.length === 0 && lookUps.length === 0 && !isFirst) return plain
    return { ...plain, lookUps, said, requests: isFirst ? requests : undefined }
  }

  #lanesOf(asked: number): readonly LaneName[] {
    return this.#lanes.flatMap(({ name }, at) => ((asked & (1 << at)) === 0 ? [] : name))
  }
}

type Ready = Extract<Rendered, { kind: 'requests' }>

const EMPTY: RowFinding = { kind: 'requests', lanes: [], lookUps: [], said: [] }

/** What is to be said of a row that is sent, apart from its losses. */
function saidOf(row: SourceRow, rendered: Ready): Said[] {
  const { doubts, leftOut, again } = rendered
  const said: Said[] = []
  if (doubts !== undefined) {
    for (const { message, kind, hint, value } of doubtsSent(rendered)) {
      said.push({ list: 'doubts', kind, at: placed(row, rendered, message), hint, value })
    }
  }
  for (const { message, kind, value } of leftOut ?? []) {
    said.push({ list: 'left_out', kind, at: placed(row, rendered, message), value })
  }
  if (again !== undefined) said.push({ list: 'repeats', kind: again, at: placed(row, rendered, again) })
  return said
}

function placed({ row, line }: SourceRow, { key }: Rendered, message: string): FoundAt {
  return { row, line, key, message }
}
