import { describe, expect, test } from 'vitest'
import { lanes } from '../../src/lanes/lanes.ts'
import type { LaneName } from '../../src/model.ts'
import type { Requests } from '../../src/plan/compile-plan.ts'
import { asksText } from '../../src/sync/asks.ts'
import { STATE, STEP, type SyncedLane, decide } from '../../src/sync/decide.ts'

/** A member as a plan asks for it on the lanes that are named. */
function asks(names: readonly LaneName[], { city = 'Pune', mobile = '91980', tier = 'Silver' } = {}): string {
  const requests: Requests = {
    register: { body: { profiles: [{ identifiers: [{ type: 'mobile', value: mobile }] }], extendedFields: { city } } },
    'register-v1': { customer: { mobile, extended_fields: { field: [{ name: 'city', value: city }] } }, keep: true },
    update: { by: { type: 'externalId', value: 'M-1' }, source: 'INSTORE', body: { extendedFields: { city } } },
    tier: { customer: { externalId: 'M-1' }, partnerProgramUpdates: [{ updateDetails: { updatedTierName: tier } }] },
  }
  return asksText(Object.fromEntries(Object.entries(requests).filter(([lane]) => names.includes(lane))))
}

const laneNamed = (name: LaneName) => lanes.find((lane) => lane.name === name) as SyncedLane

/** What is done with a member who was done, and has changed since. */
function stepsFor(names: readonly LaneName[], change: Parameters<typeof asks>[1], named = laneNamed): string {
  const known = { asks: asks(names), states: STATE.done.repeat(names.length) }
  return decide([known], asks(names, change), { retryRejected: 'changed', laneNamed: named }).steps
}

/** As the survey has it under a plan with `existing: update`. */
function changing(name: LaneName): SyncedLane {
  const lane = laneNamed(name)
  return name === 'register-v1' ? { ...lane, sync: { ...lane.sync, cannotChange: undefined } } : lane
}

const { send, unchanged, cannotChange, takenOver, partly } = STEP

describe.each(['register', 'register-v1'])('of a member whom %s made, in a sync', (creates) => {
  test('what update changes goes to update', () => {
    expect(stepsFor([creates, 'update', 'tier'], { city: 'Agra' })).toBe(`${takenOver}${send}${unchanged}`)
  })

  test('another tier goes to tier alone', () => {
    expect(stepsFor([creates, 'update', 'tier'], { tier: 'Gold' })).toBe(`${unchanged}${unchanged}${send}`)
  })

  test('another identifier is sent by nobody, and is told though update sends the rest', () => {
    expect(stepsFor([creates, 'update'], { mobile: '91981' })).toBe(`${cannotChange}${unchanged}`)
    expect(stepsFor([creates, 'update'], { mobile: '91981', city: 'Agra' })).toBe(`${partly}${send}`)
  })

  test('without update nothing is sent, and that is told', () => {
    expect(stepsFor([creates], { city: 'Agra' })).toBe(cannotChange)
  })

  test('what an earlier rollcall remembered without its identifiers is the same', () => {
    const known = { asks: asks([creates, 'tier']).replaceAll(/\.\S*/g, ''), states: STATE.done.repeat(2) }
    const decision = decide([known], asks([creates, 'tier']), { retryRejected: 'changed', laneNamed })
    expect(decision).toEqual({ change: 'unchanged', steps: `${unchanged}${unchanged}` })
  })
})

test('with `existing: update`, register-v1 sends again what has changed', () => {
  expect(stepsFor(['register-v1', 'tier'], { city: 'Agra' }, changing)).toBe(`${send}${unchanged}`)
})
