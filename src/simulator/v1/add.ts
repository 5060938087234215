import type { Account } from '../account.ts'
import { fixed } from '../answer.ts'
import type { Action, Answer } from '../answer.ts'
import { countEmpty } from '../fields.ts'
import { keyOf } from '../identifiers.ts'
import type { Member } from '../member.ts'
import { namedError } from '../named.ts'
import { asText } from '../read-json.ts'
import { failedItem } from './item.ts'
import type { Item } from './item.ts'
import { readApplicants } from './read-customers.ts'
import type { Applicant } from './read-customers.ts'
import { v1Refusal, v1Reply } from './reply.ts'
import { limitSaid } from './batch-limit.ts'
import { upsert } from './upsert.ts'
import type { V1World } from './v1-world.ts'
import { readWallTime, wallClock } from './wall-time.ts'

/** What `POST /v1.1/customer/add` will do (capillary-facts-2.md, A1). */
export function registerV1(
  request: { readonly text: string; readonly query: URLSearchParams },
  world: V1World,
): Action {
  const { account, org, businessStatus, fault } = world
  const applicants = readApplicants(request.text)
  if (applicants === undefined) return fixed(v1Refusal(400, 400))
  const members = applicants.map((applicant) => noteArrival(applicant, account))
  const tooMany = refuseBatch(applicants.length, org.batch.add, { ...world, applicants })
  if (tooMany !== undefined) return fixed(tooMany)

  const keys = applicants.map((applicant) => keysOf(applicant, account))
  const all = new Set<string>()
  const twice = keys.map((own) => {
    const again = own.some((key) => all.has(key))
    for (const key of own) all.add(key)
    return again
  })
  if (twice.includes(true)) account.counters.twiceInRequest += 1
  return {
    keys: [...all],
    perform(busy) {
      if (fault === 'v1AllFailed') {
        return v1Reply(
          applicants.map(({ asSent }) => ({ json: failedItem(asSent, 10001), ok: false })),
          { fault, businessStatus },
        )
      }
      const items = applicants.map((applicant, index): Item => {
        const held = twice[index] === true || keys[index]?.some((key) => busy.has(key)) === true
        if (held) account.counters.busy += 1
        const problem = held || (fault === 'busy521' && index === 0) ? 521 : refusalOf(applicant, world)
        if (problem !== undefined) return { json: failedItem(applicant.asSent, problem), ok: false }
        const withId = request.query.get('user_id') === 'true'
        return upsert(applicant, { ...world, withId, record: members[index] })
      })
      return v1Reply(items, { fault, businessStatus })
    },
  }
}

function noteArrival({ identifiers, record }: Applicant, account: Account): Member | undefined {
  account.counters.emptyValues += countEmpty(record)
  const member = account.memberOf(identifiers)
  if (member === undefined) return undefined
  member.v1 ??= { arrivals: 0, answers: 0, updates: 0 }
  member.v1.arrivals += 1
  if (member.v1.answers > 0) account.counters.v1Repeats += 1
  return member
}

// The customers' own keys too: a request of another lane holds them by whatever identifier it names.
function keysOf({ identifiers }: Applicant, account: Account): string[] {
  const customers = identifiers.flatMap((identifier) => account.customerWith(identifier)?.key ?? [])
  return account.remembers ? [...new Set([...identifiers.map(keyOf), ...customers])] : []
}

/** 1060, as a whole or in each item: nothing of the request is done. */
function refuseBatch(
  sent: number,
  limit: number | undefined,
  { org, businessStatus, fault, applicants }: V1World & { readonly applicants: readonly Applicant[] },
): Answer | undefined {
  const says = limitSaid(sent, limit, { org, fault })
  if (says === undefined) return undefined
  if (org.batch.where === 'top') return v1Refusal(businessStatus, 1060, says)
  const items = applicants.map(({ asSent }) => ({ json: failedItem(asSent, 1060, says), ok: false }))
  return v1Reply(items, { fault, businessStatus })
}

function refusalOf(applicant: Applicant, { account, org, now }: V1World): number | undefined {
  const { record, identifiers, externalId, problem } = applicant
  const named = namedError(externalId, account, 'register-v1')
  if (named !== undefined) return named
  if (org.refuseAll !== undefined) return org.refuseAll
  if (identifiers.length === 0) return 1007
  if (problem !== undefined) return problem
  const till = asText(record['registered_till'])
  if (till !== '' && org.tills?.includes(till) === false) return 91020
  const day = readWallTime(asText(record['registered_on']))
  const tomorrow = wallClock(now(), org.clusterOffset) + 86_400
  const first = readWallTime(org.firstDay ?? '')
  if (day !== undefined && (day > tomorrow || (first !== undefined && day < first))) return 1034
  return undefined
}
