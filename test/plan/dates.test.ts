import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/model.ts'
import { INSTANT, reader } from './date-reader.ts'
import { renderCells } from './render.ts'

test.each<[filter: string, cell: Json, day: string]>([
  ['date yyyy/M/d', '1988/5/10', '1988-05-10'],
  ['date yyyy年M月d日', '1988年5月10日', '1988-05-10'],
  ['date yyyy年M月d日', '１９８８年５月１０日', '1988-05-10'],
  ["date 'yyyy. M. d.'", '1988. 5. 10.', '1988-05-10'],
  ["date 'yyyy년 M월 d일'", '1988년 5월 10일', '1988-05-10'],
  ['date dd/MM/yyyy', '١٠/٠٥/١٩٨٨', '1988-05-10'],
  ['date d/M/yyyy', '١٠\u200f/٥\u200f/١٩٨٨', '1988-05-10'],
  ['date dd/MM/yyyy', '१०/०५/१९८८', '1988-05-10'],
  ['date dd/MM/yyyy', '\u200e10/\u200e05/\u200e1988', '1988-05-10'],
  ['date yyyy-MM-dd', '1988\u201305\u201310', '1988-05-10'],
  ['date yyyy-MM-dd', "'1988-05-10", '1988-05-10'],
  ['date yyyy-MM-dd', "'1988-05-10'", '1988-05-10'],
  ['date yyyy-MM-dd', '"1988-05-10"', '1988-05-10'],
  ['date yyyy-MM-dd', "{d '1988-05-10'}", '1988-05-10'],
  ["date 'yyyy-MM-dd HH:mm:ss'", "{ts '1988-05-10 00:00:00'}", '1988-05-10'],
  ['date yyyyMMdd', '19880510.0', '1988-05-10'],
  ['date ddMMyyyy', '1051988', '1988-05-01'],
  ['date yyyMMdd roc', '770510', '1988-05-10'],
  // Names of months.
  ['date d-MMM-yyyy', '10-Sept-1988', '1988-09-10'],
  ['date d-MMM-yyyy', '10-SEP-1988', '1988-09-10'],
  ["date 'd MMM yyyy'", '10 September 1988', '1988-09-10'],
  ["date 'MMM d, yyyy'", 'Sept. 10, 1988', '1988-09-10'],
  ['date dd.MMM.yyyy', '10.Sep.1988', '1988-09-10'],
  ['date dMMMyyyy', '10May1988', '1988-05-10'],
  ["date 'd MMM yyyy'", '10 mai 1988', '1988-05-10'],
  ["date 'd MMM yyyy'", '10 août 1988', '1988-08-10'],
  ["date 'd MMM yyyy'", '10 AOUT 1988', '1988-08-10'],
  ["date 'd. MMMM yyyy'", '10. März 1988', '1988-03-10'],
  ["date 'd MMM yyyy'", '10 févr. 1988', '1988-02-10'],
  ["date 'd ''de'' MMMM ''de'' yyyy'", '10 de mayo de 1988', '1988-05-10'],
  ["date 'd ''de'' MMMM ''de'' yyyy'", '10 de março de 1988', '1988-03-10'],
  ["date 'd MMM yyyy'", '10 Agustus 1988', '1988-08-10'],
  ["date 'd MMM yyyy'", '10 Ogos 1988', '1988-08-10'],
  ["date 'd MMM yyyy'", '10 Ağustos 1988', '1988-08-10'],
  ["date 'd MMM yyyy'", '10 HAZİRAN 1988', '1988-06-10'],
  ["date 'd MMM yyyy'", '10 मई 1988', '1988-05-10'],
  ["date 'd MMMM, yyyy'", '10 tháng 12, 1988', '1988-12-10'],
  ["date 'd MMM yyyy'", '10 мая 1988', '1988-05-10'],
  ["date 'd MMM yyyy'", '10 مايو 1988', '1988-05-10'],
  ['date d-MMM-yyyy', '10-Mrz-1988', '1988-03-10'],
  ["date 'd MMM yyyy'", '10 Agt 1988', '1988-08-10'],
  ["date 'd MMMM yyyy'", '10 Nopember 1988', '1988-11-10'],
  // As SQL Server pads them.
  ["date 'MMM d yyyy h:mma'", 'May  1 1988 12:00AM', '1988-05-01'],
  ["date 'MMM d yyyy h:mma'", 'May 10 1988  9:05AM', '1988-05-10'],
  // Weekdays and ordinals.
  ["date 'EEEE, d. MMMM yyyy'", 'Dienstag, 10. Mai 1988', '1988-05-10'],
  ["date 'EEE MMM dd HH:mm:ss ''IST'' yyyy'", 'Tue May 10 00:00:00 IST 1988', '1988-05-10'],
  ['date yyyy年M月d日(EEE)', '1988年5月10日（火）', '1988-05-10'],
  ["date 'EEEE, d MMMM, yyyy'", 'Thứ Ba, 10 tháng 5, 1988', '1988-05-10'],
  ["date 'EEEE, d MMMM, yyyy'", 'Thứ 3, 10 tháng 5, 1988', '1988-05-10'],
  ['date d.MMM.yyyy', '10.V.1988', '1988-05-10'],
  ["date 'yyyy. MMM. d.'", '1988. XII. 10.', '1988-12-10'],
  ["date 'EEEE, d ''de'' MMMM ''de'' yyyy'", 'terça-feira, 10 de maio de 1988', '1988-05-10'],
  ["date 'd MMMM yyyy'", '1st May 1988', '1988-05-01'],
  ["date 'MMMM d, yyyy'", 'May 22nd, 1988', '1988-05-22'],
  ["date 'd MMMM yyyy'", '1er mai 1988', '1988-05-01'],
  ["date 'd ''de'' MMMM ''de'' yyyy'", '1.º de maio de 1988', '1988-05-01'],
  ['date dMMMyyyy', '1Sep1988', '1988-09-01'],
  // As .NET writes them in JSON: with an offset, the day is the one there.
  ['date epoch-milliseconds', '/Date(579225600000)/', '1988-05-10'],
  ['date epoch-milliseconds', '/Date(579205800000+0530)/', '1988-05-10'],
  ['date epoch-milliseconds', '/Date(579205800000)/', '1988-05-09'],
  ['date epoch-milliseconds in Asia/Kolkata', '/Date(579205800000)/', '1988-05-10'],
  // Calendars.
  ['date dd/MM/yyyy buddhist', '10/05/2531', '1988-05-10'],
  ["date 'd MMM yyyy' buddhist", '10 พ.ค. 2531', '1988-05-10'],
  ["date 'd MMM yyyy' buddhist", '๑๐ มีนาคม ๒๕๓๑', '1988-03-10'],
  ['date dd/MM/yy buddhist past', '10/05/31', '1988-05-10'],
  ['date yyyy/MM/dd persian', '1367/02/20', '1988-05-10'],
  ['date yyyy/MM/dd persian', '۱۳۶۷/۰۲/۲۰', '1988-05-10'],
  ["date 'd MMMM yyyy' persian", '20 اردیبهشت 1367', '1988-05-10'],
  ['date yyyy-MM-dd islamic-umalqura', '1408-09-23', '1988-05-10'],
  ["date 'd MMMM yyyy' islamic-umalqura", '23 رمضان 1408', '1988-05-10'],
  ['date y/M/d roc', '77/5/10', '1988-05-10'],
  ['date yyy/MM/dd roc', '077/05/10', '1988-05-10'],
  ['date 民國y年M月d日 roc', '民國77年5月10日', '1988-05-10'],
  ['date Gy年M月d日', '昭和63年5月10日', '1988-05-10'],
  ['date Gy年M月d日', '昭和６３年５月１０日', '1988-05-10'],
  ['date Gy年M月d日', '令和元年5月1日', '2019-05-01'],
  ['date Gy年M月d日 japanese', '平成元年1月8日', '1989-01-08'],
  ['date Gy.M.d', 'S63.5.10', '1988-05-10'],
  ['date Gy.M.d', 's63.05.10', '1988-05-10'],
  ['date Gyy.MM.dd', 'H01.01.08', '1989-01-08'],
  ['date Gy/M/d', '昭63/5/10', '1988-05-10'],
  // Two digits of a year.
  ['date dd.MM.yy', '10.05.58', '2058-05-10'],
  ['date dd.MM.yy past', '10.05.58', '1958-05-10'],
  ['date dd.MM.yy past', '11.11.26', '2026-11-11'],
  ['date dd.MM.yy past', '13.11.26', '1926-11-13'],
  ['date dd.MM.yy past', '10.05.05', '2005-05-10'],
  // Several forms.
  ['date yyyy-MM-dd or dd/MM/yyyy', '1988-05-10', '1988-05-10'],
  ['date yyyy-MM-dd or dd/MM/yyyy', '10/05/1988', '1988-05-10'],
  ['date dd/MM/yyyy or d/M/yyyy or yyyyMMdd', '19880510', '1988-05-10'],
  ["date yyyy-MM-dd or 'd MMM yyyy' as dd.MM.yyyy", '10 May 1988', '10.05.1988'],
])('%s reads %j as %s', (filter, cell, day) => {
  expect(reader(filter)(cell)).toEqual({ value: day })
})

test.each<[filter: string, cell: Json, day: string]>([
  [`date ${INSTANT} in Asia/Kolkata`, '1988-05-09T18:30:00.000Z', '1988-05-10'],
  [`date ${INSTANT} in America/New_York`, '1988-05-10T04:00:00.000Z', '1988-05-10'],
  [`date ${INSTANT} in Europe/Berlin`, '1988-05-09T22:00:00.000Z', '1988-05-10'],
  [`date ${INSTANT} in Europe/Berlin`, '1988-01-09T23:00:00.000Z', '1988-01-10'],
  [`date ${INSTANT} in Asia/Kolkata`, '1988-05-10T00:00:00.000+05:30', '1988-05-10'],
  [`date ${INSTANT} in Asia/Kolkata`, '1901-05-09T18:38:50.000Z', '1901-05-10'],
  ["date 'yyyy-MM-dd HH:mm:ss' in Asia/Kolkata", '1988-05-09 18:30:00', '1988-05-10'],
  // What has no time is a day already.
  [`date ${INSTANT} or yyyy-MM-dd in America/New_York`, '1988-05-10', '1988-05-10'],
  [`date ${INSTANT}`, '1988-05-10T23:00:00.1Z', '1988-05-10'],
  [`date ${INSTANT}`, '1988-05-10T23:00:00.123456789Z', '1988-05-10'],
  [`date ${INSTANT}`, '1988-05-10T23:00:00Z', '1988-05-10'],
  ["date 'yyyy-MM-dd HH:mm:ssXXX'", '1988-05-10 00:00:00+05', '1988-05-10'],
  ["date 'yyyy-MM-dd HH:mm:ss XXX'", '1988-05-10 00:00:00 UTC', '1988-05-10'],
  ["date 'M/d/yyyy, h:mm:ss a'", '5/10/1988, 4:36:17\u202fPM', '1988-05-10'],
  ["date 'd/M/yyyy, h:mm:ss a'", '10/5/1988, 4:36:17\u00a0p.\u00a0m.', '1988-05-10'],
  ["date 'yyyy. M. d. a h:mm:ss'", '1988. 5. 10. 오후 4:36:17', '1988-05-10'],
  ['date epoch-seconds', 579225600, '1988-05-10'],
  ['date epoch-seconds', '579225600.0', '1988-05-10'],
  ['date epoch-milliseconds', '579225600000', '1988-05-10'],
  ['date epoch-milliseconds in Asia/Kolkata', 579205800000, '1988-05-10'],
  ['date epoch-milliseconds', '-1000', '1969-12-31'],
  ['date epoch-microseconds', '579225600000000', '1988-05-10'],
  // The end of a day, as a database writes it, is of that day.
  ['date epoch-seconds', '1735689599.9999999', '2024-12-31'],
  ['date epoch-milliseconds', '1735689599999.9999', '2024-12-31'],
  ['date epoch-microseconds', '1735689599999999', '2024-12-31'],
  ['date epoch-microseconds', '-1', '1969-12-31'],
  ["datetime epoch-seconds as 'HH:mm:ss.SSS'", '579225600.123', '00:00:00.123'],
  ['date epoch-days', '6704', '1988-05-10'],
  ['date serial-1900', '32273', '1988-05-10'],
  ['date serial-1900', '32273.75', '1988-05-10'],
  ['date serial-1900', '59', '1900-02-28'],
  ['date serial-1900', '61', '1900-03-01'],
  ['date serial-1904', '30811', '1988-05-10'],
  ['date cyymmdd', '0880510', '1988-05-10'],
  ['date cyymmdd', '880510', '1988-05-10'],
  ['date cyymmdd', '1000229.0', '2000-02-29'],
  ['datetime serial-1900 Asia/Kolkata', '32273.75', '1988-05-10T18:00:00+05:30'],
  ['datetime epoch-seconds Asia/Kolkata', 579225600, '1988-05-10T05:30:00+05:30'],
  ["datetime yyyy-MM-dd as 'yyyy-MM-dd HH:mm:ss'", '1988-05-10', '1988-05-10 00:00:00'],
  [`datetime ${INSTANT} Asia/Kolkata as 'yyyy-MM-dd HH:mm:ss'`, '1988-05-09T18:30:00Z', '1988-05-10 00:00:00'],
  [`datetime ${INSTANT} in Asia/Kolkata`, '1988-05-09T18:30:00Z', '1988-05-10T00:00:00+05:30'],
  [`datetime yyyy-MM-dd Asia/Kolkata as ${INSTANT}`, '1988-05-10', '1988-05-10T00:00:00.000+05:30'],
  ["datetime yyyy-MM-dd or 'dd/MM/yyyy HH:mm' Asia/Kolkata", '10/05/1988 16:05', '1988-05-10T16:05:00+05:30'],
])('%s reads %j as %s, an instant', (filter, cell, day) => {
  expect(reader(filter)(cell)).toEqual({ value: day })
})

test.each<[filter: string, cell: Json, why: string]>([
  ['date Gy年M月d日', '昭和65年5月10日', 'year 65 of showa has no day 10 in month 5 (japanese)'],
  ['date Gy年M月d日', '昭和63年2月30日', 'has no day 30 in month 2'],
  ['date Gy年M月d日', '1988年5月10日', 'expected one such as 令和6年12月31日'],
  ['date yyyy/MM/dd persian', '1367/07/31', 'year 1367 has no day 31 in month 7 (persian); expected yyyy/MM/dd'],
  ['date dd/MM/yyyy buddhist', '10-05-2531', 'expected one such as 31/12/2567'],
  ['date yyyy-MM-dd past', '2027-01-01', 'lies ahead; expected a day that is past'],
  [
    'date yyyy-MM-dd or dd/MM/yyyy',
    '10.05.1988',
    'is not a date of the form yyyy-MM-dd or dd/MM/yyyy; expected one such as 2024-12-31 or 31/12/2024',
  ],
  ['date yyyy-MM-dd or dd/MM/yyyy', '31/02/1988', 'day 31 does not exist in February 1988'],
  ['date ddMMyyyy or yyyyMMdd', '12101210', 'may be read as ddMMyyyy or as yyyyMMdd; expected a date of our time'],
  ["date 'd MMM yyyy'", '10 listopada 1988', 'is not a date of the form'],
  ['date yyyy-MM-dd', 'NULL', "`rows: { empty: ['NULL'] }`"],
  [
    'date yyyy-MM-dd',
    '0000-00-00',
    "there is no year 0; expected yyyy-MM-dd If it stands for nothing, let cells that hold it be empty: `rows: { empty: ['0000-00-00'] }`",
  ],
  ['date dd/MM/yyyy', '00/00/0000', "`rows: { empty: ['00/00/0000'] }`"],
  ['date yyyy-MM-dd', '1900-01-00', "`rows: { empty: ['1900-01-00'] }`"],
  ['date M/d/yy', '0/0/00', "`rows: { empty: ['0/0/00'] }`"],
  ['date M/d/yyyy', '1/0/1900', "`rows: { empty: ['1/0/1900'] }`"],
  ['date yyyy-MM-dd', 'Invalid date', "`rows: { empty: ['Invalid date'] }`"],
  ['date dd/MM/yyyy', '10/05/88', 'Its year has two digits: the plan says yy'],
  ['date yyyy-MM-dd', '1988-W19-2', 'It is the date of a week'],
  ['date yyyy-MM-dd', '1988-131', 'It may count the days of its year'],
  ['date yyyy-MM-dd', '1988131', 'It may count the days of its year'],
  ['date yyyy-MM-dd', '1988/05/10', 'the form is yyyy/MM/dd.'],
  ['date dd/MM/yyyy', '10.05.1988', 'the form is dd.MM.yyyy.'],
  [
    "date 'yyyy-MM-dd''T''HH:mm:ssXXX'",
    '1988-05-10 00:00:00+05:30',
    "stands a space: the form is 'yyyy-MM-dd HH:mm:ssXXX'.",
  ],
  ["date 'yyyy-MM-dd HH:mm:ss'", '1988-05-10T00:00:00', "stands a T: the form is 'yyyy-MM-dd''T''HH:mm:ss'."],
  ['date dd/MM/yy', '10/05/1988', 'Its year has four digits: the plan says yyyy.'],
  ['date dd/MM/yyyy', '1/5/1988', 'the plan says d and M'],
  ['date yyyyMMdd', '1051231', 'is not a date of the form yyyyMMdd; expected one such as 20241231'],
  ['date ddMMyy', '10588', 'is not a date of the form ddMMyy'],
  ['date yyyy-MM-dd', '32273', '`serial-1900`'],
  ['date yyyy-MM-dd', '579225600', '`epoch-seconds`'],
  ['date yyyy-MM-dd', '579225600000', '`epoch-milliseconds`'],
  ['date yyyy-MM-dd', '5.79226E+11', 'It is a number in E-notation'],
  ['date yyyy-MM-dd', '1988-05-10 16:05:00', "'yyyy-MM-dd HH:mm:ss'"],
  ['date yyyy-MM-dd', '1988-05-10T16:05:00.123Z', "'yyyy-MM-dd''T''HH:mm:ss.SSSXXX'"],
  ['date dd/MM/yyyy', '10/05/1988 4:05 PM', "the form is 'dd/MM/yyyy h:mm a'"],
  [
    'date yyyy-MM-dd',
    '1988-05-09 18:30:00',
    "If it is midnight in Asia/Kolkata, and the day is meant to be the one there, 'yyyy-MM-dd HH:mm:ss' in Asia/Kolkata.",
  ],
  ['date epoch-seconds', '579225600000', 'It may count milliseconds: `epoch-milliseconds`.'],
  ['date epoch-seconds', '1988-05-10', 'is not a date of the form epoch-seconds; expected a number such as 1735603200'],
  ['date epoch-milliseconds', '5.79226E+11', 'its last digits are lost'],
  ['date serial-1900', '60', 'is not a date of the form serial-1900'],
  ['date cyymmdd', '1010229', 'is not a date of the form cyymmdd'],
  ['date cyymmdd', '0881310', 'is not a date of the form cyymmdd'],
  ['date cyymmdd', '0000000', 'is not a date of the form cyymmdd'],
  ['date yyyy-MM-dd', { $date: 1 }, 'expected text'],
])('%s says of %j: %s', (filter, cell, why) => {
  expect(reader(filter)(cell).why).toContain(why)
})

test.each([
  [
    'date dd/MM/yyyy or MM/dd/yyyy',
    'A choice is left open here. Write `date dd/MM/yyyy` or `date MM/dd/yyyy`, whichever is right for this column. Both read 03/04/2024',
  ],
  ['date d/M/yy or M/d/yy', 'Both read 3/4/24,'],
  ['date yyMMdd or ddMMyy', 'and not as the same day'],
  ['date yyyyMMdd or epoch-seconds', 'and not as the same day'],
  ['date epoch-seconds or epoch-milliseconds', 'and not as the same day'],
  ['date yyyy/MM/dd persian or islamic-umalqura', 'A choice is left open here'],
  ['date dd/MM/yyyy or dd/MM/yyyy buddhist', 'The form `dd/MM/yyyy` stands here twice. A calendar behind'],
  ['date yyyy/MM/dd lunar', 'The filter `date` is written'],
  ['date yyyy/MM/dd in', 'The filter `date` is written'],
  ['date yyyy/MM/dd in Mars/Olympus', 'There is no time zone `Mars/Olympus`'],
  ['date yyyy/MM/dd as Gy', 'An era (G) is read, and not written'],
  ['date Gy/M/d persian', "has an era of Japan's (G), and persian is another calendar"],
  ['date epoch-seconds persian', '`epoch-seconds` counts days, and takes no calendar'],
  ['datetime yyyy/MM/dd Asia/Kolkata Asia/Kolkata', 'The filter `datetime` is written'],
])('a plan that says `%s` is refused: %s', (filter, mistake) => {
  expect(() => reader(filter)).toThrow(mistake)
})

test.each([
  ['yyyy-MM-dd', 'dd.MM.yyyy'],
  ['yyyy-MM-dd', "yyyy-MM-dd'T'HH:mm:ss"],
  ['dd/MM/yyyy', 'dd/MM/yy'],
  ['d-MMM-yyyy', 'd-M-yyyy'],
  ['ddMMyyyy', 'yyyyMMdd'],
  ['Gy年M月d日', 'yyyy年M月d日'],
  ['serial-1900', 'yyyyMMdd'],
  ['d/M/yyyy', 'dd/MM/yyyy'],
])('%s and %s may stand in one column', (one, other) => {
  const quoted = [one, other].map((form) => `'${form.replaceAll("'", "''")}'`)
  expect(() => reader(`date ${quoted.join(' or ')}`)).not.toThrow()
})

describe('days of birth', () => {
  test.each([
    'dob',
    'DOB',
    'dateOfBirth',
    'date_of_birth',
    'birthday',
    'born',
    'geburtsdatum',
    'fecha_nacimiento',
    'tanggal_lahir',
    'bday',
    'cumpleaños',
    'Дата рождения',
    'datum_narození',
  ])('of the field %s have two-digit years that do not lie ahead', (field) => {
    expect(reader('date dd-MMM-yy', field)('10-MAY-58')).toEqual({ value: '1958-05-10' })
    expect(reader('date dd-MMM-yy', field)('10-MAY-05')).toEqual({ value: '2005-05-10' })
  })

  test('are known by the field that they go to in the plan, also beside a name', () => {
    const plan = `
register:
  body:
    profiles: [{ identifiers: [{ type: externalId, value: M-1 }] }]
    extendedFields: { dob: "\${a | date dd-MMM-yy}", joined: "\${a | date dd-MMM-yy}" }
    fields: [{ name: dateofbirth, value: "\${a | date dd-MMM-yy}" }]
`
    const rendered = renderCells(plan, { a: '10-MAY-58' })
    expect(rendered).toMatchObject({
      requests: {
        register: {
          body: { extendedFields: { dob: '1958-05-10', joined: '2058-05-10' }, fields: [{ value: '1958-05-10' }] },
        },
      },
    })
  })

  test.each([
    ['2027-05-10', 'is after today, and is to be a day of birth'],
    ['1916-11-10', 'is more than 110 years ago'],
    ['2567-05-10', '`buddhist`'],
    ['1367-02-20', '`persian` or `islamic-umalqura`'],
    ['0077-05-10', '`roc`'],
    ['0001-01-01', 'is how programs write that there is no date'],
    ['1900-01-01', 'is how programs write that there is no date'],
    ['1899-12-30', 'is how programs write that there is no date'],
    ['9999-12-31', 'is how programs write that there is no date'],
    ['1970-01-01', 'is how programs write that there is no date'],
  ])('that cannot be meant are told: %s %s', (cell, doubt) => {
    expect(reader('date yyyy-MM-dd', 'dob')(cell)).toEqual({ value: cell, doubt: expect.stringContaining(doubt) })
  })

  test.each(['2026-11-11', '1916-11-12', '1988-05-10', '1970-01-02'])('that can be meant are not: %s', (cell) => {
    expect(reader('date yyyy-MM-dd', 'dob')(cell)).toEqual({ value: cell })
  })

  test('are looked at as the day that it is in the zone', () => {
    const filter = `date ${INSTANT} past in Asia/Kolkata`
    expect(reader(filter, 'dob')('1899-12-31T18:30:00.000Z').doubt).toContain('there is no date')
    expect(reader(filter, 'dob')('2026-11-12T18:30:00.000Z').why).toContain('lies ahead')
    const west = reader(`date ${INSTANT} in America/New_York`, 'joined')
    expect(west('1970-01-01T00:00:00.000Z')).toMatchObject({ value: '1969-12-31', doubt: expect.any(String) })
    expect(west('1970-01-03T00:00:00.000Z')).toEqual({ value: '1970-01-02' })
  })

  test('that go through no filter are looked at too', () => {
    const plan = `
register:
  body:
    profiles: [{ identifiers: [{ type: externalId, value: M-1 }] }]
    extendedFields: { dob: "\${a}" }
`
    expect(renderCells(plan, { a: '2999-01-01' })).toMatchObject({
      requests: { register: { body: { extendedFields: { dob: '2999-01-01' } } } },
      doubts: [{ message: expect.stringContaining('a: "2999-01-01" is after today') }],
    })
    expect(renderCells(plan, { a: '0000-00-00' })).toMatchObject({
      doubts: [{ message: expect.stringContaining('is how programs write that there is no date') }],
    })
    expect(renderCells(plan, { a: '1988-05-10' })).not.toHaveProperty('doubts')
  })

  test('other dates may lie ahead, and are told where programs write so for nothing', () => {
    expect(reader('date yyyy-MM-dd', 'expiry')('2999-01-01')).toEqual({ value: '2999-01-01' })
    expect(reader('date yyyy-MM-dd', 'expiry')('9999-12-31')).toEqual({ value: '9999-12-31' })
    expect(reader('date yyyy-MM-dd', 'joined')('1900-01-01').doubt).toContain('there is no date')
    expect(reader('datetime yyyy-MM-dd', 'joined')('0001-01-01').doubt).toContain('there is no date')
  })
})

describe('a column of instants that are midnight somewhere', () => {
  test.each([
    ['Asia/Kolkata', ['1988-05-09T18:30:00.000Z', '1990-12-31T18:30:00.000Z']],
    ['Europe/Berlin', ['1988-05-09T22:00:00.000Z', '1990-12-31T23:00:00.000Z']],
    ['America/New_York', ['1988-05-10T04:00:00.000Z', '1991-01-01T05:00:00.000Z']],
    ['Asia/Singapore', ['1988-05-09T16:00:00.000Z', '1990-12-31T16:00:00.000Z']],
  ])('of %s is told', (place, cells) => {
    const read = reader(`date ${INSTANT}`)
    for (const cell of cells) read(cell)
    expect(read.remark()).toContain(`all its times are midnight in ${place}`)
    expect(read.remark()).toContain(`write \`in ${place}\` behind the form`)
    expect(reader(`date ${INSTANT} in ${place}`)(cells[0] ?? '')).toMatchObject({ value: '1988-05-10' })
  })

  test.each([
    ['1988-05-09T18:30:00.000Z', '1990-12-31T18:31:00.000Z'],
    ['1988-05-09T00:00:00.000Z', '1990-12-31T00:00:00.000Z'],
    ['1988-05-10T00:00:00.000+05:30', '1990-12-31T00:00:00.000+05:30'],
    ['1988-05-10T12:00:00.000Z', '1990-12-31T12:00:00.000Z'],
    ['1988-05-09T18:30:00.000Z'],
  ])('is not found in %j', (...cells) => {
    const read = reader(`date ${INSTANT}`)
    for (const cell of cells) read(cell)
    expect(read.remark()).toBeUndefined()
  })

  test('is not told where the plan says the place, or the column has days', () => {
    for (const filter of [`date ${INSTANT} in Asia/Kolkata`, 'date yyyy-MM-dd']) {
      const read = reader(filter)
      for (const cell of ['1988-05-09T18:30:00.000Z', '1990-12-31T18:30:00.000Z']) read(cell)
      expect(read.remark()).toBeUndefined()
    }
  })
})

describe('a column of milliseconds that counts seconds', () => {
  test('is told, as all of it lies in a few weeks of 1970', () => {
    for (const filter of ['date epoch-milliseconds', 'datetime epoch-milliseconds Asia/Kolkata']) {
      const read = reader(filter)
      for (const cell of ['579225600', '1735603200', 852076800]) read(cell)
      expect(read.remark()).toContain('write `epoch-seconds`')
    }
  })

  test.each([[['579225600000', '579225600']], [['5000000000']]])('is not found in %j', (cells) => {
    const read = reader('date epoch-milliseconds')
    for (const cell of cells) read(cell)
    expect(read.remark()).toBeUndefined()
  })
})

test('a year that the plan’s own calendar makes doubtful is not said to be of another one', () => {
  const read = reader('date dd/MM/yyyy buddhist', 'dob')
  expect(read('07/05/1958').doubt).toContain('The plan reads its year as `buddhist`')
  expect(reader('date serial-1900')('3.2273E+04').why).toContain('It is a number in E-notation, for 32273.')
})
