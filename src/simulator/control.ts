import { UsageError } from '../model.ts'
import type { Member } from './account.ts'
import { keyOf } from './identifiers.ts'
import type { Faults } from './faults.ts'
import { checkFaults } from './faults.ts'
import { asRecord, parseJson } from './read-json.ts'
import type { Arrival } from './traffic.ts'

/** What the control paths reach. */
export interface Controls {
  stats(): object
  customers(): Iterable<CustomerRecord>
  members(): Iterable<MemberRecord>
  member(type: string, value: string): MemberRecord | undefined
  arrivals(): readonly Arrival[]
  /** False where there is no such customer. */
  addPoints(type: string, value: string, points: number): boolean
  forget(type: string, value: string): boolean
  setFaults(faults: Faults): void
  setOutage(on: boolean): void
  revokeTokens(): void
}

/** A customer of the account. */
export interface CustomerRecord {
  readonly id: number
  /** `type:value`, normalised. */
  readonly identifiers: readonly string[]
  readonly sources: readonly string[]
  /** Awarded by registrations, over all programs. */
  readonly points: number
  /** Names of the partner programs. */
  readonly links: readonly string[]
}

/** What arrived for a member, customer or not, and what was answered. */
export interface MemberRecord {
  /** `type:value` of the primary identifier. */
  readonly key: string
  /** Absent: not a customer. */
  readonly id?: number
  readonly created: number
  readonly arrivals: { readonly register: number; readonly link: number; readonly lookup: number }
  /** Replies of success that left whole. */
  readonly answers: { readonly register: number; readonly link: number }
  /** Replies of a final refusal that left whole. */
  readonly refusals: { readonly register: number; readonly link: number }
  /** How often each partner program was linked. */
  readonly links: Readonly<Record<string, number>>
}

/**
 * The paths under `/_simulator/`, for asking a simulator in another process.
 * GET `stats`, `customers`, `members`, `member?type=&value=`, `arrivals`; POST `faults` (replaces them all),
 * `outage` ({ on }), `revoke` (ends every token), `points` ({ type, value, points }: adds them to a customer's balance, or
 * takes them away below zero), `forget` ({ type, value }: deletes a customer). Gives the HTTP status and the JSON body.
 */
export function control(
  { method, url, text }: { readonly method: string; readonly url: URL; readonly text: string },
  controls: Controls,
): { readonly status: number; readonly body: object } {
  switch (`${method} ${url.pathname.slice('/_simulator/'.length)}`) {
    case 'GET stats':
      return ok(controls.stats())
    case 'GET customers':
      return ok([...controls.customers()])
    case 'GET members':
      return ok([...controls.members()])
    case 'GET arrivals':
      return ok(controls.arrivals())
    case 'GET member': {
      const member = controls.member(url.searchParams.get('type') ?? '', url.searchParams.get('value') ?? '')
      return member === undefined ? mistake(404, 'nothing arrived for this member') : ok(member)
    }
    case 'POST faults':
      return setFaults(text, controls)
    case 'POST outage': {
      const on = asRecord(parseJson(text))?.['on']
      if (typeof on !== 'boolean') return mistake(400, 'expected {"on":true} or {"on":false}')
      controls.setOutage(on)
      return ok({ on })
    }
    case 'POST points':
    case 'POST forget': {
      const { type, value, points } = asRecord(parseJson(text)) ?? {}
      const known = typeof type === 'string' && typeof value === 'string'
      const isForgotten = url.pathname.endsWith('forget')
      if (!known || (!isForgotten && typeof points !== 'number')) {
        return mistake(400, 'expected {"type":"mobile","value":"…"}, and for points "points":-5')
      }
      const done = isForgotten ? controls.forget(type, value) : controls.addPoints(type, value, Number(points))
      return done ? ok({}) : mistake(404, 'there is no such customer')
    }
    case 'POST revoke':
      controls.revokeTokens()
      return ok({})
    default:
      return mistake(404, `no such control: ${method} ${url.pathname}`)
  }
}

export function customerRecord(member: Member): CustomerRecord {
  return {
    id: member.id,
    identifiers: member.identifiers.map(keyOf),
    sources: member.sources.split(','),
    points: member.points.reduce((sum, [, awarded]) => sum + awarded, 0),
    links: member.links.map(({ program }) => program),
  }
}

export function memberRecord(member: Member): MemberRecord {
  return {
    key: member.key,
    id: member.id === 0 ? undefined : member.id,
    created: member.created,
    arrivals: { register: member.registerArrivals, link: member.linkArrivals, lookup: member.lookupArrivals },
    answers: { register: member.registerAnswers, link: member.linkAnswers },
    refusals: { register: member.registerRefusals, link: member.linkRefusals },
    links: Object.fromEntries(member.links.map(({ program, made }) => [program, made])),
  }
}

function setFaults(text: string, controls: Controls): { status: number; body: object } {
  try {
    const faults = checkFaults(asRecord(parseJson(text)) ?? {})
    controls.setFaults(faults)
    return ok(faults)
  } catch (error) {
    if (error instanceof UsageError) return mistake(400, error.message)
    throw error
  }
}

function ok(body: object): { status: number; body: object } {
  return { status: 200, body }
}

function mistake(status: number, error: string): { status: number; body: object } {
  return { status, body: { error } }
}
