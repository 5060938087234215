import { faultsOf } from '../../src/simulator/faults.ts'
import type { Simulator } from '../../src/simulator/start-simulator.ts'

/** Every kind of fault that befalls register, and link no other. */
/** All but the one that says something untrue of who the member is, which no import can set right. */
export const FAULTS = faultsOf('register').filter((fault) => fault !== 'othersId')

/** Many more attempts than a file would need: here every tenth of them and more comes to nothing. */
export const PLAN = `
rows: { key: external_id }
limits: { register: 60000, link: 6000 }
retry: { attempts: 40, for: 6h }
outage: 1h
register:
  body:
    profiles:
      - firstName: \${name}
        identifiers:
          - { type: externalId, value: "\${external_id}" }
          - { type: mobile, value: "\${mobile}" }
        source: INSTORE
link:
  customer: { externalId: "\${external_id}" }
  linkToPartnerPrograms:
    - partnerProgramName: Goldstar
      customerPartnerReference: { partnerMembershipId: "\${membership}" }
`

interface Wanted {
  readonly externalId: string
  readonly membership: string
  readonly register: 'registered' | 'rejected'
  readonly link: 'linked' | 'rejected' | 'skipped'
}

/** A row as it is to be: every so often one that the API refuses for good, on either lane. */
function wantedOf(row: number): Wanted {
  const membership = `G${row}`
  if (row % 97 === 0) return { externalId: `SIM-8014-${row}`, membership, register: 'rejected', link: 'skipped' }
  if (row % 89 === 0) {
    return { externalId: `C${row}`, membership: `SIM-2006-${row}`, register: 'registered', link: 'rejected' }
  }
  return { externalId: `C${row}`, membership, register: 'registered', link: 'linked' }
}

export function csvOf(rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const { externalId, membership } = wantedOf(at + 1)
    return `${externalId},Name,9198${String(at + 1).padStart(8, '0')},${membership}`
  })
  return `external_id,name,mobile,membership\n${lines.join('\n')}\n`
}

/** The lines of results.csv that do not say what is true by the simulator's books, or are missing. */
export function wrongRows(
  results: readonly Readonly<Record<string, string>>[],
  rows: number,
  simulator: Pick<Simulator, 'customers'>,
): readonly string[] {
  const ids = new Map<string, string>()
  for (const { id, identifiers } of simulator.customers()) {
    for (const identifier of identifiers) ids.set(identifier, String(id))
  }
  return Array.from({ length: rows }, (_, at) => at + 1).flatMap((row) => {
    const { externalId, register, link } = wantedOf(row)
    const got = results[row - 1] ?? {}
    const id = register === 'registered' ? (ids.get(`externalId:${externalId}`) ?? 'none') : ''
    const isRight =
      got['_row'] === String(row) &&
      got['_register'] === register &&
      got['_link'] === link &&
      got['_customer_id'] === id
    return isRight ? [] : [`row ${row}: ${JSON.stringify(got)}, where ${register}, ${link} and id ${id} are right`]
  })
}
