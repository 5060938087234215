import { codeTable } from '../../capillary/code-table.ts'
import type { CodeRow } from '../../capillary/codes/code-row.ts'
import * as fix from '../../capillary/codes/remedies.ts'

const notSaid = 'Check the link in Member Care, then `rerun` the row: the API gave no reason.'
const fixUpdate = 'An import only links; this code belongs to updates of a link. Report it to Capillary support.'

/**
 * `POST /v2/partnerProgram/linkCustomer`: statuses of programs and of customers, and of the request.
 * Source: link-customers.txt; capillary-facts.md, section 1.
 */
const errors: readonly CodeRow[] = [
  [200, 'final', 'The link was not made, though the message sounds like success.', notSaid],
  [
    400,
    'final',
    'No member has this identifier.',
    fix.registerFirst,
    { when: /cannot find customer|customer not found/i },
  ],
  [
    400,
    'final',
    'The tier’s expiry date is in the past.',
    'Set partnerTierExpiryDate to today or later.',
    { when: /expiry date/i },
  ],
  [
    400,
    'final',
    'The program refused the membership data.',
    'Check membership id, tier name and dates of the link.',
    { when: /ERR_PE_INVALID_DATA/i },
  ],
  [
    400,
    'final',
    'The membership’s start date is not acceptable.',
    'Check membershipStartDate: its format and that it is allowed.',
    { when: /START_DATE/i },
  ],
  [618, 'final', 'The member is marked as fraud.', fix.askAdmin],
  [816, 'final', 'The organisation has no such member.', fix.registerFirst],
  [1000, 'final', 'The link was not made, though the message sounds like success.', notSaid],
  [1011, 'final', 'No member has this identifier.', fix.registerFirst],
  [1012, 'final', 'No member has this mobile number, e-mail address or external id.', fix.registerFirst],
  [1013, 'final', 'The member is not in the loyalty program.', fix.registerFirst],
  [1020, 'final', 'The member is not in the loyalty program.', fix.registerFirst],
  [
    2001,
    'final',
    'The partner program could not process the link.',
    'Check the link’s data; if it is right, report it to Capillary support.',
  ],
  [
    2002,
    'final',
    'The partner program’s name, or the details of the link, are missing.',
    'Give partnerProgramName in the plan.',
  ],
  [2003, 'final', 'The tier’s expiry date is in the past.', 'Set partnerTierExpiryDate to today or later.'],
  [2004, 'final', 'The member is not linked to the program yet.', 'Link the member first.'],
  [
    2005,
    'exists',
    'The member is linked to this program already.',
    'Nothing, unless the membership id should change.',
    { when: /already/i },
  ],
  [
    2005,
    'final',
    'The member is not enrolled in the loyalty program.',
    'Enrol the member in the loyalty program first.',
    { when: /enrol/i },
  ],
  [
    2005,
    'final',
    'Either the member is linked already, or is not enrolled in the loyalty program.',
    'Look at the member in Member Care.',
  ],
  [2006, 'final', 'There is no partner program of this name.', 'Correct partnerProgramName, letter by letter.'],
  [2007, 'final', 'The partner program has no tier of this name.', 'Correct partnerTierName, letter by letter.'],
  [
    2008,
    'final',
    'More partner programs in one request than the API takes (50).',
    'Lower `batch` under `link` in the plan.',
  ],
  [2009, 'final', 'The kind of update is not one that the API knows.', fixUpdate],
  [
    2010,
    'retry',
    'Earlier events of this member are still waiting to be processed.',
    fix.tryLater,
    { ambiguous: true, ofRowAlone: true },
  ],
  [2011, 'final', 'The program’s activity or benefit failed.', fix.askSupport],
  [2012, 'final', 'The program’s activity or benefit failed.', fix.askSupport],
  [2013, 'final', 'The program’s activity or benefit failed.', fix.askSupport],
  [2014, 'final', 'The program’s activity or benefit failed.', fix.askSupport],
  [2015, 'final', 'The program’s activity or benefit failed.', fix.askSupport],
  [2016, 'final', 'The program’s activity or benefit failed.', fix.askSupport],
  [2017, 'final', 'The program’s activity or benefit failed.', fix.askSupport],
  [2018, 'final', 'The program’s activity or benefit failed.', fix.askSupport],
  [8002, 'final', 'The row names no identifier.', fix.fixIdentifier],
  [
    8006,
    'final',
    'The API says that the member exists already, which is no answer to a link.',
    'Look in Member Care whether the member is linked to the program; if not, `rerun` the row.',
  ],
  [8013, 'final', 'The identifier is not valid.', fix.fixIdentifier],
  [8015, 'final', 'No member has this identifier, or it is not the primary one.', fix.registerFirst],
  [8026, 'final', 'The member was deleted on a privacy request.', fix.askAdmin],
  [8065, 'final', 'The member was not found in this source.', fix.registerFirst],
  [8069, 'final', 'The member was merged into another one.', 'Use the identifiers of the member that remained.'],
  [8089, 'final', 'The member is not in the loyalty program.', fix.registerFirst],
  [8109, 'final', 'The member was deleted on a privacy request.', fix.askAdmin],
  [8121, 'final', 'The member is not a loyalty member.', fix.registerFirst],
]

const warnings: readonly CodeRow[] = [
  [1302, 'benign', 'A supplementary program ends before the membership does.', 'Compare the two expiry dates.'],
]

const successes: readonly CodeRow[] = [
  [200, 'done', 'The member is linked to the program.', fix.nothingToDo],
  [1000, 'done', 'The member was found.', fix.nothingToDo],
]

/** What the codes of the partner program mean, as linking has them. */
export const partnerTable = codeTable('link', { error: errors, warning: warnings, success: successes })
