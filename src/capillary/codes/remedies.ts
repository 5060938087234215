/** Remedies that several codes share, in words for whoever reads the report. */

export const fixMobile =
  'Correct the mobile number: digits only, with the country code, as the organisation expects it.'
export const fixEmail = 'Correct the e-mail address (letters, digits, . _ - + and one @, at most 255 characters).'
export const fixExternalId = 'Correct the external id; the organisation may prescribe a prefix or a length.'
export const fixIdentifier = 'Check the identifier and its value in this row.'
export const fixSource = 'Correct `source` in the plan: capitals, and one that the organisation uses, such as INSTORE.'
export const fixAccount =
  'Give `accountId` in the plan: sources with several accounts (WECHAT, LINE, FACEBOOK …) need it.'
export const fixDate = 'Correct the date, and check its format and time zone in the plan.'
export const fixField = 'Check the field: its name, its spelling, and the values that the organisation allows.'
export const fixSubscription = 'Check the subscription fields: channel, priority, scope and the value for subscribed.'
export const fixRow = 'Compare this row with what the plan makes of it (`import --dry-run` shows the requests).'
export const fixTill = 'Correct the till code; it must exist and be active in the organisation.'
export const registerFirst = 'Register the member first, or correct the identifier.'
export const seeMember = 'Open the member in Member Care; change details there or with the update API.'
export const askAdmin = 'Ask the administrator of the organisation’s Capillary settings.'
export const askSupport = 'Report it to Capillary support, with the request id from the report.'
export const tryLater = 'Nothing: rollcall tries again. If rows still failed, `rerun` them later.'
export const nothingToDo = 'Nothing.'
export const notForImport = 'An import does not cause this; report it to Capillary support, with the request id.'
export const enterByHand = 'The member is in; add what was dropped in Member Care or with the update API.'
export const fixConnection =
  'Check ROLLCALL_BASE_URL: https, the host of your region, and no path unless you were given one.'
export const fixCredentials = 'Check the credentials in the environment, and that the API client is active.'
