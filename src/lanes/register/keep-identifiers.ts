import type { Json } from '../../model.ts'
import type { KeepsIdentifier } from '../../plan/sieve.ts'
import { isList, isObject } from '../../plan/values.ts'

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
  let kept = profile
  for (const name of HOLDERS) {
    const list = profile[name]
    if (!isList(list)) continue
    const left = keptItems(list, keeps)
    if (left === list) continue
    const { [name]: _, ...others } = kept
    kept = left.length === 0 ? others : { ...kept, [name]: left }
  }
  return kept
}

const HOLDERS = ['identifiers', 'commChannels'] as const

/** The very same list where all are kept, as in nearly every row: no copy is made. */
function keptItems(list: readonly Json[], keeps: KeepsIdentifier): readonly Json[] {
  let left: Json[] | undefined
  for (let at = 0; at < list.length; at++) {
    const item = list[at] as Json
    const isKept = !isObject(item) || typeof item['type'] !== 'string' || keeps(item['type'], item['value'])
    if (isKept) left?.push(item)
    else left ??= list.slice(0, at)
  }
  return left ?? list
}
