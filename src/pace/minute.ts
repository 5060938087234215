/** The time that a limit counts requests in. Others are for trials against a simulator with a shorter one. */
export const MINUTE_MS = 60_000
