import type { Json } from '../../model.ts'
import type { KeepsIdentifier } from '../../plan/sieve.ts'
import { isList, isObject, withoutFields } from '../../plan/values.ts'

/** The body without the identifiers and channels of its profiles that are not kept; the very same where all are. */
export function keepIdentifiers(body: Json, keeps: KeepsIdentifier): Json {
  const profiles = isObject(body) ? body['profiles'] : undefined
  if (!isObject(body) || !isList(profiles)) return body
  let kept: Json[] | undefined
  for (let at = 0; at < profiles.length; at++) {
    const profile = profiles[at]
    const left = isObject(profile) ? keptProfile(profile, keeps) : profile
    if (left !== undefined && left !== profile) (kept ??= [...profiles])[at] = left
  }
  return kept === undefined ? body : { ...body, profiles: kept }
}

function keptProfile(profile: { readonly [name: string]: Json }, keeps: KeepsIdentifier): Json {
  const identifiers = keptItems(profile['identifiers'], keeps)
  const channels = keptItems(profile['commChannels'], keeps)
  return withList(withList(profile, 'identifiers', identifiers), 'commChannels', channels)
}

/** The very same list where all are kept, as in nearly every row: no copy is made. */
function keptItems(list: Json | undefined, keeps: KeepsIdentifier): Json | undefined {
  if (!isList(list)) return list
  let left: Json[] | undefined
  for (let at = 0; at < list.length; at++) {
    const item = list[at] as Json
    const isKept = !isObject(item) || typeof item['type'] !== 'string' || keeps(item['type'], item['value'])
    if (isKept) left?.push(item)
    else left ??= list.slice(0, at)
  }
  return left ?? list
}

/** The profile with what is left of a list, and without it where nothing is; the very same where it is as it was. */
function withList(profile: { readonly [name: string]: Json }, name: string, left: Json | undefined) {
  if (left === undefined || left === profile[name]) return profile
  return isList(left) && left.length === 0 ? withoutFields(profile, [name]) : { ...profile, [name]: left }
}
