import type { Json, SideEffect } from '../model.ts'

/** One error or warning as the API words it. */
export interface Issue {
  readonly code?: number
  readonly message: string
}

/** One entity of a reply: the customer of a registration, or an item of a bulk or V1 reply. */
export interface Item {
  /** The customer's id, where the reply gives one. */
  readonly id?: string
  /** The API took the entity, whatever else it says. */
  readonly accepted: boolean
  readonly errors: readonly Issue[]
  readonly warnings: readonly Issue[]
  readonly sideEffects: readonly SideEffect[]
}

/** A `{status, code, message}` of the link reply. `passed` is its boolean, which alone is the verdict. */
export interface LinkStatus {
  readonly passed?: boolean
  readonly code?: number
  readonly message?: string
}

export interface LinkedProgram {
  readonly name?: string
  readonly status: LinkStatus
}

export interface LinkedCustomer {
  readonly id?: string
  /** The identifiers as the reply gives them: the account's own, so not always those that were sent. */
  readonly customer: Json | undefined
  readonly status: LinkStatus
  readonly programs: readonly LinkedProgram[]
}

/** What a reply's body is. */
export type Envelope =
  | { readonly kind: 'single'; readonly item: Item; readonly entity?: string }
  | {
      readonly kind: 'link'
      readonly customers: readonly LinkedCustomer[]
      readonly errors: readonly Issue[]
      readonly warnings: readonly Issue[]
    }
  | { readonly kind: 'bulk'; readonly items: readonly Item[] }
  | { readonly kind: 'v1'; readonly items: readonly Item[]; readonly errors: readonly Issue[] }
  /**
   * No envelope of the API: `why` says in words what it is instead, and `said` what stands in it for people. `ofRow`: it
   * answers these rows all the same, and says nothing of the host.
   */
  | { readonly kind: 'none'; readonly why: string; readonly said?: string; readonly ofRow?: boolean }
