import type { OrgOptions } from '../../src/simulator/org.ts'

/** A way in which a sync brings changes of members to the API. */
export interface ChangeWay {
  readonly name: string
  readonly plan: string
  readonly org: OrgOptions
}

const rest = `
link:
  customer: { externalId: "\${id}" }
  linkToPartnerPrograms:
    - { partnerProgramName: Goldstar, customerPartnerReference: { partnerMembershipId: "\${id}" } }
tier:
  customer: { externalId: "\${id}" }
  partnerProgramUpdates:
    - { partnerProgramName: Goldstar, updateType: UPGRADE, updateDetails: { updatedTierName: "\${tier}" } }
retry: { attempts: 20, for: 1h }
`

const registration = (existing: 'keep' | 'update') => `
rows: { key: id }
limits: { register-v1: none, look-up-v1: none, update: none, link: none, tier: none }
register-v1:
  existing: ${existing}
  customer:
    external_id: \${id}
    mobile: \${mobile}
    firstname: \${name}
    extended_fields: { field: [{ name: city, value: "\${city}" }] }`

/** By an update of its own, which changes no phone; and by registering again, where the organisation lets phones change. */
export const CHANGE_WAYS: readonly ChangeWay[] = [
  {
    name: 'register-v1 (keep), update, tier',
    plan: `${registration('keep')}
update:
  by: { externalId: "\${id}" }
  source: INSTORE
  body: { profiles: [{ firstName: "\${name}" }], extendedFields: { city: "\${city}" } }${rest}`,
    org: {},
  },
  {
    name: 'register-v1 (update), tier',
    plan: `${registration('update')}${rest}`,
    org: { primaryKey: 'externalId', mayChange: ['mobile'] },
  },
]
