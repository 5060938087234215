import { UsageError } from '../model.ts'
import type { Books } from './books.ts'
import type { Faults } from './faults.ts'
import { checkFaults } from './faults.ts'
import { checkOrg } from './org.ts'
import type { OrgOptions } from './org.ts'
import { asRecord, asText, parseJson } from './read-json.ts'
import type { Arrival } from './traffic.ts'

/** What the control paths reach. */
export interface Controls {
  readonly books: Books
  stats(): object
  arrivals(): readonly Arrival[]
  setFaults(faults: Faults): void
  setOrg(options: OrgOptions): void
  setOutage(on: boolean): void
  revokeTokens(): void
}

/**
 * The paths under `/_simulator/`, for asking a simulator in another process.
 * GET `stats`, `customers`, `members`, `member?type=&value=`, `profiles`, `profile?type=&value=`, `arrivals`; POST `faults`
 * (replaces them all), `org` (replaces the organisation's settings), `outage` ({ on }), `revoke` (ends every token),
 * `points` ({ type, value, points }: adds them to a customer's balance, or takes them away below zero), `forget` ({ type,
 * value }: deletes a customer), `merge` ({ survivor, victim }: ids). Gives the HTTP status and the JSON body.
 */
export function control(
  { method, url, text }: { readonly method: string; readonly url: URL; readonly text: string },
  controls: Controls,
): { readonly status: number; readonly body: object } {
  switch (`${method} ${url.pathname.slice('/_simulator/'.length)}`) {
    case 'GET stats':
      return ok(controls.stats())
    case 'GET customers':
      return ok([...controls.books.customers()])
    case 'GET members':
      return ok([...controls.books.members()])
    case 'GET arrivals':
      return ok(controls.arrivals())
    case 'GET member': {
      const member = controls.books.member(url.searchParams.get('type') ?? '', url.searchParams.get('value') ?? '')
      return member === undefined ? mistake(404, 'nothing arrived for this member') : ok(member)
    }
    case 'GET profiles':
      return ok([...controls.books.profiles()])
    case 'GET profile': {
      const profile = controls.books.profile(url.searchParams.get('type') ?? '', url.searchParams.get('value') ?? '')
      return profile === undefined ? mistake(404, 'there is no such customer') : ok(profile)
    }
    case 'POST merge': {
      const { survivor, victim } = asRecord(parseJson(text)) ?? {}
      const done = controls.books.takeIn(asText(survivor), asText(victim))
      return done ? ok({}) : mistake(404, 'expected {"survivor":700,"victim":701} with the ids of two customers')
    }
    case 'POST org':
      return orMistake(() => controls.setOrg(checkOrg(asRecord(parseJson(text)) ?? {})))
    case 'POST faults':
      return orMistake(() => {
        const faults = checkFaults(asRecord(parseJson(text)) ?? {})
        controls.setFaults(faults)
        return faults
      })
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
      const done = isForgotten
        ? controls.books.forget(type, value)
        : controls.books.addPoints(type, value, Number(points))
      return done ? ok({}) : mistake(404, 'there is no such customer')
    }
    case 'POST revoke':
      controls.revokeTokens()
      return ok({})
    default:
      return mistake(404, `no such control: ${method} ${url.pathname}`)
  }
}

function orMistake(set: () => object | void): { status: number; body: object } {
  try {
    return ok(set() ?? {})
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
