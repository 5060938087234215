import type { Codes } from '../../capillary/code-table.ts'
import { requestTable } from '../../capillary/codes/request-codes.ts'
import { partnerTable } from '../partner/partner-codes.ts'

/** What a link's codes mean. A link's "exists" must never come from a registration's codes, so those stay apart. */
export const linkCodes: Codes = [partnerTable, requestTable]
