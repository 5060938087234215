import { classifyLink } from '../../src/capillary/classify-link.ts'
import { linkRequest, maxLinkRows } from '../../src/capillary/requests.ts'
import type { JobRow } from '../../src/broker/jobs.ts'
import type { LinkRequest } from '../../src/model.ts'
import type { Lane } from '../lane.ts'

/** `POST /v2/partnerProgram/linkCustomer`: up to fifty members a request. */
export const linkLane: Lane = {
  name: 'link',
  rowsPerRequest: maxLinkRows,
  request: (rows) => linkRequest(rows.map(requestOf)),
  read: (exchange, rows, { onExists }) =>
    classifyLink(exchange, rows.map(requestOf), {
      ambiguous: rows.map((row) => row.ambiguous === true),
      onExists,
      done: rows.map((row) => row.programsDone ?? []),
    }),
}

function requestOf({ request }: JobRow): LinkRequest {
  if (!('linkToPartnerPrograms' in request)) throw new Error('a job of the link lane holds another request')
  return request
}
