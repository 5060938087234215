/** Messages of V1 as they stand on the wire, by code (customer-v1-codes.txt; capillary-facts-2.md, A1 and A2). */

export const REGISTERED = 'Customer registration successful'
export const UPDATED = 'Customer successfully updated'
export const RETRIEVED = 'Customer successfully retrieved'

/** Of an item, or of a whole request. `{x}` stands for a value. */
export const V1_ERRORS: Readonly<Record<number, string>> = {
  400: 'Input is invalid, Please check request parameters or input xml/json',
  401: 'Unauthorized',
  429: 'Too many requests',
  500: 'All requests have failed due to errors',
  521: 'Multiple actions are running for the same customer. Please try after some time',
  618: 'Not allowed, customer is marked as fraud',
  1001: 'Invalid Mobile Number',
  1002: 'Invalid Email ID',
  1003: 'Invalid External ID',
  1007: 'No valid primary identifier passed',
  1011: 'Unable to find the customer',
  1012: 'Customer not found for the given mobile, external id or email',
  1014: 'Customer is already registered',
  1016: 'Email ID already exists for another user',
  1032: 'Customer already exists with the same mobile number',
  1033: 'Customer already exists with the same external ID',
  1034: 'Registration date is not within the allowed limit',
  1046: 'Conversion of loyalty customer to non-loyalty is not allowed',
  1047: "Customer's primary identifier does not match other identifiers",
  1060: 'Batch limit exceeded',
  8014: 'Unable to register, country configuration is missing or invalid',
  8109: 'Customer is deleted after PII delete request',
  10001: 'Failed to add customer',
  10002: 'Failed to update customer details',
  91020: 'Invalid TILL passed for registration',
}

/** Of a warning under a success. `{x}` and `{y}` stand for values. */
const V1_WARNINGS: Readonly<Record<number, string>> = {
  1017: 'Provided Custom Field is invalid',
  91005: '{x} is primary key. {y} cannot be updated',
  91006: '{x} update is not allowed',
  91007: '{x} is already occupied by another user. Ignoring it',
  91009: 'Retrieved survivor account for the requested merge victim',
  91015: 'Failed to update extended fields or field length is too long: {x}',
  91016: 'WeChat profile is not available for the customer',
  91017: 'Web Engage profile is not available for the customer',
  91021: 'Invalid attribution TILL passed',
  91022: 'Failed to update subscription for {x} channel and priority {y}',
}

/** A warning with its values put in. */
export function v1Warning(code: number, x = '', y = ''): V1Warning {
  return { code, text: (V1_WARNINGS[code] ?? `Warning ${code}`).replace('{x}', x).replace('{y}', y) }
}

export interface V1Warning {
  readonly code: number
  readonly text: string
}
