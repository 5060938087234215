import type { Json } from '../model.ts'
import { watchDated } from './dated-ids.ts'
import { watchLostZeros } from './lost-zeros.ts'
import { mendIdentifier } from './mend-identifier.ts'
import { watchShortened } from './shortened-ids.ts'
import { watchOddIds } from './odd-ids.ts'
import type { Filter, Refuse } from './template.ts'
import { isList, isObject } from './values.ts'

/**
 * The filter that stands behind all others of an expression that gives an identifier, or a list or an object that holds
 * some, as its path in the plan tells; undefined where it gives none.
 */
export function identifierFilter(path: string): Filter | undefined {
  const spot = spotAt(path)
  if (spot === undefined) return undefined
  if (spot === ID) {
    const shortened = watchShortened()
    const dated = watchDated()
    const zeros = watchLostZeros()
    const odd = watchOddIds()
    const read: ReadFilter['read'] = (value, refuse) => {
      const id = mendIdentifier(value, refuse, odd.look)
      if (typeof id === 'string' || typeof id === 'number') {
        shortened.see(id)
        dated.see(id)
        zeros.see(id)
        odd.see(id)
      }
      return id
    }
    return { kind: 'read', read, watches: [shortened, dated, zeros, odd] }
  }
  return { kind: 'read', read: (value, refuse) => mendWithin(value, spot, { path: '', refuse }) }
}

type ReadFilter = Extract<Filter, { kind: 'read' }>

/** Whether an expression at this path of the plan gives an identifier of the member, alone. */
export function givesIdentifier(path: string): boolean {
  return spotAt(path) === ID && !path.endsWith(MEMBERSHIP)
}

/** Whether it gives the id by which a partner program knows the member. */
export function givesMembership(path: string): boolean {
  return spotAt(path) === ID && path.endsWith(MEMBERSHIP)
}

/** Where identifiers are in what a plan's expression may give. */
type Spot = 'id' | { readonly list: Spot } | { readonly fields: Readonly<Record<string, Spot>> }

const ID = 'id'
const MEMBERSHIP = 'partnerMembershipId'
const HOLDERS: Spot = { list: { fields: { value: ID } } }
const MEMBER: Spot = { fields: { id: ID, mobile: ID, email: ID, externalId: ID, external_id: ID, userId: ID } }
const PROGRAMS: Spot = { list: { fields: { customerPartnerReference: { fields: { partnerMembershipId: ID } } } } }
/** By the keys of a lane's part of the plan. */
const LANE: Spot = {
  fields: {
    body: { fields: { profiles: { list: { fields: { identifiers: HOLDERS, commChannels: HOLDERS } } } } },
    customer: MEMBER,
    by: MEMBER,
    linkToPartnerPrograms: PROGRAMS,
  },
}

function spotAt(path: string): Spot | undefined {
  const [, ...steps] = path.split(/\.|(?=\[)/)
  let spot: Spot | undefined = LANE
  for (const step of steps) {
    if (spot === undefined || spot === ID) return undefined
    if ('list' in spot) spot = step.startsWith('[') ? spot.list : undefined
    else spot = Object.hasOwn(spot.fields, step) ? spot.fields[step] : undefined
  }
  return steps.length === 0 ? undefined : spot
}

interface Place {
  readonly path: string
  readonly refuse: Refuse
}

/** The value with its identifiers mended; the very same where nothing is to be mended. */
function mendWithin(value: Json, spot: Spot, place: Place): Json | undefined {
  if (spot === ID) {
    if (value === null) return null
    const mended = mendIdentifier(value, (found, why, hint) => place.refuse(found, `in ${place.path} ${why}`, hint))
    // A record that is sent whole keeps what is plainly white space.
    return typeof value === 'string' && mended === value.trim() ? value : mended
  }
  if ('list' in spot) return isList(value) ? mendList(value, spot.list, place) : value
  return isObject(value) ? mendFields(value, spot.fields, place) : value
}

function mendList(list: readonly Json[], spot: Spot, { path, refuse }: Place): Json {
  const mended = list.map((item, at) => mendWithin(item, spot, { path: `${path}[${at}]`, refuse }) ?? null)
  return mended.every((item, at) => item === list[at]) ? list : mended
}

function mendFields(
  object: { readonly [name: string]: Json },
  spots: Readonly<Record<string, Spot>>,
  { path, refuse }: Place,
): Json {
  let mended = object
  for (const [name, spot] of Object.entries(spots)) {
    const value = Object.hasOwn(object, name) ? object[name] : undefined
    if (value === undefined) continue
    const field = mendWithin(value, spot, { path: path === '' ? name : `${path}.${name}`, refuse }) ?? null
    if (field !== value) mended = { ...mended, [name]: field }
  }
  return mended
}
