/** The meta of a ledger in which the process at work notes how many rows it expects in all. */
export const ROWS_IN_ALL = 'rows_in_all'

/** Likewise, when it expects to be done; milliseconds since the epoch. */
export const ENDS_AT = 'ends_at'

/** Likewise, how many rows its workers have in hand; absent where workers elsewhere may have some. */
export const IN_FLIGHT = 'in_flight'
