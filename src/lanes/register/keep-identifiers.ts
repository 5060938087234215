import type { Json } from '../../model.ts'
import type { KeepsIdentifier } from '../../plan/sieve.ts'
import { isList, isObject } from '../../plan/values.ts'

/** The body without the identifiers and channels of its profiles that are not kept; the very same where all are. */
export function keepIdentifiers(body: Json, keeps: KeepsIdentifier): Json {
  const profiles = isObject(body) ? body['profiles'] : undefined
  if (!isObject(body) || !isList(profiles)) return body
  const kept = mapped(profiles, (profile) => (isObject(profile) ? keptProfile(profile, keeps) : profile))
  return kept === profiles ? body : { ...body, profiles: kept }
}

function keptProfile(profile: { readonly [name: string]: Json }, keeps: KeepsIdentifier): Json {
  let kept = profile
  for (const name of HOLDERS) {
    const list = profile[name]
    if (!isList(list)) continue
    const left = list.filter(
      (item) => !isObject(item) || typeof item['type'] !== 'string' || keeps(item['type'], item['value']),
    )
    if (left.length === list.length) continue
    const { [name]: _, ...others } = kept
    kept = left.length === 0 ? others : { ...kept, [name]: left }
  }
  return kept
}

const HOLDERS = ['identifiers', 'commChannels'] as const

function mapped(list: readonly Json[], change: (item: Json) => Json): readonly Json[] {
  const changed = list.map(change)
  return changed.every((item, at) => item === list[at]) ? list : changed
}
