/** What happened to the account, over all of its members. */
export interface AccountCounters {
  registrations: number
  /** Members that registrations made a customer more than once: possible with `allowDoubles` alone. */
  doubleRegistrations: number
  merged: number
  /** Registrations answered with 8006. */
  exists: number
  linksMade: number
  /** Links that were made more than once: possible with `allowDoubles` alone. */
  linksMadeTwice: number
  /** Links answered with 2005, already linked. */
  alreadyLinked: number
  /** Customers that no program was linked for because nobody has registered them. */
  unknownCustomers: number
  /** Answers of 521 because the same member had another request under way. */
  busy: number
  /** Arrivals for a member (link: for a program of a member) whose success had been told before. */
  repeats: { register: number; link: number }
  /** Registrations that arrived for a member whose final refusal had been told before. */
  repeatsAfterRefusal: number
  /** Items of V1 registrations that arrived for a member whose success had been told before. */
  v1Repeats: number
  /** Members that V1 registrations updated, and of these the ones that were found by another than the primary identifier. */
  v1Updated: number
  v1UpdatedBySecondary: number
  /** Requests in which two members shared an identifier. */
  twiceInRequest: number
  /** Empty texts and nulls in bodies of V1 registrations and updates. */
  emptyValues: number
  updates: number
  /** Updates that changed nothing. */
  updatesInVain: number
  /** Accounts that another one took in because an update or a V1 registration named identifiers of both. */
  takenIn: number
  tiersChanged: number
  unlinked: number
}

/** Nothing has happened yet. */
export function newCounters(): AccountCounters {
  return {
    registrations: 0,
    doubleRegistrations: 0,
    merged: 0,
    exists: 0,
    linksMade: 0,
    linksMadeTwice: 0,
    alreadyLinked: 0,
    unknownCustomers: 0,
    busy: 0,
    repeats: { register: 0, link: 0 },
    repeatsAfterRefusal: 0,
    v1Repeats: 0,
    v1Updated: 0,
    v1UpdatedBySecondary: 0,
    twiceInRequest: 0,
    emptyValues: 0,
    updates: 0,
    updatesInVain: 0,
    takenIn: 0,
    tiersChanged: 0,
    unlinked: 0,
  }
}
