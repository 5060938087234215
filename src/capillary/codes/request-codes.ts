import { type Codes, codeTable } from '../code-table.ts'
import type { CodeRow } from './code-row.ts'
import { askAdmin, askSupport, fixConnection, fixCredentials, fixRow, nothingToDo, tryLater } from './remedies.ts'

const grantAccess = 'Ask for write access to the customer and partner program resources for this API client.'
const updateRollcall = 'rollcall and this host do not fit together: update rollcall, or check the base URL.'

/**
 * Codes of any endpoint: HTTP statuses and the codes that stand for a request as a whole, which the API mixes.
 * Source: capillary-facts.md, sections 2 and 4.
 */
const errors: readonly CodeRow[] = [
  [400, 'final', 'The API could not accept the input.', fixRow],
  [401, 'halt', 'The API does not accept the credentials.', fixCredentials],
  [402, 'halt', 'The API does not serve this version.', updateRollcall],
  [403, 'halt', 'Access is denied, or V2 APIs are not enabled for the organisation.', grantAccess],
  [404, 'final', 'The API found no such customer.', 'Correct the identifier.', { when: /customer/i }],
  [404, 'halt', 'There is no such address: probably the wrong host or path.', fixConnection],
  [405, 'halt', 'The address does not take this kind of request.', fixConnection],
  [406, 'halt', 'The host cannot answer in JSON.', updateRollcall],
  [407, 'halt', 'A proxy asks for credentials.', 'Ask your network’s administrator how to reach the API host.'],
  [408, 'final', 'The MAC does not match.', askAdmin, { when: /\bmac\b/i }],
  [408, 'retry', 'The host waited too long for the request.', tryLater, { ambiguous: true, scope: 'transport' }],
  [409, 'retry', 'The request met another one on the way.', tryLater, { ofRowAlone: true }],
  [410, 'halt', 'The address was given up.', fixConnection],
  [411, 'halt', 'The host wants the length of the request.', updateRollcall],
  [413, 'final', 'The request is too large.', 'Make the row smaller, or lower `batch` in the plan.'],
  [414, 'final', 'The address with its query is too long.', 'Shorten the query values in the plan.'],
  [415, 'halt', 'The host does not take JSON here.', fixConnection],
  [422, 'final', 'The host could not process the input.', fixRow],
  [423, 'retry', 'The member is locked for the moment.', tryLater, { ofRowAlone: true }],
  [425, 'retry', 'The host would rather have the request later.', tryLater],
  [426, 'halt', 'The host wants another protocol.', fixConnection],
  [429, 'retry', 'Too many requests in the last minute.', 'Nothing: rollcall waits. If it is often, lower `limits`.'],
  [431, 'final', 'The request headers are too large.', 'Shorten the header values in the plan.'],
  [461, 'retry', 'The search engine of the platform is busy.', tryLater],
  [
    500,
    'retry',
    'The API failed inside.',
    tryLater,
    { when: /internal|unexpected|unavailable|time[d]?[ -]?out|try again/i, ambiguous: true },
  ],
  [500, 'final', 'The API refused everything in the request, usually for its input.', fixRow],
  [501, 'halt', 'The host does not know this kind of request.', fixConnection],
  [502, 'retry', 'The gateway got no proper answer from the API.', tryLater, { ambiguous: true, scope: 'transport' }],
  [503, 'retry', 'The API is not available for the moment.', tryLater, { ambiguous: true, scope: 'transport' }],
  [504, 'retry', 'The gateway waited too long for the API.', tryLater, { ambiguous: true, scope: 'transport' }],
  [505, 'halt', 'The host does not speak this version of HTTP.', fixConnection],
  [517, 'retry', 'Too many requests for this user.', tryLater],
  [
    520,
    'retry',
    'The gateway could not make sense of the API’s answer.',
    tryLater,
    { ambiguous: true, scope: 'transport' },
  ],
  [
    521,
    'retry',
    'The gateway could not reach the API.',
    tryLater,
    { when: /server is down|origin|cloudflare/i, ambiguous: true, scope: 'transport' },
  ],
  [521, 'retry', 'Another action for the same member is under way.', tryLater, { ofRowAlone: true }],
  [
    522,
    'retry',
    'The gateway could not connect to the API in time.',
    tryLater,
    { ambiguous: true, scope: 'transport' },
  ],
  [523, 'retry', 'The gateway cannot reach the API.', tryLater, { ambiguous: true, scope: 'transport' }],
  [524, 'retry', 'The gateway waited too long for the API.', tryLater, { ambiguous: true, scope: 'transport' }],
  [1060, 'final', 'The request holds more entries than the API takes.', 'Lower `batch` in the plan.'],
  [
    1061,
    'halt',
    'A look-up header was sent without its type.',
    'Add X-CAP-API-ATTRIBUTION-LOOKUP-TYPE to the plan’s headers, or remove the other.',
  ],
  [1062, 'halt', 'A look-up header of the request is not valid.', 'Correct the attribution headers in the plan.'],
  [1064, 'halt', 'The organisation is not valid for these credentials.', askAdmin],
  [4000, 'halt', 'These credentials may not use this API.', grantAccess],
  [4001, 'retry', 'The API could not check the permissions for the moment.', tryLater, { scope: 'transport' }],
]

const warnings: readonly CodeRow[] = [
  [400, 'lossy', 'Part of the input was not accepted.', fixRow],
  [521, 'lossy', 'Part of the work met another action for the same member.', 'Check the member in Member Care.'],
]

const successes: readonly CodeRow[] = [
  [200, 'done', 'Done.', nothingToDo],
  [201, 'done', 'Done in part: some entries failed, each with its own code.', askSupport],
]

export const requestTable = codeTable('request', { error: errors, warning: warnings, success: successes })

/** What a status or a code of the request as a whole means, whatever it asked. */
export const requestCodes: Codes = [requestTable]
