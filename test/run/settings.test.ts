import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadPlan } from '../../src/plan/load-plan.ts'
import { runSettings } from '../../src/run/settings.ts'
import { unlimitedPlan } from '../../bench/support/plans.ts'

const register = loadPlan(readFileSync(unlimitedPlan('register'), 'utf8'), 'register.plan.yaml')
const link = loadPlan(readFileSync(unlimitedPlan('link'), 'utf8'), 'link.plan.yaml')

/** Replies that take so long must not make the window the bottleneck. */
const SLOW_REPLY_SECONDS = 3

test('the window holds what is under way at any limit while replies are slow, twice over', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6_000 }), (rpm) => {
      const underWay = (rpm / 60) * SLOW_REPLY_SECONDS
      expect(runSettings(register, { register: rpm }, ['register']).window.rows).toBeGreaterThanOrEqual(underWay * 2)
      expect(runSettings(link, { link: rpm }, ['link']).window.rows).toBeGreaterThanOrEqual(underWay * 2 * 50)
    }),
  )
})

test('the window is small where the limit is low, and does not grow where there is none', () => {
  expect(runSettings(register, { register: 100 }, ['register']).window.rows).toBe(500)
  expect(runSettings(register, {}, ['register']).window.rows).toBe(4_000)
  expect(runSettings(link, {}, ['link']).window.rows).toBe(4_000)
})
