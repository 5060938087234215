import { createHmac } from 'node:crypto'

import type { ResultRow } from '../ledger/ledger.ts'
import { hintShape, messageShape } from '../ledger/message-shape.ts'
import { laneNames } from '../lanes/lanes.ts'
import type { Input, Json, LaneName, Outcome, SideEffect } from '../model.ts'
import { withoutMember } from '../outside/member-words.ts'
import type { Rendering } from './render-reports.ts'

/** Hides a text: the same text under the same key always reads the same, and nobody without the key can go back. */
export type Hide = (text: string) => string

export function hideWith(key: string): Hide {
  return (text) => (text === '' ? '' : `m-${createHmac('sha256', key).update(text).digest('hex').slice(0, 16)}`)
}

/**
 * A ledger whose rows show nothing of their members: cells and keys are hidden, and of what the API says and
 * of hints only the shape is left. An empty cell stays empty. What is not members' data stays: statuses, codes, request and
 * customer ids.
 */
export function maskedLedger(ledger: Rendering['ledger'], hide: Hide): Rendering['ledger'] {
  return {
    ...ledger,
    *results() {
      for (const row of ledger.results()) yield maskRow(row, hide)
    },
    *inputs() {
      for (const input of ledger.inputs()) yield maskInput(input, hide)
    },
  }
}

function maskRow(row: ResultRow, hide: Hide): ResultRow {
  const outcomes: Record<LaneName, Outcome> = {}
  for (const lane of laneNames) {
    const outcome = row.outcomes[lane]
    if (outcome !== undefined) outcomes[lane] = maskOutcome(outcome, row.input, hide)
  }
  return {
    ...row,
    // A key that only repeats the row's number says nothing of the member.
    key: row.key === `row ${row.row}` ? row.key : hide(row.key),
    input: maskInput(row.input, hide),
    raw: row.raw === undefined ? undefined : hide(row.raw),
    outcomes,
  }
}

function maskInput(input: Input, hide: Hide): Input {
  if (input.kind === 'cells') return { kind: 'cells', cells: input.cells.map(hide) }
  return { kind: 'value', value: maskJson(input.value, hide) }
}

function maskJson(value: Json, hide: Hide): Json {
  if (typeof value === 'string') return hide(value)
  if (typeof value === 'number') return hide(String(value))
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => maskJson(item, hide))
  return Object.fromEntries(Object.entries(value).map(([name, item]: [string, Json]) => [name, maskJson(item, hide)]))
}

function maskOutcome(outcome: Outcome, input: Input, hide: Hide): Outcome {
  const held = input.kind === 'cells' ? input.cells : input.value
  const shape = (message: string) => messageShape(withoutMember(message, held))
  return {
    ...outcome,
    message: outcome.message === undefined ? undefined : shape(outcome.message),
    hint: outcome.hint === undefined ? undefined : hintShape(outcome.hint),
    warnings: outcome.warnings.map((warning) => ({ ...warning, message: shape(warning.message) })),
    programs: outcome.programs?.map((program) => ({
      ...program,
      message: program.message === undefined ? undefined : shape(program.message),
    })),
    sideEffects: outcome.sideEffects.map((effect) => maskSideEffect(effect, hide)),
  }
}

/** Whoever knows a coupon's code can use it. */
function maskSideEffect(effect: SideEffect, hide: Hide): SideEffect {
  switch (effect.kind) {
    case 'coupon':
      return { ...effect, code: hide(effect.code) }
    case 'unknown':
      return { ...effect, raw: null }
    case 'points':
    case 'alternate_currency':
      return effect
  }
}
