import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dateText } from '../../src/plan/date-text.ts'
import { INSTANT, reader } from './date-reader.ts'

describe('laws', () => {
  const days = fc
    .date({ min: new Date('1912-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10))

  test.each([
    'buddhist',
    'roc',
    'persian',
    'islamic-umalqura',
    'islamic-civil',
    'indian',
    'ethiopic',
    'coptic',
  ] as const)('a day written in the calendar %s is read as that day', (calendar) => {
    const read = reader(`date y-M-d ${calendar}`)
    fc.assert(
      fc.property(days, (day) => {
        const { year, month, day: ofMonth } = Temporal.PlainDate.from(day).withCalendar(calendar)
        expect(read(`${year}-${month}-${ofMonth}`).value).toBe(day)
      }),
    )
  })

  test('a day written in an era is read as that day', () => {
    const read = reader('date Gy.M.d')
    fc.assert(
      fc.property(days, (day) => {
        const { era, eraYear, month, day: ofMonth } = Temporal.PlainDate.from(day).withCalendar('japanese')
        expect(read(`${era}${eraYear}.${month}.${ofMonth}`).value).toBe(day)
      }),
    )
  })

  test('an instant is read as the day that Temporal says it is there', () => {
    const zones = fc.constantFrom(
      'Asia/Kolkata',
      'Europe/London',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Tehran',
    )
    const times = fc.date({ min: new Date('1950-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
    fc.assert(
      fc.property(zones, times, (zone, time) => {
        const there = Temporal.Instant.from(time.toISOString()).toZonedDateTimeISO(zone)
        expect(reader(`date ${INSTANT} in ${zone}`)(time.toISOString()).value).toBe(there.toPlainDate().toString())
        expect(reader(`date epoch-milliseconds in ${zone}`)(time.getTime()).value).toBe(there.toPlainDate().toString())
        expect(reader(`datetime ${INSTANT} ${zone}`)(time.toISOString()).value).toBe(
          there.toString({ smallestUnit: 'second', timeZoneName: 'never' }),
        )
      }),
    )
  })

  test.each([
    'en-US',
    'en-IN',
    'en-GB',
    'de-DE',
    'fr-FR',
    'es-ES',
    'pt-BR',
    'id-ID',
    'th-TH-u-ca-gregory',
    'vi-VN',
    'hi-IN',
    'ar-EG',
    'ko-KR',
    'ja-JP',
    'tr-TR',
  ])('the months of %s are read, written out and short', (locale) => {
    for (const month of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' })
      for (let at = 0; at < 12; at++) {
        const name = format.formatToParts(Date.UTC(2024, at, 15)).find(({ type }) => type === 'month')?.value ?? ''
        if (/^\d/.test(name)) continue
        const day = `2024-${String(at + 1).padStart(2, '0')}-15`
        expect(reader("date 'd MMM yyyy'")(`15 ${name} 2024`), name).toEqual({ value: day })
      }
    }
  })

  test('a date of plain signs is read as with spaces around it', () => {
    const signs = fc.constantFrom('1', '9', '-', '/', '.', "'", '"', '=', ' ', '\t', '\u00a0', '\u200b', '١', '–', 'M')
    const text = fc.oneof(
      fc.string(),
      fc.array(signs, { maxLength: 10 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, (cell) => {
        expect(dateText(cell)).toBe(dateText(` ${cell} `))
      }),
    )
  })

  test('two digits of a year never lie ahead with `past`, and are the last such year', () => {
    const read = reader('date yy-MM-dd past')
    fc.assert(
      fc.property(days, (day) => {
        const { value } = read(day.slice(2))
        if (typeof value !== 'string') return expect(day.slice(5)).toBe('02-29')
        expect(value <= '2026-11-12').toBe(true)
        expect(`${Number(value.slice(0, 4)) + 100}${value.slice(4)}` > '2026-11-11').toBe(true)
      }),
    )
  })
})
