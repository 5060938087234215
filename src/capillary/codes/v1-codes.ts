import { type Codes, codeTable } from '../code-table.ts'
import type { CodeRow } from './code-row.ts'
import { customerTable } from './customer-codes.ts'
import * as fix from './remedies.ts'
import { requestTable } from './request-codes.ts'
import { v1ServiceErrors } from './v1-service-codes.ts'

const points = 'Points processing failed.'
const checkPoints = 'Check the member’s points in Member Care, then report the row to Capillary support.'

/** Customer (V1) APIs, identity and registration. Source: customer-v1-codes.txt; capillary-facts.md, section 6. */
const errors: readonly CodeRow[] = [
  [400, 'final', 'The input is not valid, or names no identifier.', fix.fixRow],
  [500, 'final', 'Every entry of the request failed.', fix.fixRow],
  [618, 'final', 'The member is marked as fraud.', fix.askAdmin],
  [816, 'final', 'The organisation has no such member.', fix.fixIdentifier],
  [1001, 'final', 'The mobile number is not valid.', fix.fixMobile],
  [1002, 'final', 'The e-mail address is not valid.', fix.fixEmail],
  [1003, 'final', 'The external id is not valid.', fix.fixExternalId],
  [1004, 'final', 'The store could not be filled in.', fix.fixTill],
  [1006, 'final', 'The mobile number is missing.', fix.fixMobile],
  [
    1007,
    'final',
    'There is no valid mobile number, e-mail address or external id to register with.',
    fix.fixIdentifier,
  ],
  [1008, 'final', 'The member cannot be registered with this external id.', fix.fixExternalId],
  [1009, 'final', 'The member could not be added to multi-level marketing.', fix.askAdmin],
  [1010, 'final', 'The member’s points could not be updated.', checkPoints],
  [1011, 'final', 'No member has this identifier.', fix.fixIdentifier],
  [1012, 'final', 'No member has this mobile number, e-mail address or external id.', fix.fixIdentifier],
  [1013, 'final', 'The member is not in the loyalty program.', fix.registerFirst],
  [1014, 'exists', 'The member is registered already.', fix.seeMember],
  [1015, 'final', 'No identifier was given.', fix.fixIdentifier],
  [1016, 'final', 'Another member has this e-mail address.', fix.fixEmail],
  [1017, 'final', 'A custom field is not valid.', fix.fixField],
  [1018, 'final', 'A custom field could not be updated.', fix.fixField],
  [1019, 'final', 'An e-mail address alone is not enough to register.', 'Add a mobile number or an external id.'],
  [1020, 'final', 'The member is not in the loyalty program.', fix.registerFirst],
  [1021, 'final', 'The validation code is not valid.', fix.notForImport],
  [1023, 'final', 'The member could not be registered in the loyalty program.', fix.askSupport],
  [1024, 'final', 'The member’s profile could not be updated.', fix.seeMember],
  [1025, 'final', 'The mandatory fields do not match for a change of identity.', fix.notForImport],
  [1026, 'final', 'Too few of the optional fields match.', fix.notForImport],
  [1027, 'final', 'A field named for the check is not valid.', fix.fixField],
  [1028, 'final', 'The member has no notes.', fix.notForImport],
  [1029, 'final', 'The member’s preferences could not be read.', fix.notForImport],
  [1030, 'final', 'The member’s preferences could not be updated.', fix.notForImport],
  [1031, 'final', 'The member has no preferences.', fix.notForImport],
  [1032, 'final', 'Another member has this mobile number.', fix.fixMobile],
  [1033, 'final', 'Another member has this external id.', fix.fixExternalId],
  [1034, 'final', 'The registration date lies too far back or ahead.', fix.fixDate],
  [1035, 'final', 'Some of the member’s preferences could not be updated.', fix.notForImport],
  [1036, 'final', 'Some notes could not be stored.', fix.notForImport],
  [1037, 'final', 'The notes could not be stored.', fix.notForImport],
  [1038, 'final', 'The member cannot be registered with this external id.', fix.fixExternalId],
  [1039, 'final', 'The e-mail address is missing.', fix.fixEmail],
  [1041, 'final', 'The change of the identifier failed.', fix.seeMember],
  [1042, 'final', 'A mobile number, e-mail address or external id is not valid.', fix.fixIdentifier],
  [1043, 'final', 'The external id is missing.', fix.fixExternalId],
  [1044, 'final', 'The credentials may not see this member’s details.', fix.askAdmin],
  [1045, 'final', 'A non-loyalty member needs a valid mobile number or e-mail address.', fix.fixIdentifier],
  [1046, 'final', 'A loyalty member cannot become a non-loyalty one.', 'Register the member as loyalty.'],
  [1047, 'final', 'The identifiers belong to different members.', fix.seeMember],
  [1048, 'final', 'To become a loyalty member, the member needs an e-mail address.', fix.fixEmail],
  [1049, 'final', 'To become a loyalty member, the member needs an external id.', fix.fixExternalId],
  [1051, 'final', 'The member has no transactions or recommendations.', fix.notForImport],
  [1053, 'final', 'There is no such preferred store.', fix.fixTill],
  [
    1060,
    'final',
    'The request holds more members than the API takes.',
    'Lower `batch` in the plan; where it is 1, ask Capillary how many members the account takes in a request.',
  ],
  [1062, 'final', 'The test and control status is not valid.', fix.fixField],
  [1086, 'final', points, checkPoints],
  [1087, 'final', points, checkPoints],
  [1088, 'final', 'The points could not be issued.', checkPoints],
  [1089, 'final', points, checkPoints],
  [1090, 'final', points, checkPoints],
  [1091, 'final', points, checkPoints],
  [1092, 'final', points, checkPoints],
  [1093, 'final', points, checkPoints],
  [1094, 'final', points, checkPoints],
  [1095, 'final', points, checkPoints],
  [1096, 'final', points, checkPoints],
  [1097, 'final', points, checkPoints],
  [1098, 'final', points, checkPoints],
  [1099, 'final', points, checkPoints],
  [8014, 'final', 'The organisation’s country settings are missing or not valid.', fix.askAdmin],
  [8109, 'final', 'The member was deleted on a privacy request.', fix.askAdmin],
]

const notChanged = 'The member is in, and that value stayed as it was.'

/** Under a success: what the API refused of a row that it took (capillary-facts-2.md, A1, rule 3). */
const warnings: readonly CodeRow[] = [
  [1017, 'lossy', 'A custom field is not valid and was not stored.', fix.fixField],
  [
    91005,
    'lossy',
    'An identifier is the primary one, which never changes: the account has another than the row.',
    `${notChanged} Compare the account with the row in Member Care: it may be somebody else’s.`,
  ],
  [
    91006,
    'lossy',
    'An identifier may not be changed in this organisation: the account has another than the row.',
    `${notChanged} Change it in Member Care if it is right, or have the organisation’s settings allow it.`,
  ],
  [
    91007,
    'lossy',
    'An identifier belongs to another member and was left out.',
    `${notChanged} Look in Member Care which of the two members the row means.`,
  ],
  [91009, 'lossy', 'The member was merged before: this is the one that remained.', fix.seeMember],
  [
    91015,
    'lossy',
    'Extended fields were not stored, or one is too long.',
    'Check the names and values of the extended fields; a field that was set up a moment ago may take an hour to be known.',
  ],
  [91016, 'benign', 'The member has no WeChat profile.', fix.nothingToDo],
  [91017, 'benign', 'The member has no Web Engage profile.', fix.nothingToDo],
  [91021, 'lossy', 'The till in the attribution is not valid: the member is not attributed to it.', fix.fixTill],
  [91022, 'lossy', 'A subscription was not stored.', fix.fixSubscription],
]

const successes: readonly CodeRow[] = [
  [1000, 'done', 'Done: the member was registered, read or updated.', fix.nothingToDo],
  [1040, 'done', 'The change of the identifier was asked for.', fix.nothingToDo],
  [1052, 'done', 'The transactions were read.', fix.nothingToDo],
  [1061, 'done', 'The recommendations were read.', fix.nothingToDo],
  [1300, 'done', 'The ticket was read or added.', fix.nothingToDo],
]

export const v1Table = codeTable('register-v1', {
  error: [...errors, ...v1ServiceErrors],
  warning: warnings,
  success: successes,
})

/** What the codes of the V1 customer APIs mean. */
export const v1Codes: Codes = [v1Table, requestTable, customerTable]
