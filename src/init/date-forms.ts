import { type DateForm, makeDateForm } from '../plan/date-form.ts'
import { isCalendar } from '../plan/calendars.ts'

/** A form that a column's dates may have. */
export interface Candidate {
  /** As it stands behind `date`, where it needs no quotes. */
  readonly text: string
  readonly calendar?: string
  readonly form: DateForm
  /** Found by its digits alone: any number is such a date, and only where all are of our time is it likely. */
  readonly isCount: boolean
}

/** The forms that read some of the texts, the commonest first. Days and times of day are looked at apart, as all ways to join them are thousands. */
export function formsFor(texts: readonly string[]): readonly Candidate[] {
  const split = texts.map(splitTime)
  const days = dayForms().filter(({ form }) => split.some(({ day }) => !('why' in form.read(day))))
  const times = timeForms().filter(({ form }) => split.some(({ time }) => !('why' in form.read(ANY_DAY + time))))
  const hasDays = split.some(({ time }) => time === '')
  return [
    ...(hasDays ? days : []),
    ...days.flatMap(({ text, calendar }) => times.map((time) => candidate(text + time.text, calendar))),
    ...counts().filter(({ form }) => texts.some((text) => !('why' in form.read(text)))),
  ]
}

function splitTime(text: string): { readonly day: string; readonly time: string } {
  const found = /(?:,? |T)(?:\p{L}[\p{L}\p{M}. ]*)?\d{1,2}:\d\d.*$/u.exec(text)
  return found === null ? { day: text, time: '' } : { day: text.slice(0, found.index), time: found[0] }
}

/** What stands before a time while it is looked at alone. */
const ANY_DAY = '2000-01-01'

const dayForms = once(() => [
  ...DAYS.map((text) => candidate(text)),
  ...['yyy/MM/dd', 'yyy-MM-dd', 'yyy.MM.dd', '民國y年M月d日'].map((text) => candidate(text, 'roc')),
])
const timeForms = once(() =>
  TIMES.flatMap((time) => [time, `${time}XXX`, `${time} XXX`]).map((time) => {
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
  'Gy年M月d日',
  'Gy.M.d',
  'Gy/M/d',
  'Gyy.MM.dd',
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
  "d 'de' MMMM 'de' yyyy",
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
const TIMES = [...CLOCKS.flatMap((clock) => [` ${clock}`, `, ${clock}`]), "'T'HH:mm", "'T'HH:mm:ss", "'T'HH:mm:ss.SSS"]
