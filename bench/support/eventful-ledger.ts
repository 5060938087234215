import type { Delivery, Ledger, RowEntry } from '../../src/ledger/ledger.ts'
import type { Outcome, SideEffect, Warning } from '../../src/model.ts'

export interface EventfulRun {
  readonly rows: number
  /** Rows that are not done, spread over the run, of 25 kinds. */
  readonly problems: number
}

const COLUMNS = ['external_id', 'name', 'mobile', 'note'] as const
export const EVENTFUL_START = Date.parse('2026-11-24T18:30:00Z')
/** Requests a minute. */
export const EVENTFUL_RPM = 1_000
const WRITE_ROWS = 1_000
const HOUR_MS = 3_600_000

/**
 * Fills a ledger with a run that met everything: 25 kinds of problems, warnings, points, coupons and a currency, a pause,
 * 429s and an outage. The same each time.
 */
export function fillEventfully(ledger: Ledger, { rows, problems }: EventfulRun): void {
  ledger.meta.set('columns', [...COLUMNS])
  ledger.write({
    events: [
      { kind: 'began', at: EVENTFUL_START },
      { kind: 'limit', lane: 'register', at: EVENTFUL_START, rpm: EVENTFUL_RPM },
    ],
  })
  const every = Math.max(Math.floor(rows / problems), 1)
  for (let first = 1; first <= rows; first += WRITE_ROWS) {
    const numbers = Array.from({ length: Math.min(WRITE_ROWS, rows - first + 1) }, (_, index) => first + index)
    const outcomes = numbers.map((row) => {
      const nth = Math.floor(row / every)
      return row % every === 0 && nth <= problems ? problem(row, nth % KINDS) : done(row)
    })
    ledger.write({ rows: numbers.map(entry), deliveries: [delivery(outcomes)] })
  }
  hinder(ledger, timeOf(rows))
}

const KINDS = 25
const CODES = [
  8007, 8008, 8009, 8010, 8011, 8012, 8013, 8014, 8015, 8016, 8017, 8018, 8019, 8020, 8021, 8025, 8026, 8027, 8028,
  4242,
]

function entry(row: number): RowEntry {
  const cells = [`M-${row}`, 'Asha Rao', `98${String(10_000_000 + row)}`, row % 40 === 0 ? 'says "=2+2", twice' : '']
  return {
    row,
    line: row + 1,
    key: cells[0] ?? '',
    input: { kind: 'cells', cells },
    asks: ['register'],
    batches: { register: Math.ceil(row / 20) },
  }
}

function outcome(row: number, more: Partial<Outcome>): Outcome {
  return {
    row,
    lane: 'register',
    result: 'registered',
    status: 'ok',
    warnings: [],
    sideEffects: [],
    attempts: 1,
    requestId: `req-${row}`,
    finishedAt: new Date(timeOf(row)).toISOString(),
    ...more,
  }
}

function done(row: number): Outcome {
  const customerId = String(556_000_000 + row)
  const warnings: Warning[] = []
  if (row % 10 === 3) warnings.push({ code: 8107, message: 'Default customer status label not set', lossy: false })
  if (row % 500 === 4) warnings.push({ code: 8055, message: 'Extended field is dropped', lossy: true })
  const sideEffects: SideEffect[] = []
  if (row % 2 === 0) sideEffects.push({ kind: 'points', awarded: row % 100 })
  if (row % 25 === 1) sideEffects.push({ kind: 'coupon', code: `JQI${row}`, validTill: '2027-07-29' })
  if (row % 50 === 2) sideEffects.push({ kind: 'alternate_currency', name: 'ac1', awarded: 110 })
  const lossy = warnings.some((warning) => warning.lossy)
  const exists = row % 70 === 5
  return outcome(row, {
    customerId,
    warnings,
    sideEffects,
    status: lossy ? 'warned' : 'ok',
    result: exists ? 'exists' : 'registered',
  })
}

function problem(row: number, kind: number): Outcome {
  const code = CODES[kind]
  if (code !== undefined) {
    const message = `Refused for "${98_000_000 + row}", ref ${row}0000`
    return outcome(row, { result: 'rejected', status: 'rejected', code, message, hint: 'Mend the cell.' })
  }
  if (kind === CODES.length) {
    return outcome(row, {
      result: 'failed',
      status: 'failed',
      message: 'no reply (ETIMEDOUT)',
      attempts: 6,
      hint: 'Send it again.',
    })
  }
  const column = ['mobile', 'email', 'dob', 'tier'][kind - CODES.length - 1]
  const message = `column "${column}": "x${row}" is no value of it`
  return outcome(row, {
    result: 'invalid',
    status: 'invalid',
    message,
    attempts: 0,
    requestId: undefined,
    hint: 'Mend the cell.',
  })
}

/** When a row was answered: at the limit, but for a pause, an outage and times in which the lane was held. */
function timeOf(row: number): number {
  const worked = (row * 60_000) / EVENTFUL_RPM
  return EVENTFUL_START + worked + (worked > HOUR_MS ? HOUR_MS / 2 : 0) + (worked > 2 * HOUR_MS ? HOUR_MS / 6 : 0)
}

function delivery(outcomes: readonly Outcome[]): Delivery {
  const sent = outcomes.filter(({ attempts }) => attempts > 0)
  const times = sent.map(({ finishedAt }) => Date.parse(finishedAt))
  const seconds: Record<number, number> = {}
  for (const at of times) seconds[Math.floor(at / 1000)] = (seconds[Math.floor(at / 1000)] ?? 0) + 1
  const traffic = {
    lane: 'register',
    requests: sent.length,
    retries: 0,
    throttled: 0,
    firstAt: times[0],
    lastAt: times.at(-1),
    seconds,
  } as const
  return { id: `d${outcomes[0]?.row}`, outcomes, traffic: [traffic] }
}

function hinder(ledger: Ledger, end: number): void {
  const [pause, outage] = [EVENTFUL_START + HOUR_MS, EVENTFUL_START + 2.5 * HOUR_MS]
  const lane = 'register'
  const holds = [0.25, 0.5, 0.75].map((part) => EVENTFUL_START + part * HOUR_MS)
  ledger.write({
    events: [
      ...(end > pause
        ? ([
            { kind: 'ended', at: pause, how: 'paused' },
            { kind: 'began', at: pause + HOUR_MS / 2 },
          ] as const)
        : []),
      ...(end > outage
        ? ([{ kind: 'outage', lane, at: outage, until: outage + HOUR_MS / 6, reason: 'ECONNREFUSED' }] as const)
        : []),
      ...holds.map((at) => ({ kind: 'throttled', lane, at, until: at + 43_333 }) as const),
      { kind: 'ended', at: end, how: 'finished' },
    ],
    deliveries: [{ id: 'throttled', outcomes: [], traffic: [{ lane, requests: 3, retries: 0, throttled: 3 }] }],
  })
}
