/** What sort of night it is. `none`: no file came; `missed`: no scheduler was there; `scheduler`: it was killed. */
export type NightKind = 'usual' | 'broken' | 'twice' | 'none' | 'missed' | 'outage' | 'crash' | 'scheduler'

interface RollMember {
  readonly id: string
  name: string
  card: string
  present: boolean
  /** Different links that were in a file that was imported. */
  readonly cards: Set<string>
  /** It was new or changed in a night in which a request may have been made twice. */
  disturbed: boolean
}

/** The members as the sender knows them, and what should have become of them. */
export interface Roll {
  /** The file of the next night: some members are new, some changed, some gone, some back. */
  pass(night: number, kind: NightKind): string
  /** A whole number below `below`. */
  chance(below: number): number
  expected(): ReadonlyMap<string, { readonly links: number; readonly disturbed: boolean }>
  readonly size: number
}

/** Nights in which a request may be made twice. */
const DISTURBED: readonly NightKind[] = ['crash', 'scheduler', 'outage']

/** Of a thousand members: those that a night makes new, renames, links anew, takes away or brings back. */
const A_THOUSAND = { fresh: 4, renamed: 5, relinked: 3, gone: 3, back: 1 }

export function openRoll(size: number, seed: number): Roll {
  const random = seededRandom(seed)
  const chance = (below: number) => Math.floor(random() * below)
  const members: RollMember[] = []
  const add = () => {
    const id = `M-${members.length + 1}`
    members.push({ id, name: 'Name', card: `G-${id}`, present: true, cards: new Set(), disturbed: false })
  }
  for (let count = 0; count < size; count++) add()
  const some = (of: number, change: (member: RollMember) => void) => {
    for (let count = Math.max(Math.round((of * size) / 1000), 1); count > 0; count--) {
      const member = members[chance(members.length)]
      if (member !== undefined) change(member)
    }
  }
  return {
    chance,
    pass(night, kind) {
      if (night > 0) {
        some(A_THOUSAND.fresh, add)
        some(A_THOUSAND.renamed, (member) => (member.name = `Name ${night}`))
        some(A_THOUSAND.relinked, (member) => (member.card = `G-${member.id}-${night}`))
        some(A_THOUSAND.gone, (member) => (member.present = false))
        some(A_THOUSAND.back, (member) => (member.present = true))
      }
      const present = members.filter((member) => member.present)
      for (const member of present) {
        const isNew = !member.cards.has(member.card)
        member.cards.add(member.card)
        if (isNew && DISTURBED.includes(kind)) member.disturbed = true
      }
      return `id,name,card\n${present.map(({ id, name, card }) => `${id},${name},${card}\n`).join('')}`
    },
    expected() {
      const seen = members.filter(({ cards }) => cards.size > 0)
      return new Map(seen.map(({ id, cards, disturbed }) => [id, { links: cards.size, disturbed }]))
    },
    get size() {
      return members.length
    },
  }
}

/**
 * One night in four is not usual; which, comes in turn, none of them first or last. The trouble of some stays for a
 * second night: it is told once.
 */
export function kindOf(night: number, nights: number, seed: number): NightKind {
  const unusual = ['crash', 'scheduler', 'broken', 'missed', 'twice', 'outage', 'none'] as const
  const at = night + seed
  const kind = unusual[Math.floor(at / 4) % unusual.length] ?? 'usual'
  if (night < 3 || night === nights - 1) return 'usual'
  const stays = kind === 'broken' || kind === 'twice' || kind === 'none'
  return at % 4 === 0 || (at % 4 === 1 && stays) ? kind : 'usual'
}

/** What should be told of nights that went by, by the rules of docs/sync.md. */
export function expectedNews(nights: readonly NightKind[]): readonly string[] {
  const news: string[] = []
  const told = new Set<string>()
  const trouble = (event: string, what: string) => {
    if (!told.has(what)) news.push(event)
    told.add(what)
  }
  const good = () => {
    news.push(told.size > 0 ? 'recovered' : 'finished')
    told.clear()
  }
  let isOpen = false
  let wasMissed = false
  for (const kind of nights) {
    if (kind === 'missed') {
      wasMissed = true
      continue
    }
    if (wasMissed) trouble('missed', 'missed')
    wasMissed = false
    // A run that an outage halted is gone on with first.
    if (isOpen && kind !== 'outage') good()
    isOpen = kind === 'outage'
    if (kind === 'usual' || kind === 'crash' || kind === 'scheduler') good()
    else if (kind === 'broken') trouble('guard', 'unreadable')
    else if (kind === 'twice') trouble('guard', 'same_file')
    else if (kind === 'none') trouble('missed', 'missed')
    else trouble('halted', 'outage')
  }
  return news
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
