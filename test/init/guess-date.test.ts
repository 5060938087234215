import { expect, test } from 'vitest'
import { guessDate } from '../../src/init/guess-date.ts'
import { makeFilter } from '../../src/plan/filters.ts'

const YEAR = 2026

test.each<[values: string[], choices: string[]]>([
  [['1988/5/10', '1990/12/1'], ['yyyy/M/d']],
  [['1988年5月10日', '1990年12月1日'], ['yyyy年M月d日']],
  [['1988. 5. 10.', '1990. 12. 1.'], ["'yyyy. M. d.'"]],
  [['1988년 5월 10일'], ["'yyyy년 M월 d일'"]],
  [['10-MAY-58', '11-JUN-88'], ['dd-MMM-yy']],
  [['10MAY1988'], ['ddMMMyyyy']],
  [['Sept. 10, 1988', 'May 3, 1990'], ["'MMM d, yyyy'"]],
  [['10 de mayo de 1988'], ["'d ''de'' MMMM ''de'' yyyy'"]],
  [['10. März 1988', '3. Mai 1990'], ["'d. MMM yyyy'"]],
  [['10 Mei 1988', '03 Ogos 1990'], ["'dd MMM yyyy'"]],
  [['88/05/13', '90/12/31'], ['yy/MM/dd']],
  [['05/06/07'], ['dd/MM/yy', 'MM/dd/yy']],
  [['١٣/٠٥/١٩٨٨'], ['dd/MM/yyyy']],
  [['5/13/1988, 4:36:17\u202fPM'], ["'M/d/yyyy, h:mm:ss a'"]],
  [['1988. 5. 10. 오후 4:36:17'], ["'yyyy. M. d. a h:mm:ss'"]],
  [['2024-05-11 16:36:17+00', '2024-05-12 01:02:03+00'], ["'yyyy-MM-dd HH:mm:ssXXX'"]],
  [['2024-05-11 16:36:17 UTC'], ["'yyyy-MM-dd HH:mm:ss XXX'"]],
  // What programs write: Oracle, DB2, SAS, SQL Server, Java, JavaScript, e-mails, Go, XML Schema, .NET.
  [['10-MAY-88 12.00.00.000000 AM', '29-DEC-72 12.00.00.000000 AM'], ["'dd-MMM-yy hh.mm.ss.SSS a'"]],
  [['1988-05-10-00.00.00.000000'], ['yyyy-MM-dd-HH.mm.ss.SSS']],
  [['10MAY1988:00:00:00', '29DEC1972:00:00:00'], ['ddMMMyyyy:HH:mm:ss']],
  [['May 10 1988 12:00AM', 'Dec 29 1972 12:00AM'], ["'MMM d yyyy h:mma'"]],
  [['Tue May 10 00:00:00 IST 1988', 'Fri Dec 29 00:00:00 IST 1972'], ["'EEEE MMM dd HH:mm:ss zzz yyyy'"]],
  [['Tue May 10 1988 00:00:00 GMT+0530 (India Standard Time)'], ["'EEEE MMM dd yyyy HH:mm:ss XXX (zzz)'"]],
  [['Tue, 10 May 1988 00:00:00 GMT'], ["'EEE, d MMM yyyy HH:mm:ss XXX'"]],
  [['1988-05-10 00:00:00 +0000 UTC'], ["'yyyy-MM-dd HH:mm:ss XXX ''UTC'''"]],
  [['1988-05-10+05:30', '1990-06-11Z'], ['yyyy-MM-ddXXX']],
  [['/Date(579225600000)/', '/Date(94435200000)/'], ['epoch-milliseconds']],
  [['19880510000000', '19721229000000'], ['yyyyMMddHHmmss']],
  // ODBC, Java's zoned times, Go in India, and directories (LDAP).
  [["{d '1988-05-10'}", "{d '1972-12-29'}"], ['yyyy-MM-dd']],
  [["{ts '1988-05-10 00:00:00'}"], ["'yyyy-MM-dd HH:mm:ss'"]],
  [['1988-05-10T00:00+05:30[Asia/Kolkata]'], ["'yyyy-MM-dd''T''HH:mmXXX[zzz]'"]],
  [['1988-05-10 00:00:00 +0530 IST'], ["'yyyy-MM-dd HH:mm:ss XXX zzz'"]],
  [['19880510000000.0Z', '19721229000000.0Z'], ['yyyyMMddHHmmss.SSSXXX']],
  // A number column has left the zero in front away, or has put .0 behind.
  [['1051988', '29121972', '31081990'], ['ddMMyyyy']],
  [['19880510.0', '19721229.0'], ['yyyyMMdd']],
  // What people write.
  [['10th May 1988', '1st June 1990'], ["'d MMM yyyy'"]],
  [['Dienstag, 10. Mai 1988', 'Freitag, 29. Dezember 1972'], ["'EEEE, d. MMMM yyyy'"]],
  [['1988年5月10日(火)', '1990年6月11日(月)'], ['yyyy年M月d日(EEE)']],
  [['ngày 10 tháng 5 năm 1988'], ["'''ngày'' d MMMM ''năm'' yyyy'"]],
  [['10.05.1988 г.', '29.12.1972 г.'], ["'dd.MM.yyyy ''г.'''"]],
  [['10.05.1988 r.', '29.12.1972 r.'], ["'dd.MM.yyyy ''r.'''"]],
  [['10. 5. 1988', '29. 12. 1972'], ["'d. M. yyyy'"]],
  [['10.05.1988.', '29.12.1972.'], ['dd.MM.yyyy.']],
  [['10/5/1988, 00.00.00', '29/12/1972, 00.00.00'], ["'d/M/yyyy, HH.mm.ss'"]],
  [['10.5.1988 klo 0.00', '29.12.1972 klo 0.00'], ["'d.M.yyyy ''klo'' H.mm'"]],
  [['1988 m. gegužės 10 d.'], ["'yyyy ''m.'' MMMM d ''d.'''"]],
  [['1988년5월10일'], ['yyyy년M월d일']],
  [['1988/5/10 星期二', '1972/12/29 星期五'], ["'yyyy/M/d EEEE'"]],
  [['1988. május 10.', '1972. december 29.'], ["'yyyy. MMMM d.'"]],
  // Calendars.
  [['13/05/2567', '11/06/2531'], ['dd/MM/yyyy buddhist']],
  [['10 พ.ค. 2531', '1 ม.ค. 2530'], ["'d MMM yyyy' buddhist"]],
  [['1367/02/20', '1360/01/31'], ['yyyy/MM/dd persian']],
  [['1408/09/23', '1446/01/01'], ['yyyy/MM/dd islamic-umalqura']],
  [
    ['1367/02/20', '1360/05/29'],
    ['yyyy/MM/dd persian', 'yyyy/MM/dd islamic-umalqura'],
  ],
  [['昭和63年5月10日', '令和元年5月1日'], ['Gy年M月d日']],
  [['S63.5.10', 'H1.1.8'], ['Gy.M.d']],
  [['S63.05.10', 'S47.12.29'], ['Gyy.MM.dd']],
  [['S630510', 'H020611'], ['GyyMMdd']],
  [
    ['0770510', '0611229'],
    ['yyyMMdd roc', 'cyymmdd'],
  ],
  [['077/05/10', '100/01/01'], ['yyy/MM/dd roc']],
  [['77/05/10', '102/12/29', '60/01/31'], ['y/M/d roc']],
  [
    ['770510', '1021229', '600131'],
    ['yyyMMdd roc', 'cyymmdd'],
  ],
  [['民國 77 年 5 月 10 日'], ["'民國 y 年 M 月 d 日' roc"]],
  [['中華民國77年5月10日'], ['中華民國y年M月d日 roc']],
  [['S.63.5.10', 'H.1.1.8'], ['G.y.M.d']],
  [['10 พฤษภาคม พ.ศ. 2531'], ["'d MMM ''พ.ศ.'' yyyy' buddhist"]],
  // Counts.
  [['573177600', '-31536000'], ['epoch-seconds']],
  [['579225600000', '573177600000'], ['epoch-milliseconds']],
  [['32273', '33000.5'], ['serial-1900']],
  [['19880510', '19900101'], ['yyyyMMdd']],
  [['20121210', '20111112'], ['yyyyMMdd']],
  [['10051988', '31121990'], ['ddMMyyyy']],
  // Several forms.
  [['1988-05-10', '13/05/1988', '1990-01-01', '31/12/1999'], ['yyyy-MM-dd or dd/MM/yyyy']],
  [['1988-05-10', '13 May 1988', '1990-01-01', '31 Dec 1999'], ["yyyy-MM-dd or 'dd MMM yyyy'"]],
])('%j are of the form %j', (values, choices) => {
  expect(guessDate(values, { thisYear: YEAR })?.choices).toEqual(choices)
})

test.each<[values: string[]]>([
  [['soon', 'later']],
  [['1', '2', '3']],
  [['1988', '1990', '2001']],
  [['']],
  [['03/04/2024', '13 May 1988', 'x', 'y']],
])('%j are no dates', (values) => expect(guessDate(values, { thisYear: YEAR })).toBeUndefined())

test('two digits of a year may be of the country’s own calendar, and are a choice', () => {
  expect(guessDate(['77/05/13', '55/12/29'], { thisYear: YEAR, country: 'TW' })?.choices).toEqual([
    'yy/MM/dd roc',
    'yy/MM/dd',
  ])
  expect(guessDate(['13/05/31', '29/12/20'], { thisYear: YEAR, country: 'TH' })?.choices).toEqual([
    'dd/MM/yy buddhist',
    'dd/MM/yy',
  ])
  expect(guessDate(['1367/02/20', '1360/05/29'], { thisYear: YEAR, country: 'IR' })?.choices).toEqual([
    'yyyy/MM/dd persian',
  ])
  // Thai months are Thailand's, whatever the country of the members is.
  expect(guessDate(['10 พ.ค. 31', '3 มิ.ย. 33'], { thisYear: YEAR, country: 'IN' })?.choices).toEqual([
    "'d MMM yy' buddhist",
    "'d MMM yy'",
  ])
  expect(guessDate(['77/05/13', '55/12/29'], { thisYear: YEAR, country: 'IN' })?.choices).toEqual(['yy/MM/dd'])
})

test('seven digits are a year of Taiwan’s there, and the century of IBM i elsewhere', () => {
  expect(guessDate(['0880510', '1000101'], { thisYear: YEAR, country: 'TW' })?.choices).toEqual(['yyyMMdd roc'])
  expect(guessDate(['0880510', '1000101'], { thisYear: YEAR, country: 'US' })?.choices).toEqual(['cyymmdd'])
  expect(guessDate(['880510', '1000101'], { thisYear: YEAR, country: 'DE' })?.choices).toEqual(['cyymmdd'])
})

test('where all times are midnight in one place, the day is taken there', () => {
  const values = ['1988-05-09T18:30:00.000Z', '1990-12-31T18:30:00.000Z']
  expect(guessDate(values, { thisYear: YEAR })).toMatchObject({
    choices: ["'yyyy-MM-dd''T''HH:mm:ss.SSSXXX'"],
    zone: 'Asia/Kolkata',
  })
  expect(guessDate(['1988-05-09 22:00:00', '1990-12-31 23:00:00'], { thisYear: YEAR })?.zone).toBe('Europe/Berlin')
  expect(guessDate(['1988-05-09T18:30:00.000Z', '1990-12-31T18:31:00.000Z'], { thisYear: YEAR })).not.toHaveProperty(
    'zone',
  )
})

test('a slip among many is no form of its own', () => {
  const values = [...Array.from({ length: 200 }, () => '1988-05-10'), '13/05/1988']
  expect(guessDate(values, { thisYear: YEAR })).toMatchObject({ choices: ['yyyy-MM-dd'], share: 200 / 201 })
})

test('what is proposed is a filter of the plan', () => {
  const args = ['yyyy-MM-dd', 'or', 'dd/MM/yyyy']
  expect(makeFilter('date', args, { tables: new Map(), earlier: [] })).toMatchObject({ kind: 'read' })
})
