import type { FaultName } from '../../src/simulator/faults.ts'
import type { Simulator } from '../../src/simulator/start-simulator.ts'

/** What may befall a request of V1: faults of the wire, and oddities of its replies. */
export const V1_FAULTS: readonly FaultName[] = [
  'lostBefore',
  'lostAfter',
  'resetHalfway',
  'late',
  'slow',
  'http502',
  'http503',
  'http504After',
  'error500Body',
  'brokenJson',
  'unauthorized',
  'throttled429RetryAfter',
  'busy521',
  'v1AllFailed',
  'v1Fewer',
  'v1Reordered',
  'v1Empty',
  'v1Bare',
  'v1None',
  'v1Loose',
  'v1Top200',
  'v1Top201',
  'v1HidesExternalId',
]

export type Existing = 'keep' | 'update'

/** What an organisation takes in a request of V1. */
export const orgOf = (existing: Existing) => ({ batch: { add: 7, get: 6, says: existing === 'keep' } })

/** Half of all requests meet something: many attempts are needed for the unluckiest of the rows. */
export const planOf = (existing: Existing): string => `
rows: { key: external_id }
limits: { register-v1: 60000, link: 60000, look-up-v1: 60000 }
register-v1:
  batch: 10
  existing: ${existing}
  customer:
    external_id: \${external_id}
    mobile: \${mobile}
    email: \${email}
    firstname: \${name}
    extended_fields: { field: [{ name: city, value: "\${city}" }] }
link:
  customer: { externalId: "\${external_id}" }
  linkToPartnerPrograms:
    - { partnerProgramName: "\${program}", customerPartnerReference: { partnerMembershipId: "\${external_id}" } }
retry: { attempts: 40, for: 1h }
stop_when: { rejected: 90%, after: 200 }
`

/** A row, and what is to become of it. */
interface Wanted {
  readonly externalId: string
  readonly mobile: string
  readonly email: string
  readonly name: string
  readonly program: string
  readonly register: string
  readonly link: string
  readonly status: readonly string[]
  readonly code?: string
  /** What its member is called in the end; absent: as it happens. */
  readonly stays?: string
}

export interface V1Rows {
  readonly csv: string
  readonly wanted: readonly Wanted[]
}

const mobileOf = (row: number) => `9198${String(row).padStart(8, '0')}`
const SPECIAL = [97, 89, 83, 10]
const isPlain = (row: number) => SPECIAL.every((every) => row % every !== 0)
/** It names the member of the row before it. */
const isAgain = (row: number) => row % 79 === 0 && isPlain(row) && isPlain(row - 1)

/**
 * Rows of new members; one in ten of a member who is there already; and every so often one that the API refuses, takes
 * with a loss, or refuses once, and one that names the member of the row before it under another name.
 */
export function v1Rows(count: number, existing: Existing): V1Rows {
  const wanted = Array.from({ length: count }, (_, at) => wantedOf(at + 1, existing))
  const lines = wanted.map(
    ({ externalId, mobile, email, name, program }) => `${externalId},${mobile},${email},${name},Pune,${program}\n`,
  )
  return { csv: `external_id,mobile,email,name,city,program\n${lines.join('')}`, wanted }
}

function wantedOf(row: number, existing: Existing): Wanted {
  const changed = existing === 'keep' ? 'exists' : 'updated'
  const base = {
    externalId: `M-${row}`,
    mobile: mobileOf(row),
    email: `m${row}@example.test`,
    name: 'New',
    program: 'Goldstar',
    register: 'registered',
    link: 'linked',
    status: ['ok'],
    stays: 'New',
  }
  if (row % 97 === 0) {
    const refused = { register: 'rejected', link: 'skipped', status: ['rejected'], code: '1034' }
    return { ...base, ...refused, externalId: `SIM-register-v1-1034-${row}` }
  }
  // Where the reply was lost that said so, nobody can know.
  if (row % 89 === 0) return { ...base, externalId: `SIMW-register-v1-91022-${row}`, status: ['warned', 'ok'] }
  if (row % 83 === 0) return { ...base, externalId: `SIM-register-v1-10001x1-${row}` }
  if (row % 10 === 0) {
    const isKept = existing === 'keep'
    // A look-up after a lost reply may find another name, as that request may be carried out later.
    const there = { externalId: `OLD-${row}`, register: changed, stays: isKept ? 'Old' : 'New' }
    return { ...base, ...there, status: isKept ? ['ok'] : ['ok', 'warned'] }
  }
  const stays = existing === 'keep' ? 'New' : 'Again'
  if (isAgain(row + 1)) return { ...base, stays }
  if (!isAgain(row)) return base
  const { externalId, mobile, email } = wantedOf(row - 1, existing)
  const again = { externalId, mobile, email, name: 'Again', program: 'Bluewing', register: changed, stays }
  return { ...base, ...again, status: ['ok', 'warned'] }
}

/** Those who are there already have been for years, under another name. */
export async function registerOld(url: string, { wanted }: V1Rows): Promise<void> {
  const customers = wanted
    .filter(({ externalId }) => externalId.startsWith('OLD-'))
    .map(({ externalId, mobile }) => {
      return { external_id: externalId, mobile, firstname: 'Old', registered_on: '2015-06-01 10:00:00' }
    })
  const headers = { authorization: 'Basic c3RvcmUuc2VydmVyOjhhMTZhNmI3MDUwNWViMWYxZmY3Y2RjMGNkNTU1OWE3' }
  for (let at = 0; at < customers.length; at += 5) {
    const body = JSON.stringify({ root: { customer: customers.slice(at, at + 5) } })
    const { status } = await fetch(`${url}/v1.1/customer/add`, { method: 'POST', headers, body })
    if (status !== 200) throw new Error(`the simulator registers nobody: ${status}`)
  }
}

/** Rows whose report is not what is wanted, or not what the simulator's books have of their members. */
export function wrongRows(
  { wanted }: V1Rows,
  results: readonly Readonly<Record<string, string>>[],
  simulator: Pick<Simulator, 'profile'>,
): readonly object[] {
  return wanted.flatMap((one, at) => {
    const row = results[at] ?? {}
    const profile = simulator.profile('mobile', one.mobile)
    const isThere = one.register !== 'rejected'
    // What was lost of this row may be carried out behind the next one, of the same member, which then says so.
    const isDoubted = [row, isAgain(at + 2) ? results[at + 1] : undefined].some(
      (each) => each?.['_status'] === 'warned',
    )
    const right =
      row['_row'] === String(at + 1) &&
      row['_register'] === one.register &&
      row['_link'] === one.link &&
      one.status.includes(row['_status'] ?? '') &&
      (one.code === undefined || row['_code'] === one.code) &&
      row['_customer_id'] === (isThere ? String(profile?.id) : '') &&
      (isThere ? profile?.identifiers.includes(`externalId:${one.externalId}`) === true : profile === undefined) &&
      (!isThere || isDoubted || profile?.fields['firstName'] === one.stays)
    return right ? [] : [{ wanted: one, id: profile?.id, fields: profile?.fields, got: row }]
  })
}

/** What the simulator counted, as it must be when all rows are done. */
export function wantedStats({ wanted }: V1Rows): Readonly<Record<string, number>> {
  const members = new Set(wanted.flatMap(({ register, mobile }) => (register === 'rejected' ? [] : [mobile])))
  return {
    customers: members.size,
    doubleRegistrations: 0,
    linksMadeTwice: 0,
    twiceInRequest: 0,
    emptyValues: 0,
    takenIn: 0,
  }
}
