import { type DateParts, writeDate } from '../plan/date-format.ts'
import { commonValue } from '../plan/date-overlap.ts'
import { dateText } from '../plan/date-text.ts'
import { watchMidnights } from '../plan/midnight-watch.ts'
import { type Candidate, candidate, formsFor } from './date-forms.ts'
import type { Guess } from './guess-format.ts'
import { quoteArgument } from './yaml-text.ts'

/** How a column's dates are written: what stands behind `date`. Several forms side by side are one choice. */
export interface DateGuess extends Guess {
  /** Where all its times are midnight, so that its days are to be taken from there. */
  readonly zone?: string
}

/** What is known beside the values. */
export interface DateKnown {
  /** Tells calendars apart. */
  readonly thisYear?: number | undefined
  readonly country?: string | undefined
  /** Whether the time of day counts, and with it the zone that a name stands for. */
  readonly isInstant?: boolean
}

/** The ways to write dates that read most of the values, if they read most of them. */
export function guessDate(values: readonly string[], known: DateKnown = {}): DateGuess | undefined {
  const { thisYear = new Date().getFullYear(), country, isInstant = false } = known
  const namedZones = !isInstant
  const texts = values.map(dateText)
  const alone = bestOf(texts, namedZones)
  const joint = alone[0]?.share === 1 ? undefined : together(texts, namedZones)
  if (joint !== undefined && joint.share > (alone[0]?.share ?? 0)) {
    return { choices: [joint.text], share: joint.share, example: values[0] ?? '', ...otherThan(values, joint.read) }
  }
  const [first] = alone
  if (first === undefined || first.share < ENOUGH) return undefined
  const at = texts.findIndex((_, index) => alone.every(({ read }) => read[index] !== undefined))
  const zone = zoneOf(first)
  return {
    choices: alone.flatMap((trial) => inCalendars(trial, texts, { thisYear, country })),
    share: first.share,
    example: values[at] ?? '',
    ...otherThan(values, first.read),
    ...(zone !== undefined && { zone }),
  }
}

/** A value that is not read. */
function otherThan(values: readonly string[], read: Trial['read']): { readonly other?: string } {
  const other = values.find((_, at) => read[at] === undefined)
  return other === undefined ? {} : { other }
}

/** Below this share, a guess is none. */
const ENOUGH = 0.6
/** Most forms read none of the first few values. */
const FEW = 10

/** What a form makes of the values. */
interface Trial {
  readonly of: Candidate
  readonly read: readonly (DateParts | undefined)[]
  readonly share: number
  /** Values that the form would write just so. */
  readonly exact: number
}

/** The forms that read most values: one for each meaning that they may have. */
function bestOf(texts: readonly string[], namedZones: boolean): readonly Trial[] {
  const known = { isRoc: areOfTaiwan(texts), namedZones }
  const trials = formsFor(texts.slice(0, FEW), known).map((of) => tryForm(of, texts))
  const formats = trials.filter(({ of }) => !of.isCount)
  const top = ofHighest(formats, ({ share }) => share)
  if ((top[0]?.share ?? 0) >= ENOUGH) return meanings(top)
  // A column of years counts no days.
  if (texts.every((text) => /^(?:19|20)\d\d$/.test(text))) return []
  const likely = ofHighest(trials.filter(isLikelyCount), ({ share }) => share)
  // Numbers that are small for their unit count days around the new year of 1970.
  const spread = ofHighest(likely, ({ read }) => read.filter((parts) => !isNearStart(parts)).length)
  return meanings(spread.filter(({ read }) => !read.every(isNearStart)))
}

/** Years of three digits, beside those of two where some are before 2011. */
function areOfTaiwan(texts: readonly string[]): boolean {
  return texts.some((text) => /^(?:0\d\d|1[0-2]\d)(?:[./年-]\d|\d{4}$)/.test(text))
}

function tryForm(of: Candidate, texts: readonly string[]): Trial {
  const read = texts.map((text) => {
    const parts = of.form.read(text)
    return 'why' in parts ? undefined : parts
  })
  const { format } = of.form
  const isExact = (text: string, parts: DateParts | undefined): boolean =>
    format !== undefined && parts !== undefined && writeDate(format, parts).toLowerCase() === text.toLowerCase()
  return {
    of,
    read,
    share: read.filter((parts) => parts !== undefined).length / Math.max(texts.length, 1),
    exact: texts.filter((text, at) => isExact(text, read[at])).length,
  }
}

/** Any number counts some day: it is likely only where all of them are days of our time. */
function isLikelyCount({ of, read }: Trial): boolean {
  return of.isCount && read.every((parts) => parts !== undefined && parts.year >= 1901 && parts.year < 2100)
}

function isNearStart(parts: DateParts | undefined): boolean {
  return parts?.year === 1970 || (parts?.year === 1969 && parts.month === 12)
}

/** Of forms that read the same from the same values one stays: what writes them so, or else the strictest. */
function meanings(trials: readonly Trial[]): readonly Trial[] {
  const ofOurTime = ofHighest(
    trials,
    ({ read }) => read.filter((parts) => parts !== undefined && isOfOurTime(parts)).length,
  )
  const kept: Trial[] = []
  const seen = new Map<string, number>()
  for (const trial of withoutYearFirst(ofOurTime)) {
    const key = JSON.stringify(trial.read.map(momentOf))
    const at = seen.get(key)
    const known = at === undefined ? undefined : kept[at]
    if (at === undefined || known === undefined) {
      seen.set(key, kept.length)
      kept.push(trial)
    } else if (trial.exact > known.exact || (trial.exact === known.exact && loosenessOf(trial) < loosenessOf(known))) {
      kept[at] = trial
    }
  }
  return kept
}

/** What two forms may read alike, however they write the year. */
function momentOf(parts: DateParts | undefined): readonly (number | undefined)[] | undefined {
  if (parts === undefined) return undefined
  const { year, month, day, hour, minute, second, nano, offset } = parts
  return [year, month, day, hour, minute, second, nano, offset]
}

function isOfOurTime({ year }: DateParts): boolean {
  return year >= 1900 && year < 2100
}

/** Two digits of a year stand first seldom enough to be no choice where they may stand last. */
function withoutYearFirst(trials: readonly Trial[]): readonly Trial[] {
  const others = trials.filter(({ of }) => !/^yy(?!y)/.test(of.text))
  return others.length === 0 ? trials : others
}

/** How many of its numbers may have one digit or two. */
function loosenessOf({ of }: Trial): number {
  return of.text.match(/(?<![A-Za-z])[dMHh](?![A-Za-z])|[dMHh](?=[年月日월일])/g)?.length ?? 0
}

function ofHighest<T>(all: readonly T[], measure: (each: T) => number): readonly T[] {
  const highest = Math.max(...all.map(measure))
  return all.filter((each) => measure(each) === highest)
}

type Joint = Pick<Trial, 'share' | 'read'> & { readonly text: string }

/** Two or three forms, each of which reads what the others do not, and no value in two ways. */
function together(texts: readonly string[], namedZones: boolean): Joint | undefined {
  const forms: Candidate[] = []
  let rest = texts
  while (forms.length < 3 && rest.length > 0) {
    const tried = formsFor(rest.slice(0, FEW), { namedZones }).filter(({ isCount }) => !isCount)
    const best = meanings(
      ofHighest(
        tried.map((of) => tryForm(of, rest)),
        ({ share }) => share,
      ),
    )
    const [only] = best
    const others = best.filter(({ read }) => read !== only?.read && read.some((parts, at) => parts && only?.read[at]))
    // A form that some values have is one; what a single value among many has is a slip.
    if (only === undefined || others.length > 0 || only.share * rest.length < Math.max(2, texts.length / 50)) break
    if (forms.some(({ form }) => commonValue(form, only.of.form) !== undefined)) break
    forms.push(only.of)
    rest = rest.filter((_, at) => only.read[at] === undefined)
  }
  if (forms.length < 2) return undefined
  const tried = forms.map((of) => tryForm(of, texts))
  const read = texts.map((_, at) => tried.find((each) => each.read[at] !== undefined)?.read[at])
  return { text: forms.map(argumentOf).join(' or '), share: 1 - rest.length / Math.max(texts.length, 1), read }
}

function argumentOf({ text, calendar }: Candidate): string {
  return quoteArgument(text) + (calendar === undefined ? '' : ` ${calendar}`)
}

interface Known {
  readonly thisYear: number
  readonly country: string | undefined
}

/** Years that are not ours are another calendar's; those of two digits may be, where a country has one of its own. */
function inCalendars({ of, read }: Trial, texts: readonly string[], { thisYear, country }: Known): readonly string[] {
  const isThai = texts.some((text) => /\p{Script=Thai}/u.test(text))
  const own = OWN_CALENDARS[isThai ? 'TH' : (country ?? '')]
  if (own !== undefined && of.calendar === undefined && /(?<!y)yy(?!y)/.test(of.text)) {
    return [argumentOf({ ...of, calendar: own }), argumentOf(of)]
  }
  const years = read.flatMap((parts) => (parts === undefined ? [] : [parts.year])).toSorted((a, b) => a - b)
  const middle = years[Math.floor(years.length / 2)] ?? thisYear
  const last = years.at(-1) ?? thisYear
  const others =
    middle >= 2400 && middle <= 2700
      ? ['buddhist']
      : middle >= 1250 && middle <= 1500
        ? // The Persian year is some 621 behind ours, and the Islamic one, which is shorter, some 579.
          last > thisYear - 621
          ? ['islamic-umalqura']
          : ['persian', 'islamic-umalqura']
        : []
  if (others.length === 0 || of.calendar !== undefined) return ofIbmI(of, texts, country) ?? [argumentOf(of)]
  // Only Persian months have 31 days: what reads less of the values is none.
  const possible = own !== undefined && others.includes(own) ? [own] : others
  const trials = ofHighest(
    possible.map((calendar) => tryForm(candidate(of.text, calendar), texts)),
    ({ share }) => share,
  )
  return trials.map((trial) => argumentOf(trial.of))
}

/** Seven digits may be a year of Taiwan's, or the century of IBM i (AS/400): 0880510 is in 1999 there, and in 1988 here. */
function ofIbmI(of: Candidate, texts: readonly string[], country: string | undefined): readonly string[] | undefined {
  if (of.text !== 'yyyMMdd' || country === 'TW') return undefined
  const other = candidate('cyymmdd')
  if (!isLikelyCount(tryForm(other, texts))) return undefined
  return country === undefined ? [argumentOf(of), argumentOf(other)] : [argumentOf(other)]
}

const OWN_CALENDARS: Readonly<Record<string, string>> = { TH: 'buddhist', TW: 'roc', IR: 'persian', AF: 'persian' }

function zoneOf({ of, read }: Trial): string | undefined {
  if (!of.form.hasTime) return undefined
  const midnights = watchMidnights()
  for (const parts of read) if (parts !== undefined) midnights.see(parts)
  return midnights.place()
}
