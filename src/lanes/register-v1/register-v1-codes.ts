import type { Codes } from '../../capillary/code-table.ts'
import { v1Codes } from '../../capillary/codes/v1-codes.ts'

/** What the codes of V1's registration mean. */
export const registerV1Codes: Codes = v1Codes

/** The API refused every row for the account's settings, and not for what is in the row (capillary-facts-2.md, A1). */
export const ACCOUNT_CODES: ReadonlySet<number> = new Set([8014, 91020])

/** Somebody has one of the row's identifiers; whether it is the row's member, a look-up shows. */
export const EXISTS_CODES: ReadonlySet<number> = new Set([1014, 1016, 1032, 1033])

/** It failed without a reason: once may be chance. */
export const GENERIC_CODES: ReadonlySet<number> = new Set([1023, 1024, 10001, 10002])
