export const REGIONS = ['asia-1', 'asia-2', 'emea', 'us', 'demo'] as const
export type Region = (typeof REGIONS)[number]

/** Requests a minute, by the region of the account; `others` where the region is not said, or is not named. */
export type LimitByRegion = { readonly others: number } & { readonly [Name in Region]?: number }
