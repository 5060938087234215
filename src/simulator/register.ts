import type { Json } from '../model.ts'
import type { Account } from './account.ts'
import { PASSING, errorsAnswer, fixed, statusOf } from './answer.ts'
import type { Action, Answer } from './answer.ts'
import { fieldsOfV2 } from './fields.ts'
import type { Fields } from './fields.ts'
import { hash, isValid, keyOf, normalise } from './identifiers.ts'
import type { Identifier } from './identifiers.ts'
import type { Member } from './member.ts'
import { namedError, namedWarning } from './named.ts'
import type { Shares } from './options.ts'
import { asList, asRecord, asText, parseJson } from './read-json.ts'
import type { JsonRecord } from './read-json.ts'
import { EXISTS_WITH_ID, SOURCES, WARNINGS } from './texts.ts'

/** What `POST /v2/customers` will do (register-customer-v2.txt; capillary-facts.md, section 7). */
export function register(
  request: { readonly text: string; readonly query: URLSearchParams },
  world: {
    readonly account: Account
    readonly businessStatus: number
    readonly shares: Shares
    readonly wallClock: () => number
  },
): Action {
  const { account, businessStatus } = world
  const application = readApplication(parseJson(request.text), request.query)
  if (application === undefined) return fixed(errorsAnswer(400, 400))
  const member = account.memberOf(application.identifiers)
  if (member === undefined) return fixed(errorsAnswer(businessStatus, application.problem ?? 8005))
  noteArrival(member, account)
  return {
    keys: application.identifiers.map(keyOf),
    perform(busy) {
      const refuse = (code: number, message?: string): Answer =>
        errorsAnswer(statusOf(code, businessStatus), code, message, () => {
          if (!PASSING.has(code)) member.registerRefusals += 1
        })
      const named = namedError(application.externalId, account, 'register') ?? application.problem
      if (named !== undefined) return refuse(named)
      if (busy.size > 0) {
        account.counters.busy += 1
        return refuse(521)
      }
      const holder = holderOf(application, account)
      if (holder?.sameSource === true) {
        account.counters.exists += 1
        return refuse(8006, EXISTS_WITH_ID.replace('{0}', String(holder.customer.id)))
      }
      return accept(application, {
        member,
        account,
        shares: world.shares,
        merges: holder?.customer,
        registeredAt: world.wallClock(),
      })
    },
  }
}

interface Application {
  /** Those that the API takes, over all profiles. */
  readonly identifiers: readonly Identifier[]
  readonly externalId: string
  /** Of the first profile: `INSTORE`, or `WECHAT/account`. */
  readonly source: string
  readonly enrolments: readonly JsonRecord[]
  readonly fields: Fields
  /** Codes of the warnings for what was dropped. */
  readonly warnings: readonly number[]
  /** The code of what is wrong with it. */
  readonly problem: number | undefined
}

function readApplication(body: Json | undefined, query: URLSearchParams): Application | undefined {
  const record = asRecord(body)
  const profiles = asList(record?.['profiles']).map(asRecord)
  const first = profiles[0]
  if (record === undefined || first === undefined) return undefined

  const identifiers: Identifier[] = []
  const warnings: number[] = []
  for (const profile of profiles) {
    for (const { type, value } of typedValues(profile?.['identifiers'])) {
      const identifier = normalise(type, value)
      if (isValid(identifier)) identifiers.push(identifier)
      else warnings.push(type === 'email' ? 8055 : 8056)
    }
    for (const channel of typedValues(profile?.['commChannels'])) {
      if (!isValid(normalise(channel.type, channel.value))) warnings.push(channel.type === 'email' ? 8057 : 8058)
    }
  }
  const source = asText(first['source']) || (query.get('source') ?? '')
  const accountId = asText(first['accountId']) || (query.get('accountId') ?? '')
  return {
    identifiers,
    externalId: identifiers.find(({ type }) => type === 'externalId')?.value ?? '',
    source: accountId === '' ? source : `${source}/${accountId}`,
    fields: withoutEmpty(fieldsOfV2(record)),
    enrolments: asList(record['loyaltyProgramEnrollments']).map((enrolment) => asRecord(enrolment) ?? {}),
    warnings,
    problem: sourceProblem(source),
  }
}

// Empty texts are dropped on registration (capillary-facts.md, section 7).
function withoutEmpty(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''))
}

function typedValues(value: Json | undefined): Identifier[] {
  return asList(value)
    .map((entry) => ({ type: asText(asRecord(entry)?.['type']), value: asText(asRecord(entry)?.['value']) }))
    .filter((entry) => entry.type !== '' && entry.value !== '')
}

function sourceProblem(source: string): number | undefined {
  if (source === '') return 8004
  return SOURCES.has(source) ? undefined : 3217
}

function noteArrival(member: Member, { counters }: Account): void {
  member.registerArrivals += 1
  if (member.registerAnswers > 0) counters.repeats.register += 1
  else if (member.registerRefusals > 0) counters.repeatsAfterRefusal += 1
}

function holderOf(
  { identifiers, source }: Application,
  account: Account,
): { customer: Member; sameSource: boolean } | undefined {
  let elsewhere: Member | undefined
  for (const identifier of identifiers) {
    const customer = account.holderOf(identifier)
    if (customer?.sources.split(',').includes(source) === true) return { customer, sameSource: true }
    elsewhere ??= customer
  }
  return elsewhere === undefined ? undefined : { customer: elsewhere, sameSource: false }
}

function accept(
  application: Application,
  world: {
    member: Member
    account: Account
    shares: Shares
    merges: Member | undefined
    /** By the cluster's wall clock, in seconds. */
    registeredAt: number
  },
): Answer {
  const { member, account, shares, merges } = world
  const { identifiers, source, enrolments } = application
  if (merges === undefined) account.register(member, identifiers, source)
  else account.merge(merges, identifiers, source)
  const customer = merges ?? member
  if (account.remembers && merges === undefined) {
    customer.fields = application.fields
    customer.registeredAt = world.registeredAt
  }
  const points = enrolments
    .map((enrolment) => [Number(asText(enrolment['programId'])), Number(asText(enrolment['loyaltyPoints']))] as const)
    .filter(([, awarded]) => awarded > 0)
  if (points.length > 0) customer.points = [...customer.points, ...points]

  const warnings = application.warnings.map((code) => warning(code))
  if (merges !== undefined) warnings.push(warning(8050), warning(8051, merges.id))
  const named = namedWarning(application.externalId, 'register')
  if (named !== undefined) warnings.push(warning(named))
  if (falls('label', member.key, shares.noStatusLabel)) warnings.push(warning(8107))

  const sideEffects = [...points.map(([, awarded]) => pointsEffect(awarded)), ...gifts(member.key, shares)]
  return {
    status: 200,
    body: JSON.stringify({ createdId: customer.id, warnings, sideEffects }),
    delivered() {
      member.registerAnswers += 1
    },
  }
}

function warning(code: number, value: number | string = ''): { status: false; code: number; message: string } {
  return { status: false, code, message: (WARNINGS[code] ?? `Warning ${code}`).replace('{0}', String(value)) }
}

function pointsEffect(awarded: number): Json {
  return { entityType: 'USER', rawAwardedPoints: awarded, awardedPoints: awarded, type: 'points' }
}

function gifts(key: string, shares: Shares): Json[] {
  const effects: Json[] = []
  if (falls('currency', key, shares.alternateCurrency)) {
    effects.push({
      entityType: 'USER',
      rawAwardedValue: 110,
      alternateCurrencyIdentifier: 'rgpws7',
      alternateCurrencyName: 'ac1',
      awardedValue: 110,
      type: 'alternate_currency',
    })
  }
  if (falls('coupon', key, shares.coupon)) {
    const couponCode = hash(`code ${key}`).toString(36).toUpperCase().padStart(8, '0')
    effects.push({
      id: 1_000_000_000 + (hash(`id ${key}`) % 1_000_000_000),
      entityType: 'USER',
      couponType: 'PE',
      couponCode,
      validTill: '2030-12-31T23:59:59Z',
      description: 'Welcome Offer - 10% flat discount',
      discountCode: 'NO_VALUE',
      trimmedCouponCode: couponCode,
      type: 'coupon',
    })
  }
  return effects
}

function falls(what: string, key: string, share: number): boolean {
  // The last digits: the first ones differ little between similar keys.
  return share > 0 && hash(`${what} ${key}`) % 10_000 < share * 10_000
}
