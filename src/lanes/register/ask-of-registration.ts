import { isList, isRecord } from '../../capillary/coerce.ts'
import type { Json } from '../../model.ts'
import type { RegisterRequest } from './register-request.ts'

/**
 * What of a registration makes a difference to the API: where the member is registered (source and account of the
 * profiles, the query), as a member of one source who is registered in another is merged. The other fields make none:
 * the API does not update a member who is there (code 8006). Mostly it is the source alone, the same for all rows.
 */
export function askOfRegistration({ body, query }: RegisterRequest): Json {
  const profiles = isRecord(body) ? body['profiles'] : undefined
  const list = isList(profiles) ? profiles : []
  const [first] = list
  if (list.length === 1 && query === undefined && isRecord(first)) {
    const { source, accountId } = first
    if (typeof source === 'string' && accountId === undefined) return source
  }
  const places = list.filter(isRecord).map(({ source, accountId }) => [source ?? null, accountId ?? null])
  return [places, query ?? null]
}
