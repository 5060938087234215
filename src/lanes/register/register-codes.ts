import type { Codes } from '../../capillary/code-table.ts'
import { customerTable } from '../../capillary/codes/customer-codes.ts'
import { requestTable } from '../../capillary/codes/request-codes.ts'
import { v1Table } from '../../capillary/codes/v1-codes.ts'

/** What a registration's codes mean. */
export const registerCodes: Codes = [customerTable, requestTable, v1Table]
