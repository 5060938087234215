import { type Codes, codeTable } from '../../capillary/code-table.ts'
import type { CodeRow } from '../../capillary/codes/code-row.ts'
import { requestTable } from '../../capillary/codes/request-codes.ts'
import { partnerTable } from '../partner/partner-codes.ts'

/**
 * `POST /v2/partnerProgram/customerPartnerProgramUpdate`, as far as a code means something else than for links.
 * Source: capillary-facts.md, section 1; capillary-facts-2.md, C4.
 */
const errors: readonly CodeRow[] = [
  [
    200,
    'final',
    'The tier was not changed, though the message sounds like success.',
    'Check the tier in Member Care, then `rerun` the row: the API gave no reason.',
  ],
  [
    400,
    'final',
    'The new tier’s expiry date is in the past.',
    'Set updatedTierExpiryDate to today or later.',
    { when: /expiry date/i },
  ],
  [
    2001,
    'final',
    'The partner program could not process the change of tier.',
    'Check the row’s tier and dates; if they are right, report it to Capillary support.',
  ],
  [
    2002,
    'final',
    'The program’s name, the new tier or the details of the change are missing.',
    'Give partnerProgramName and updateDetails.updatedTierName in the plan.',
  ],
  [2003, 'final', 'The new tier’s expiry date is in the past.', 'Set updatedTierExpiryDate to today or later.'],
  [2004, 'final', 'The member is not linked to the program, so there is no tier to change.', 'Link the member first.'],
  [2007, 'final', 'The partner program has no tier of this name.', 'Correct updatedTierName, letter by letter.'],
  [
    2008,
    'final',
    'More partner programs in one request than the API takes (50).',
    'Lower `batch` under `tier` in the plan.',
  ],
  [
    2009,
    'final',
    'The kind of update is not one that the API knows.',
    'Give UPGRADE, DOWNGRADE or RENEW as updateType.',
  ],
]

const tierTable = codeTable('tier', { error: errors })

/** What the codes of a change of tier mean. */
export const tierCodes: Codes = [tierTable, partnerTable, requestTable]
