import { type Codes, codeTable } from '../../capillary/code-table.ts'
import type { CodeRow } from '../../capillary/codes/code-row.ts'
import { customerTable } from '../../capillary/codes/customer-codes.ts'
import * as fix from '../../capillary/codes/remedies.ts'
import { requestTable } from '../../capillary/codes/request-codes.ts'

/**
 * `PUT /v2/customers/lookup`, as far as a code means something else than for registrations.
 * Source: capillary-facts-2.md, B1.
 */
const errors: readonly CodeRow[] = [
  [8001, 'final', 'The update names no source.', fix.fixSource],
  [8002, 'final', 'The update names no identifier.', fix.fixIdentifier],
  [8007, 'final', 'The identifier belongs to another member of this source.', fix.seeMember],
  [8008, 'final', 'The identifier has another profile in this source.', fix.seeMember],
  [8009, 'final', 'The member to update was not found.', 'Register the member first, or correct the identifier.'],
  [
    8015,
    'final',
    'No member has this identifier, or it is not the primary one.',
    'Register the member first, or ask by the identifier that the organisation takes for the primary one.',
  ],
  [8018, 'final', 'A loyalty member cannot become a non-loyalty one.', 'Remove loyaltyType, or set it to loyalty.'],
]

const warnings: readonly CodeRow[] = [
  [
    8053,
    'lossy',
    'The member conflicts with another one, and the two could not become one.',
    'Compare the two in Member Care; a merge of them has no undo.',
  ],
  [
    8068,
    'benign',
    'The member is known as a campaign contact.',
    'If it is to be a loyalty member, look it up in Member Care, and register it.',
  ],
  [8069, 'lossy', 'The member was merged into another one.', 'Use the identifiers of the member that remained.'],
]

const updateTable = codeTable('update', { error: errors, warning: warnings })

/** What an update's codes mean. */
export const updateCodes: Codes = [updateTable, customerTable, requestTable]
