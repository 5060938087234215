import type { Lane } from '../lanes/lane.ts'
import type { PlanProblem } from './plan-problem.ts'
import { entryOf } from './read-yaml.ts'
import type { YamlNode } from './read-yaml.ts'

type PlannedLane = Pick<Lane, 'name' | 'creates' | 'standsAlone'>

/**
 * What is wrong with the choice of lanes in a plan: it asks for none, for two that make the same record, or for one that
 * stands alone beside others. `lanes`: those that a plan may ask for.
 */
export function laneProblems(root: YamlNode, lanes: readonly PlannedLane[]): readonly PlanProblem[] {
  const asked = lanes.flatMap((lane) => {
    const entry = entryOf(root, lane.name)
    return entry === undefined ? [] : [{ ...lane, at: entry.at }]
  })
  if (asked.length === 0) {
    const parts = lanes.map(({ name }) => `a part \`${name}:\``).join(', or ')
    const message = `The plan asks for nothing. Add ${parts}, or ${lanes.length === 2 ? 'both' : 'several'}.`
    return [{ at: root.at, path: '', message }]
  }
  const [first, ...others] = asked.filter(({ creates }) => creates === true)
  const twice = others.map(({ name, at }) => {
    const message = `\`${first?.name}\` and \`${name}\` both make the member's record: a plan has one of them. Take one out.`
    return { at, path: name, message }
  })
  const alone = asked.flatMap(({ name, at, standsAlone }) => {
    const beside = asked.filter((other) => other.name !== name).map((other) => `\`${other.name}\``)
    if (standsAlone !== true || beside.length === 0) return []
    const message = `\`${name}\` stands alone in a plan. Put ${beside.join(', ')} into another one.`
    return [{ at, path: name, message }]
  })
  return [...twice, ...alone]
}
