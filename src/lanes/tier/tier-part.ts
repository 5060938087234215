import type { Fault } from '../../plan/fault.ts'
import { didYouMean } from '../../plan/nearest.ts'
import type { ParseContext } from '../../plan/parse-template.ts'
import { pathBelow } from '../../plan/plan-problem.ts'
import { type YamlNode, entryOf } from '../../plan/read-yaml.ts'
import { isEmpty, isObject, quoteValue } from '../../plan/values.ts'
import type { Json } from '../../model.ts'
import { type ProgramFields, partnerPlan } from '../partner/partner-part.ts'
import { MAX_CUSTOMERS } from '../partner/partner-request.ts'
import type { TierRequest } from './tier-request.ts'

export const tierPlan = partnerPlan<TierRequest>({
  lane: 'tier',
  list: 'partnerProgramUpdates',
  noun: 'a change of tier',
  batch: MAX_CUSTOMERS,
  asksNothing: 'it names no change of tier',
  checkProgram: checkUpdate,
  choose: chooseUpdates,
})

/** What can be done with a tier. One of the API's own texts says UPDATE for UPGRADE (capillary-facts-2.md, C4). */
const UPDATE_TYPES = ['UPGRADE', 'DOWNGRADE', 'RENEW']
/** Takes back a relink that waits for its date, and needs no tier. */
const CANCELLED = 'MEMBERSHIP_RELINKING_CANCELLED'

function checkUpdate(node: YamlNode, path: string, context: ParseContext): void {
  if (node.kind !== 'map') return
  const type = entryOf(node, 'updateType')
  if (type === undefined) {
    const message = `A change of tier needs an \`updateType\`: ${UPDATE_TYPES.join(', ')}, as in \`updateType: "\${change}"\`.`
    context.problems.push({ at: node.at, path, message })
    return
  }
  const { value } = type
  if (value.kind !== 'scalar' || typeof value.value !== 'string' || value.value.includes('${')) return
  if (!isUpdateType(value.value)) {
    const message = `Found \`${value.source}\`, expected one of ${UPDATE_TYPES.join(', ')}.${didYouMean(value.value, UPDATE_TYPES)}`
    context.problems.push({ at: value.at, path: pathBelow(path, 'updateType'), message })
  }
}

/** A program without a kind of update asks for none. */
function chooseUpdates(programs: readonly ProgramFields[], faults: Fault[]): readonly ProgramFields[] {
  return programs.filter((program) => {
    const { updateType: type, updateDetails: details } = program
    if (isEmpty(type)) return false
    if (!isUpdateType(type)) faults.push(oddType(type ?? null))
    else if (type !== CANCELLED && isEmpty(isObject(details) ? details['updatedTierName'] : undefined))
      faults.push(NO_TIER)
    return true
  })
}

function isUpdateType(type: Json | undefined): boolean {
  return typeof type === 'string' && (UPDATE_TYPES.includes(type) || type === CANCELLED)
}

function oddType(type: Json): Fault {
  const expected = `is no kind of update; expected ${UPDATE_TYPES.join(', ')}`
  return {
    message: `updateType: ${quoteValue(type)} ${expected}`,
    hint: 'Write it in capitals (`| upper`), or translate it with a table (`| map`).',
    kind: `updateType: ${expected}`,
  }
}

const NO_TIER: Fault = {
  message: 'The row asks for a change of tier and names no tier.',
  hint: 'Give updateDetails.updatedTierName.',
  kind: 'The row asks for a change of tier and names no tier.',
}
