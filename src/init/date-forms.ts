import { type DateForm, makeDateForm } from '../plan/date-form.ts'
import { isCalendar } from '../plan/calendars.ts'
import { composeForms } from './compose-forms.ts'

/** A form that a column's dates may have. */
export interface Candidate {
  /** As it stands behind `date`, where it needs no quotes. */
  readonly text: string
  readonly calendar?: string
  readonly form: DateForm
  /** Found by its digits alone: any number is such a date, and only where all are of our time is it likely. */
  readonly isCount: boolean
}

/**
 * The forms that read some of the texts, the commonest first. Days and times of day are looked at apart, as all ways to join
 * them are thousands. `isRoc`: the years are Taiwan's, with two digits or three.
 */
export function formsFor(
  texts: readonly string[],
  { isRoc = false, namedZones = false }: { readonly isRoc?: boolean; readonly namedZones?: boolean } = {},
): readonly Candidate[] {
  const split = texts.map(splitTime)
  const days = [...(isRoc ? rocForms() : []), ...dayForms()].filter(({ form }) =>
    split.some(({ day }) => !('why' in form.read(day))),
  )
  const times = timeForms().filter(({ form }) => split.some(({ time }) => !('why' in form.read(ANY_DAY + time))))
  const hasDays = split.some(({ time }) => time === '')
  const listed = [
    ...(hasDays ? days : []),
    ...days.flatMap(({ text, calendar }) => times.map((time) => candidate(text + time.text, calendar))),
  ]
  return [
    ...listed,
    ...composedFor(
      texts.filter((text) => listed.every(({ form }) => 'why' in form.read(text))),
      namedZones,
    ),
    ...counts().filter(({ form }) => texts.some((text) => !('why' in form.read(text)))),
  ]
}

/** What texts show themselves to be written by, where no form of the list reads them. */
function composedFor(texts: readonly string[], namedZones: boolean): readonly Candidate[] {
  const forms = new Map<string, Candidate>()
  for (const text of texts) {
    for (const { text: form, calendar } of composeForms(text, { namedZones })) {
      if (forms.has(form)) continue
      const made = candidate(form, calendar)
      if (!('why' in made.form.read(text))) forms.set(form, made)
    }
  }
  return [...forms.values()]
}

function splitTime(text: string): { readonly day: string; readonly time: string } {
  const found = TIME.exec(text)
  return found === null ? { day: text, time: '' } : { day: text.slice(0, found.index), time: found[0] }
}

/** Behind a day: hours and minutes, with words and signs before them and between; of 14 digits the last six. */
const TIME =
  /(?:,? |T|-|:)(?:\p{L}[\p{L}\p{M}. ]*|- )?\d{1,2}[:.h]\d\d?(?:[:.h\sZ+-].*)?$|(?:,? |:)\d{1,2}:\d\d.*$|T\d{6}.*$|(?<=^\d{8})(?:\d{4}|\d{6})(?:\.\d+)?Z?$/u

/** What stands before a time while it is looked at alone. */
const ANY_DAY = '2000-01-01'

const dayForms = once(() => [
  ...DAYS.map((text) => candidate(text)),
  ...[
    'yyy/MM/dd',
    'yyy-MM-dd',
    'yyy.MM.dd',
    '民國y年M月d日',
    '民國 y 年 M 月 d 日',
    '中華民國y年M月d日',
    '中華民國 y 年 M 月 d 日',
  ].map((text) => candidate(text, 'roc')),
  ...["d MMM 'พ.ศ.' yyyy", "d MMMM 'พ.ศ.' yyyy"].map((text) => candidate(text, 'buddhist')),
])
/** They would read years of two digits in any file. */
const rocForms = once(() => ['y/M/d', 'y-M-d', 'y.M.d', 'yyyMMdd', 'y年M月d日'].map((text) => candidate(text, 'roc')))
const timeForms = once(() =>
  TIMES.flatMap((time) => (time.includes('XXX') ? [time] : [time, `${time}XXX`, `${time} XXX`])).map((time) => {
    const { form } = candidate(`yyyy-MM-dd${time}`)
    return { text: time, form }
  }),
)
const counts = once(() =>
  ['epoch-seconds', 'epoch-milliseconds', 'epoch-microseconds', 'serial-1900'].map((text) => candidate(text)),
)

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** The same form in another calendar. */
export function candidate(text: string, calendar?: string): Candidate {
  const form = makeDateForm(text, calendar !== undefined && isCalendar(calendar) ? { calendar } : {})
  if ('mistake' in form) throw new Error(form.mistake)
  return { text, ...(calendar !== undefined && { calendar }), form, isCount: form.format === undefined }
}

const DAYS = [
  'yyyy-MM-dd',
  'yyyy/MM/dd',
  'yyyy.MM.dd',
  'yyyy-M-d',
  'yyyy/M/d',
  'yyyy.M.d',
  'yyyyMMdd',
  'yyyy. M. d.',
  'yyyy. MM. dd.',
  'yyyy年M月d日',
  'yyyy年MM月dd日',
  'yyyy년 M월 d일',
  'yyyy년M월d일',
  'Gy年M月d日',
  'Gy.M.d',
  'Gy/M/d',
  'G.y.M.d',
  'Gyy.MM.dd',
  'GyyMMdd',
  'yyyy.MM.dd.',
  'yyyy. MMMM d.',
  'yyyy年M月d日 EEEE',
  'yyyy年M月d日(EEE)',
  'yyyy/M/d EEEE',
  'yyyy/M/d(EEE)',
  ...['/', '-', '.', ' ', ''].flatMap((sign) =>
    ['yyyy', 'yy'].flatMap((year) => [
      ['dd', 'MM', year].join(sign),
      ['MM', 'dd', year].join(sign),
      ...(sign === ''
        ? [`ddMMM${year}`]
        : [
            ['d', 'M', year].join(sign),
            ['M', 'd', year].join(sign),
            ['dd', 'MMM', year].join(sign),
            ['d', 'MMM', year].join(sign),
            ['d', 'MMMM', year].join(sign),
          ]),
    ]),
  ),
  'MMM d, yyyy',
  'MMMM d, yyyy',
  'd MMM, yyyy',
  'd. MMM yyyy',
  'd. MMMM yyyy',
  // Czech, Slovak and Slovene; Croatian and Serbian.
  'd. M. yyyy',
  'dd. MM. yyyy',
  'd. M. yyyy.',
  'dd. MM. yyyy.',
  'd.M.yyyy.',
  'dd.MM.yyyy.',
  'd. MMMM yyyy.',
  'dd.MMM yyyy',
  "d 'de' MMMM 'de' yyyy",
  "dd.MM.yyyy 'г.'",
  "d MMMM yyyy 'г.'",
  "dd.MM.yyyy 'r.'",
  "d MMMM yyyy 'r.'",
  "yyyy 'm.' MMMM d 'd.'",
  "yyyy. 'gada' d. MMMM",
  "'ngày' d MMMM 'năm' yyyy",
  'MMM d yyyy',
  'MMM-dd-yyyy',
  'yyyy MMM d',
  'yyyy/MMM/dd',
  'd MMM,yyyy',
  'dd / MM / yyyy',
  'dd_MM_yyyy',
  'dd,MM,yyyy',
  'EEEE, MMMM d, yyyy',
  'EEE, d MMM yyyy',
  'EEE MMM dd yyyy',
  'EEEE, d. MMMM yyyy',
  'EEEE d MMMM yyyy',
  "EEEE, d 'de' MMMM 'de' yyyy",
  'yyyy-MM-ddXXX',
  'yyyy-MMM-dd',
  'yy/MM/dd',
  'yy-MM-dd',
  'yy.MM.dd',
  'yyMMdd',
]
const CLOCKS = [
  'HH:mm',
  'HH:mm:ss',
  'HH:mm:ss.SSS',
  'hh:mm a',
  'hh:mm:ss a',
  'H:mm',
  'H:mm:ss',
  'h:mm a',
  'h:mm:ss a',
  'a h:mm',
  'a h:mm:ss',
]
const TIMES = [
  ...CLOCKS.flatMap((clock) => [` ${clock}`, `, ${clock}`]),
  "'T'HH:mm",
  "'T'HH:mm:ss",
  "'T'HH:mm:ss.SSS",
  "'T'HHmmss",
  'HHmmss',
  'HHmmss.SSS',
  'HHmm',
  // Oracle, DB2, SAS and SQL Server.
  ' hh.mm.ss.SSS a',
  '-HH.mm.ss.SSS',
  ':HH:mm:ss',
  ':HH:mm:ss.SSS',
  ' h:mma',
  ' h:mm:ss:SSSa',
  ' H:m:s',
  // Go behind its offset, and people.
  " HH:mm:ss XXX 'UTC'",
  ' - HH:mm',
  " 'às' HH:mm",
  ", HH:mm 'Uhr'",
  " HH'h'mm",
  // Indonesian, Italian and Nordic.
  ...['HH.mm', 'HH.mm.ss', 'H.mm', 'H.mm.ss'].flatMap((clock) => [
    ` ${clock}`,
    `, ${clock}`,
    ` 'klo' ${clock}`,
    ` 'kl.' ${clock}`,
  ]),
]
