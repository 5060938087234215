import { expect, test } from 'vitest'
import { reader } from './date-reader.ts'

test.each([
  ["date 'EEE MMM dd HH:mm:ss zzz yyyy'", 'Tue May 10 00:00:00 CEST 1988', '1988-05-10'],
  ["date 'd MMM yyyy, HH:mm ''Uhr'' zzz'", '10. Mai 1988, 00:10 Uhr MESZ', undefined],
  ["date 'd. MMM yyyy, HH:mm ''Uhr'' zzz'", '10. Mai 1988, 00:10 Uhr MESZ', '1988-05-10'],
  [
    "date 'EEE MMM dd yyyy HH:mm:ss XXX (zzz)'",
    'Tue May 10 1988 00:00:00 GMT+0530 (India Standard Time)',
    '1988-05-10',
  ],
  ["date 'yyyy-MM-dd HH:mm XXX (zzz)'", '1988-05-10 00:00 GMT+0530 (GMT+05:30)', '1988-05-10'],
  ["date 'yyyy-MM-dd HH:mm zzz'", '1988-05-10 00:00 America/Argentina/Buenos_Aires', '1988-05-10'],
  ["date 'yyyy-MM-dd HH:mm zzz'", '1988-05-10 00:00 ', undefined],
])('%s reads the zone of %j by its name, whatever it is', (filter, cell, day) => {
  expect(reader(filter)(cell).value).toBe(day)
})

test.each([
  ['1988-05-11 02:00 GMT+5:30', '1988-05-10T20:30:00+00:00'],
  ['1988-05-11 02:00 +5:30', '1988-05-10T20:30:00+00:00'],
  ['1988-05-09 22:00 UTC-3', '1988-05-10T01:00:00+00:00'],
  ['1988-05-09 22:00 UTC', '1988-05-09T22:00:00+00:00'],
  ['1988-05-09 22:00 GMT', '1988-05-09T22:00:00+00:00'],
  ['1988-05-09 22:00 +53', undefined],
  ['1988-05-09 22:00 +530', undefined],
  ['1988-05-09 22:00 IST', undefined],
])('%j is at the offset that it says', (cell, instant) => {
  expect(reader("datetime 'yyyy-MM-dd HH:mm XXX' UTC")(cell).value).toBe(instant)
})

test.each([
  ["date yyyy/MM/dd as 'yyyy zzz'", "A zone's name (zzz) is read, and not written"],
  ["date 'yyyy-MM-dd HH:mm zzz' in Asia/Kolkata", 'take `in Asia/Kolkata` away'],
  ["datetime 'yyyy-MM-dd HH:mm zzz' Asia/Kolkata", "Write the column's own name in quotes in the place of zzz"],
  ["datetime 'yyyy-MM-dd HH:mm zzz'", "Write the column's own name in quotes in the place of zzz"],
])('where the time counts, a name is not enough: %s', (filter, mistake) => {
  expect(() => reader(filter)).toThrow(mistake)
})
