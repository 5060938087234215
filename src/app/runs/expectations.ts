/** The meta of a ledger in which the process at work notes how many rows it expects in all. */
export const ROWS_IN_ALL = 'rows_in_all'

/** Likewise, when it expects to be done; milliseconds since the epoch. */
export const ENDS_AT = 'ends_at'
