/** What the file says of a member. */
export interface FileMember {
  readonly id: string
  mobile: string
  name: string
  city: string
  tier: string
}

export type MemberField = 'mobile' | 'name' | 'city' | 'tier'

/** Members of whom some change each night, as the sender knows them. */
export interface ChangingMembers {
  readonly all: readonly FileMember[]
  /** Changes two in a hundred, in one field each, and adds one in a thousand. Gives what changed. */
  pass(night: number): ReadonlyMap<string, MemberField | 'new'>
  file(): string
}

const SHARE_CHANGED = 0.02
const SHARE_NEW = 0.001
const CITIES = ['Pune', 'Agra', 'Delhi', 'Surat', 'Jaipur']
const TIERS = ['Silver', 'Gold', 'Platinum']
const FIELDS: readonly MemberField[] = ['name', 'city', 'tier', 'mobile']

/** The same changes for the same seed. */
export function changingMembers(size: number, random: () => number): ChangingMembers {
  const all: FileMember[] = []
  let mobiles = 0
  const below = (most: number) => Math.floor(random() * most)
  // No phone is given twice, so that none is anybody else's.
  const nextMobile = () => `9198${String(++mobiles).padStart(8, '0')}`
  const another = (values: readonly string[], not: string) =>
    values.filter((value) => value !== not)[below(values.length - 1)] ?? not
  const add = () => {
    const id = `M-${all.length + 1}`
    all.push({ id, mobile: nextMobile(), name: 'Asha', city: CITIES[0] ?? '', tier: TIERS[0] ?? '' })
    return id
  }
  for (let count = 0; count < size; count++) add()
  const change = (member: FileMember, night: number): MemberField => {
    const field = FIELDS[below(FIELDS.length)] ?? 'name'
    if (field === 'mobile') member.mobile = nextMobile()
    else if (field === 'name') member.name = `Asha ${night}`
    else if (field === 'city') member.city = another(CITIES, member.city)
    else member.tier = another(TIERS, member.tier)
    return field
  }
  return {
    all,
    pass(night) {
      const changed = new Map<string, MemberField | 'new'>()
      const known = all.length
      for (let count = Math.round(known * SHARE_CHANGED); count > 0; count--) {
        const member = all[below(known)]
        if (member !== undefined && !changed.has(member.id)) changed.set(member.id, change(member, night))
      }
      for (let count = Math.max(1, Math.round(known * SHARE_NEW)); count > 0; count--) changed.set(add(), 'new')
      return changed
    },
    file() {
      const lines = all.map(({ id, mobile, name, city, tier }) => `${id},${mobile},${name},${city},${tier}\n`)
      return `id,mobile,name,city,tier\n${lines.join('')}`
    },
  }
}
