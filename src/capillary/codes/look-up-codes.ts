import { type Codes, codeTable } from '../code-table.ts'
import type { CodeRow } from './code-row.ts'
import { customerTable } from './customer-codes.ts'
import * as fix from './remedies.ts'
import { requestTable } from './request-codes.ts'

/** Look-ups of a member and of a points balance. Source: points-balance.txt; capillary-facts.md, section 5. */
const errors: readonly CodeRow[] = [
  [1212, 'final', 'The kind of entity is not valid.', 'Use CUSTOMER or FLEET.'],
  [1632, 'final', 'The group id is not valid.', 'Check the group’s id.'],
  [8001, 'final', 'The look-up names no source.', fix.fixSource],
  [8002, 'final', 'The look-up names no identifier.', fix.fixIdentifier],
  [8003, 'final', 'The source is not valid.', fix.fixSource],
  [8013, 'final', 'The identifier is not valid.', fix.fixIdentifier],
  [
    8015,
    'final',
    'No member has this identifier, or (with dual eligibility) it is not the primary one.',
    fix.fixIdentifier,
  ],
  [8016, 'final', 'The look-up lacks a source, an account or an identifier.', fix.fixSource],
  [8045, 'final', 'The account id is missing.', fix.fixAccount],
  [8065, 'final', 'The member was not found in this source.', fix.fixSource],
  [8069, 'final', 'The member was merged into another one.', 'Use the identifiers of the member that remained.'],
  [8091, 'final', 'The look-up names no account.', fix.fixAccount],
  [8092, 'final', 'The look-up names no identifier.', fix.fixIdentifier],
  [8093, 'final', 'The look-up has no identifier value.', fix.fixIdentifier],
  [8109, 'final', 'The member was deleted on a privacy request.', fix.askAdmin],
]

const warnings: readonly CodeRow[] = [
  [8069, 'benign', 'The member was merged into another one.', 'Use the identifiers of the member that remained.'],
]

const lookUpTable = codeTable('balance', { error: errors, warning: warnings })

/** What a look-up's codes mean. */
export const lookUpCodes: Codes = [lookUpTable, requestTable, customerTable]
