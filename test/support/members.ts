/** A file of `count` members, each to be registered and linked: `M-1`, `M-2`, … */
export function membersCsv(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, at) => `M-${at + 1},Name,91980${String(at).padStart(7, '0')},G-${at + 1}`,
  )
  return `external_id,name,mobile,membership\n${rows.join('\n')}\n`
}

/** Registers and links the members of `membersCsv`, as fast as it goes. */
export const membersPlan = `
rows: { key: external_id }
limits: { register: none, link: none }
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
