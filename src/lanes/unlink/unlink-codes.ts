import { type Codes, codeTable } from '../../capillary/code-table.ts'
import type { CodeRow } from '../../capillary/codes/code-row.ts'
import { fixIdentifier } from '../../capillary/codes/remedies.ts'
import { requestTable } from '../../capillary/codes/request-codes.ts'
import { partnerTable } from '../partner/partner-codes.ts'

/**
 * `POST /v2/partnerProgram/deLinkCustomer`, as far as a code means something else than for links.
 * Source: capillary-facts.md, section 1; capillary-facts-2.md, C4.
 */
const errors: readonly CodeRow[] = [
  [
    200,
    'final',
    'The link was not taken out, though the message sounds like success.',
    'Check the link in Member Care, then `rerun` the row: the API gave no reason.',
  ],
  [400, 'final', 'No member has this identifier.', fixIdentifier, { when: /cannot find customer|customer not found/i }],
  [
    2001,
    'final',
    'The partner program could not process the request.',
    'Check the program; if it is right, report it to Capillary support.',
  ],
  // After a lost reply it may answer our own request.
  [
    2004,
    'exists',
    'The member is not linked to the program.',
    'Nothing, if the member was not to be linked; else correct partnerProgramName.',
  ],
  [
    2008,
    'final',
    'More partner programs in one request than the API takes (50).',
    'Lower `batch` under `unlink` in the plan.',
  ],
]

const unlinkTable = codeTable('unlink', { error: errors })

/** What the codes of taking a link out mean. */
export const unlinkCodes: Codes = [unlinkTable, partnerTable, requestTable]
