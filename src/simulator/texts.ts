/** Messages as they stand on the wire, by code. Facts of the API's pages: capillary-facts.md, sections 1, 4, 5 and 7. */

/** Errors of an `errors` envelope. `{0}` stands for a value of the request. */
export const ERRORS: Readonly<Record<number, string>> = {
  400: 'Input is invalid, Please check request parameters or input xml/json',
  401: 'Unauthorized',
  404: 'Not found',
  429: 'Too many requests',
  461: 'Search engine busy, try later',
  500: 'All requests have failed due to errors',
  521: 'Multiple actions are running for the same customer. Please try after some time',
  1006: 'Mobile number validation failed',
  1014: 'Customer is already registered',
  1060: 'Batch limit size exceeded',
  1061: 'Lookup header missing',
  1064: 'Invalid org',
  1212: 'Invalid entityType',
  1632: 'Invalid group id',
  2008: 'Cannot process if partner program limit is more than `50`',
  3217: 'Source is invalid',
  4000: 'Not authorized. Access is denied!',
  4001: 'Authorization status unavailable!',
  8001: 'Lookup failed, no source passed',
  8002: 'Lookup failed, no identifiers passed',
  8003: 'Invalid source',
  8004: 'Add failed, no source passed',
  8005: 'Add failed, no valid identifiers passed',
  // Without an id where the behaviour is asked for by name: no such customer exists to be named.
  8006: 'Customer already exists for same source',
  8013: 'Lookup,Invalid identifier passed',
  8014: 'Invalid Primary Id',
  8015: 'Customer not found for the given identifiers',
  8017: 'Invalid registration date',
  8018: 'Conversion of loyalty customer to non-loyalty is not allowed',
  8020: 'External ID validation failed',
  8026: 'Same customer deleted for PII, could not add',
  8027: 'Parent without child context',
  8028: 'Customer seems already registered',
  8045: 'Account id not passed',
  8065: 'Customer not found in source',
  8066: 'Customers cannot be merged',
  8067: 'Customers already merged',
  8069: 'Customer is merged',
  8086: 'Status label invalid',
  8107: 'Default customer status label not set',
  8109: 'Customer is deleted after PII delete request',
  8126: 'No child org context',
  8127: 'Invalid source or accountId',
}

/** The text of 8006 where the customer is known; `{0}` is their id. */
export const EXISTS_WITH_ID = 'Add failed, Customer already exists with id {0} for same source'

/** Warnings of a registration that succeeded. */
export const WARNINGS: Readonly<Record<number, string>> = {
  400: 'Input is invalid',
  521: 'Multiple actions are running for the same customer. Please try after some time',
  1302: 'supplementary program expiry is before membership expiry',
  8050: 'Same Customer found in other sources,Combining',
  8051: 'Merging with userId {0}',
  8052: 'Conflicting customers found',
  8054: 'Account id not passed',
  8055: 'Invalid email',
  8056: 'Invalid mobile',
  8057: 'Invalid email in communication channel',
  8058: 'Invalid mobile in communication channel',
  8059: 'Search queue push failed',
  8060: 'Subscription queue push failed',
  8064: 'External id validation failed',
  8069: 'Customer is merged',
  8077: 'Invalid associatedWith, attribution not updated',
  8107: 'Default customer status label not set',
}

/** `partnerLinkStatus` of a program that could not be linked. */
export const LINK_ERRORS: Readonly<Record<number, string>> = {
  // The API's own oddity: a failed link that calls itself a success.
  200: 'Success',
  400: 'ERR_PE_INVALID_DATA',
  521: 'Multiple actions are running for the same customer. Please try after some time',
  2001: 'partner program event failed',
  2002: 'Empty or null partnerProgramName',
  2003: 'partner tier expiry date should be future date or today date',
  2004: 'Link the customer first',
  // By name the other meaning of 2005; the usual one comes from linking twice.
  2005: 'Enroll the customer in the Loyalty Program',
  2006: 'Partner program not found',
  2007: 'Partner program tier not found',
  2010: 'Events queued for the user',
}

export const ALREADY_LINKED = 'Customer is already linked with the partner program'
export const MEMBERSHIP_START_DATE = 'ERR_PARTNER_MEMBERSHIP_START_DATE'
export const NO_CUSTOMER = 'Cannot find customer for provided mobile/external-id/e-mail/id'
export const CUSTOMER_FOUND = 'Customer successfully retrieved'

/** The sources that the API names (register-customer-v2.txt; capillary-facts.md, section 5). */
export const SOURCES: ReadonlySet<string> = new Set([
  'FACEBOOK',
  'WEB_ENGAGE',
  'WECHAT',
  'INSTORE',
  'MARTJACK',
  'TMALL',
  'TAOBAO',
  'JD',
  'ECOMMERCE',
  'WEBSITE',
  'LINE',
  'MOBILE_APP',
])
