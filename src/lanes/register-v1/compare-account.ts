import type { MatchedItem } from '../../capillary/v1/match-items.ts'
import type { Identifier, Warning } from '../../model.ts'
import { ANOTHERS_ACCOUNT } from '../../words.ts'

/**
 * Where an account that the API answers with is not surely the row's member, as an identifier of the two differs: first
 * of all warnings. The API replaces external ids in some organisations, which is no sign of another member.
 */
export function mismatchWarning(
  { same, different }: Pick<MatchedItem, 'same' | 'different'>,
  { created }: { readonly created: boolean },
): readonly Warning[] {
  if (different.length === 0) return []
  if (created && different.every((type) => type === 'externalId')) return [REPLACED]
  const words = listOf(different.map((type) => WORDS[type] ?? type))
  const none = same.length === 0 ? ', and none of its identifiers is' : ''
  const message = `${ANOTHERS_ACCOUNT}: its ${words} ${different.length === 1 ? 'is' : 'are'} not the row’s${none}`
  return [{ message, lossy: true, grave: true }]
}

const REPLACED: Warning = {
  message:
    'The account’s external id is not the row’s: the organisation gives its own. What asks for the member by the row’s ' +
    'external id will not find it',
  lossy: true,
}

/** Where a new account lacks an identifier that it was to get. External ids are null in some replies, and stored. */
export function leftOutWarnings(sent: readonly Identifier[], { item }: MatchedItem): readonly Warning[] {
  const shown = item.identifiers.filter(({ type }) => type !== 'id').map(({ type }) => type)
  if (shown.length === 0) return []
  const missing = sent.filter(({ type }) => type !== 'externalId' && !shown.includes(type))
  return missing.map(({ type }) => ({
    message: `The account was made without the ${WORDS[type] ?? type}: another member may have it`,
    lossy: true,
  }))
}

const WORDS: Readonly<Record<string, string>> = { mobile: 'mobile', email: 'e-mail', externalId: 'external id' }

function listOf(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
