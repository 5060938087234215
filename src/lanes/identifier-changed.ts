import type { SkipReason } from './lane.ts'

/** Why a sync leaves a changed identifier as it was: a change of it may make one account of two, which nothing undoes. */
export const IDENTIFIER_CHANGED: SkipReason = {
  message: 'an identifier has changed, which no lane changes: only the rest of the row was sent',
  hint: 'Change the identifier in Member Care, if it is right.',
}
