import { UsageError } from '../model.ts'
import { asRecord, parseJson } from './read-json.ts'

/** How the simulated organisation is set up, where what the API does hangs on that (capillary-facts-2.md, A1). */
export interface OrgSettings {
  /** The type of identifier that never changes, and that V1 finds a member by first. Default `mobile`. */
  readonly primaryKey: 'mobile' | 'email' | 'externalId'
  /**
   * What a V1 registration comes to where an identifier is somebody's and the primary one is new. `update`, the default:
   * that account is updated. `merge`: it is, and takes in the accounts of the other identifiers. `refuse`: 1047. `leave`:
   * a new member without that identifier. `repeat`: a new member with it (dual eligibility).
   */
  readonly secondaryKnown: 'update' | 'merge' | 'refuse' | 'leave' | 'repeat'
  /** Types of identifiers that an update may replace. Default: none. */
  readonly mayChange: readonly string[]
  /** V1 refuses who is there with 1014, 1032, 1033 or 1016. Default false: it updates them. */
  readonly refusesExisting: boolean
  /** What becomes of a V1 member's external id. `hidden`: stored, and null in replies. `generated`: replaced. Default `kept`. */
  readonly externalIds: 'kept' | 'hidden' | 'generated'
  /** The first day on which V1 lets members have registered, `YYYY-MM-DD`: others get 1034. */
  readonly firstDay?: string
  /** Every item of V1 registrations gets this code. */
  readonly refuseAll?: number
  /** Tills that exist; absent: any does. Others: 91020 and 91021. */
  readonly tills?: readonly string[]
  /** Custom and extended fields that exist; absent: any does. Others: 1017 and 91015, under a success. */
  readonly customFields?: readonly string[]
  readonly extendedFields?: readonly string[]
  /** Members that a request of V1 may name; absent: as many as it likes. */
  readonly batch: {
    readonly add?: number
    readonly get?: number
    /** Whether 1060 says the number. Default true. */
    readonly says: boolean
    /** Whether 1060 stands at the top or in each item. Default `top`. */
    readonly where: 'top' | 'items'
  }
  /** Whether a PUT clears what its body does not name. Default `merge`: it does not. */
  readonly put: 'merge' | 'replace'
  /** Tiers of partner programs that exist; absent: any does. */
  readonly partnerTiers?: readonly string[]
  /** Whether tier updates and unlinks answer in their own shape, or in each other's. Default `own`. */
  readonly partnerReplies: 'own' | 'swapped'
  /** Minutes from UTC to the wall clock of the cluster. Default 330. */
  readonly clusterOffset: number
  /** How 91009 comes: as a warning under 1000, or as the item's own code. Default `warning`. */
  readonly survivorAs: 'warning' | 'code'
}

/** Only what is to differ from the defaults. */
export type OrgOptions = Partial<Omit<OrgSettings, 'batch'>> & { readonly batch?: Partial<OrgSettings['batch']> }

/** The settings, with defaults where nothing is said. */
export function orgSettings(options: OrgOptions = {}): OrgSettings {
  return { ...DEFAULTS, ...options, batch: { ...DEFAULTS.batch, ...options.batch } }
}

/** Reads settings from JSON. Throws a UsageError where it is none, or names one that is none. */
export function parseOrg(text: string): OrgOptions {
  const values = asRecord(parseJson(text))
  if (values === undefined)
    throw new UsageError(`expected the organisation's settings as JSON, such as {"put":"replace"}`)
  return checkOrg(values)
}

/** Takes settings from outside. Throws a UsageError that names the one that is none. */
export function checkOrg(values: Readonly<Record<string, unknown>>): OrgOptions {
  const unknown = Object.keys(values).find((name) => !NAMES.has(name))
  if (unknown !== undefined) {
    throw new UsageError(`"${unknown}" is no setting of the organisation: use one of ${[...NAMES].join(', ')}`)
  }
  return values
}

const DEFAULTS: OrgSettings = {
  primaryKey: 'mobile',
  secondaryKnown: 'update',
  mayChange: [],
  refusesExisting: false,
  externalIds: 'kept',
  batch: { says: true, where: 'top' },
  put: 'merge',
  partnerReplies: 'own',
  clusterOffset: 330,
  survivorAs: 'warning',
}

const NAMES: ReadonlySet<string> = new Set([
  ...Object.keys(DEFAULTS),
  'firstDay',
  'refuseAll',
  'tills',
  'customFields',
  'extendedFields',
  'partnerTiers',
])
