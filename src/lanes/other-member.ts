import type { Warning } from '../model.ts'
import { ANOTHERS_ACCOUNT } from '../words.ts'

/** What is to be done where a reply is about another member than the row's. */
export const OTHER_MEMBER_HINT = 'Open both accounts in Member Care; restore the one that is not the row’s.'

/** What is said where a lane changed a member, and not the one whom an earlier lane found the row to be; else undefined. */
export function otherMember(expectedId: string | undefined, changedId: string | undefined): Warning | undefined {
  if (expectedId === undefined || changedId === undefined || changedId === expectedId) return undefined
  return {
    message: `${ANOTHERS_ACCOUNT}: the row was found to be member ${expectedId}, and another one was changed`,
    lossy: true,
    grave: true,
  }
}
