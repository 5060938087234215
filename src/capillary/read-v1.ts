import type { Json } from '../model.ts'
import { booleanOf, codeOf, fieldOf, idOf, isList, isRecord, wordsOf } from './coerce.ts'
import type { Envelope, Issue, Item } from './envelope.ts'
import { readWarnings } from './read-issues.ts'
import { readSideEffects } from './read-side-effects.ts'

/**
 * The V1 envelope, given what stands under `response`. Its numbers come as strings and the other way round.
 * The request's own status counts only for items that have none: code 500 there says that every item failed,
 * and 201 that some did. Source: capillary-facts.md, section 6.
 */
export function readV1(response: Json): Envelope {
  const status = fieldOf(response, 'status')
  const issue = issueOf(status)
  const request = { passed: booleanOf(fieldOf(status, 'success')) ?? passedBy(issue.code), issue }
  const customers = fieldOf(fieldOf(response, 'customers'), 'customer')
  const list = isList(customers) ? customers : isRecord(customers) ? [customers] : []
  return {
    kind: 'v1',
    items: list.map((customer) => readItem(customer, request)),
    errors: request.passed === false ? [issue] : [],
  }
}

function readItem(customer: Json, request: { readonly passed?: boolean; readonly issue: Issue }): Item {
  const status = fieldOf(customer, 'item_status')
  const issue = issueOf(status)
  const passed = booleanOf(fieldOf(status, 'success')) ?? passedBy(issue.code) ?? request.passed
  const failure = isRecord(status) ? issue : request.issue
  return {
    id: idOf(fieldOf(customer, 'user_id')) ?? idOf(fieldOf(customer, 'id')),
    accepted: passed === true,
    errors: passed === false ? [failure] : [],
    warnings: readWarnings(fieldOf(status, 'warnings')),
    sideEffects: readSideEffects(fieldOf(customer, 'side_effects')),
  }
}

function passedBy(code: number | undefined): boolean | undefined {
  return code === 200 || code === 1000 ? true : code === 400 || code === 500 ? false : undefined
}

function issueOf(status: Json | undefined): Issue {
  return { code: codeOf(fieldOf(status, 'code')), message: wordsOf(fieldOf(status, 'message')) ?? '' }
}
