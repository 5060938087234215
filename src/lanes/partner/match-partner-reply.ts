import { isRecord, textOf, fieldOf } from '../../capillary/coerce.ts'
import type { LinkedCustomer, LinkedProgram } from '../../capillary/envelope.ts'
import { isSameIdentifier } from '../../capillary/same-identifier.ts'
import type { Json } from '../../model.ts'
import type { PartnerRow } from './partner-call.ts'

type Agreement = 'agrees' | 'contradicts' | 'unknown'

/**
 * Which element of the reply answers each row; undefined where none surely does, or two contradict each other. One to one.
 *
 * By position where the lengths agree, checked by the identifiers; a row that its position does not surely answer is
 * looked for by its identifiers, and once one is found elsewhere, position alone counts no more. The reply's identifiers are
 * the account's own (country code added, others filled in), so one that agrees is enough.
 * Source: capillary-facts.md, section 1.
 */
export function matchCustomers(
  rows: readonly PartnerRow[],
  customers: readonly LinkedCustomer[],
): readonly (LinkedCustomer | undefined)[] {
  const sameLength = rows.length === customers.length
  const agreements = rows.map((row, at) => agreementOf(row, customers[at]))
  const claimed = new Set(sameLength ? rows.keys().filter((at) => agreements[at] === 'agrees') : [])
  const matches = rows.map((_, at) => (claimed.has(at) ? customers[at] : undefined))

  let inOrder = sameLength
  for (const [at, row] of rows.entries()) {
    if (matches[at] !== undefined) continue
    const found = onlyUnclaimed(row, customers, claimed)
    if (found === undefined) continue
    claimed.add(found)
    matches[at] = customers[found]
    inOrder = false
  }
  const sure = matches.map((match, at) => {
    const others = customers.filter((other, index) => !claimed.has(index) && agreementOf(rows[at], other) === 'agrees')
    return match !== undefined && others.some((other) => areContrary(match, other)) ? undefined : match
  })
  if (!inOrder) return sure
  return sure.map((match, at) => match ?? (agreements[at] === 'unknown' ? customers[at] : undefined))
}

/** Whether two answers about one customer say different things of it, or of one of its programs. */
function areContrary(one: LinkedCustomer, other: LinkedCustomer): boolean {
  if (one.status.passed !== other.status.passed) return true
  return one.programs.some((program) =>
    other.programs.some(({ name, status }) => {
      return nameOf(name) === nameOf(program.name) && status.passed !== program.status.passed
    }),
  )
}

function onlyUnclaimed(
  row: PartnerRow,
  customers: readonly LinkedCustomer[],
  claimed: ReadonlySet<number>,
): number | undefined {
  const fitting = [...customers.keys()].filter((at) => !claimed.has(at) && agreementOf(row, customers[at]) === 'agrees')
  return fitting.length === 1 ? fitting[0] : undefined
}

function agreementOf(row: PartnerRow | undefined, linked: LinkedCustomer | undefined): Agreement {
  if (row === undefined || linked === undefined || !isRecord(linked.customer)) return 'unknown'
  const compared = Object.entries(row.customer).flatMap(([name, sent]) => {
    const mine = textOf(sent)
    const theirs = textOf(fieldOf(linked.customer, name))
    return mine === undefined || theirs === undefined ? [] : [isSameIdentifier(name, mine, theirs)]
  })
  if (compared.length === 0) return 'unknown'
  return compared.includes(true) ? 'agrees' : 'contradicts'
}

/**
 * Which program of the reply answers each program sent: by position and name, then by name, then by position alone. None
 * does where the reply has two answers for it that contradict each other.
 */
export function matchPrograms(
  sent: readonly Json[],
  replied: readonly LinkedProgram[],
): readonly (LinkedProgram | undefined)[] {
  const names = sent.map((program) => nameOf(textOf(fieldOf(program, 'partnerProgramName'))))
  const left = new Set(replied.keys())
  const matches: (LinkedProgram | undefined)[] = names.map((name, at) => {
    return name !== '' && nameOf(replied[at]?.name) === name && left.delete(at) ? replied[at] : undefined
  })
  for (const [at, name] of names.entries()) {
    if (matches[at] !== undefined || name === '') continue
    const found = [...left].find((index) => nameOf(replied[index]?.name) === name)
    if (found === undefined) continue
    left.delete(found)
    matches[at] = replied[found]
  }
  return matches.map((match, at) => {
    if (match !== undefined && isContradicted(match, left, replied)) return undefined
    if (match !== undefined || !left.has(at) || sent.length !== replied.length) return match
    return names[at] === '' || nameOf(replied[at]?.name) === '' ? replied[at] : undefined
  })
}

/** Whether the reply has another answer for the same program that says something else. */
function isContradicted(match: LinkedProgram, left: ReadonlySet<number>, replied: readonly LinkedProgram[]): boolean {
  return [...left].some((at) => {
    const other = replied[at]
    return nameOf(other?.name) === nameOf(match.name) && other?.status.passed !== match.status.passed
  })
}

function nameOf(name: string | undefined): string {
  return name?.trim().toLowerCase() ?? ''
}
