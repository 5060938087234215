import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadPlan } from '../../src/plan/load-plan.ts'

const page = readFileSync(new URL('../../docs/plan.md', import.meta.url), 'utf8')
const plans = [...page.matchAll(/```yaml\n(rows:[^`]*)```/g)]
  .map(([, text = '']) => text)
  .filter((text) => /^(?:register|register-v1|update|link|tier|unlink):/m.test(text))

test('docs/plan.md shows a plan of each kind', () => expect(plans.length).toBeGreaterThanOrEqual(5))

test.each(plans)('a plan that docs/plan.md shows loads: %s', (text) => {
  expect(() => loadPlan(text, 'plan.yaml')).not.toThrow()
})
