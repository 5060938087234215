import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { composeForms } from '../../src/init/compose-forms.ts'
import { guessDate } from '../../src/init/guess-date.ts'
import { makeDateForm } from '../../src/plan/date-form.ts'
import { reader } from '../plan/date-reader.ts'

/** Ways in which programs and people write two days, each with what stands beside it there. */
const WRITTEN = [
  ['10 May 1988 at 4:36 PM', '3 June 1990 at 11:05 AM'],
  ['May 10, 1988 at 4:36 PM', 'June 3, 1990 at 11:05 AM'],
  ['May 10, 1988 at 4:36:17 PM', 'June 3, 1990 at 11:05:01 AM'],
  ['Tuesday, May 10, 1988 at 4:36 PM', 'Sunday, June 3, 1990 at 11:05 AM'],
  ['Tuesday 10 May 1988 at 16:36', 'Sunday 3 June 1990 at 11:05'],
  ['Tuesday, 10 May 1988 at 4:36:00 pm India Standard Time', 'Sunday, 3 June 1990 at 11:05:00 am India Standard Time'],
  ['Tuesday, May 10, 1988 at 4:36:17 PM GMT+5:30', 'Sunday, June 3, 1990 at 11:05:01 AM GMT+5:30'],
  [
    'Tue May 10 1988 00:00:00 GMT+0200 (Central European Summer Time)',
    'Fri Dec 29 1972 00:00:00 GMT+0100 (Central European Standard Time)',
  ],
  [
    'Tue May 10 1988 00:00:00 GMT+0200 (Mitteleuropäische Sommerzeit)',
    'Fri Dec 29 1972 00:00:00 GMT+0100 (Mitteleuropäische Normalzeit)',
  ],
  [
    'Tue May 10 1988 00:00:00 GMT+0100 (British Summer Time)',
    'Fri Dec 29 1972 00:00:00 GMT+0000 (Greenwich Mean Time)',
  ],
  ['Tue May 10 1988 00:00:00 GMT+0530 (GMT+05:30)', 'Fri Dec 29 1972 00:00:00 GMT+0530 (GMT+05:30)'],
  ['Tue May 10 00:00:00 CEST 1988', 'Fri Dec 29 00:00:00 CET 1972'],
  ['Tue 10 May 1988 04:36:00 PM IST', 'Sun 03 Jun 1990 11:05:00 AM IST'],
  ['Tue May 10 16:36:00 1988', 'Sun Jun  3 11:05:00 1990'],
  ['Tue May 10 00:00:00 GMT+05:30 1988', 'Fri Dec 29 00:00:00 GMT+05:30 1972'],
  ['Tue May 10 00:00:00 UTC 1988', 'Fri Dec 29 00:00:00 UTC 1972'],
  ['Tue May 10 16:36:00 +0000 1988', 'Sun Jun 03 11:05:00 +0000 1990'],
  ['1988-05-10 16:36:00 GMT+5:30', '1990-06-03 11:05:00 GMT+5:30'],
  ['1988-05-10 16:36:00 GMT+05:30', '1990-06-03 11:05:00 GMT+05:30'],
  ['1988-05-10 16:36:00 UTC+5', '1990-06-03 11:05:00 UTC+5'],
  ['10/05/1988 16:36:00 GMT', '03/06/1990 11:05:00 GMT'],
  ['1988-05-10 16:36:00 Asia/Kolkata', '1990-06-03 11:05:00 Asia/Kolkata'],
  ['1988-05-10T16:36:00+0530', '1990-06-03T11:05:00+0530'],
  ['1988-05-10 16:36:00 +5:30', '1990-06-03 11:05:00 +5:30'],
  ['10/05/1988 16:36 (IST)', '03/06/1990 11:05 (IST)'],
  ['1988-05-10 16:36:00 CEST', '1990-12-03 11:05:00 CET'],
  ['1988-05-10 16:36:00 EDT', '1990-12-03 11:05:00 EST'],
  ['May 10th, 1988', 'June 3rd, 1990'],
  ['10th of May 1988', '3rd of June 1990'],
  ['10th of May, 1988', '3rd of June, 1990'],
  ['10th May, 1988', '3rd June, 1990'],
  ['Tuesday, May 10th, 1988', 'Sunday, June 3rd, 1990'],
  ['May 10th 1988, 4:36 pm', 'June 3rd 1990, 11:05 am'],
  ['May 10th 1988, 4:36:12 pm', 'June 3rd 1990, 11:05:01 am'],
  ['the 10th of May 1988', 'the 3rd of June 1990'],
  ['1988年5月10日 16時36分', '1990年6月3日 11時05分'],
  ['1988年5月10日16时36分', '1990年6月3日11时05分'],
  ['1988年05月10日 16:36', '1990年06月03日 11:05'],
  ['1988年5月10日 16時36分00秒', '1990年6月3日 11時05分01秒'],
  ['1988年5月10日 下午4:36', '1990年6月3日 上午11:05'],
  ['1988年5月10日星期二', '1990年6月3日星期日'],
  ['1988年5月10日 星期二 16:36', '1990年6月3日 星期日 11:05'],
  ['1988年5月10日 下午4時36分', '1990年6月3日 上午11時05分'],
  ['1988年5月10日(火) 16:36', '1990年6月3日(日) 11:05'],
  ['昭和63年5月10日 16時36分', '平成2年6月3日 11時05分'],
  ['1988/05/10(火)', '1990/06/03(日)'],
  ['1988年5月10日 午後4時36分', '1990年6月3日 午前11時05分'],
  ['1988/05/10 (火) 16:36', '1990/06/03 (日) 11:05'],
  ['1988년 5월 10일 화요일', '1990년 6월 3일 일요일'],
  ['1988년 5월 10일 오후 4:36', '1990년 6월 3일 오전 11:05'],
  ['1988년 5월 10일 16시 36분', '1990년 6월 3일 11시 05분'],
  ['1988년 5월 10일 (화)', '1990년 6월 3일 (일)'],
  ['1988. 5. 10. (화)', '1990. 6. 3. (일)'],
  ['10.05.1988, 16:36 Uhr', '03.06.1990, 11:05 Uhr'],
  ['10.05.1988 um 16:36 Uhr', '03.06.1990 um 11:05 Uhr'],
  ['10. Mai 1988 um 16:36', '3. Juni 1990 um 11:05'],
  ['Di., 10. Mai 1988', 'So., 3. Juni 1990'],
  ['Dienstag, 10.05.1988', 'Sonntag, 03.06.1990'],
  ['Di, 10.05.1988 16:36', 'So, 03.06.1990 11:05'],
  ['10.05.1988 16.36 Uhr', '03.06.1990 11.05 Uhr'],
  ['10.05.1988 16:36:17 Uhr', '03.06.1990 11:05:00 Uhr'],
  ['Di 10.05.88', 'So 03.06.90'],
  ['den 10. Mai 1988', 'den 3. Juni 1990'],
  ['10. Mai 1988, 16:36:17 Uhr MESZ', '3. Dezember 1990, 11:05:00 Uhr MEZ'],
  ['10 de mayo de 1988, 16:36', '3 de junio de 1990, 11:05'],
  ['10 de mayo de 1988 a las 16:36', '3 de junio de 1990 a las 11:05'],
  ['martes, 10 de mayo de 1988', 'domingo, 3 de junio de 1990'],
  ['martes, 10 de mayo de 1988, 16:36', 'domingo, 3 de junio de 1990, 11:05'],
  ['10 de mayo de 1988 4:36 p. m.', '3 de junio de 1990 11:05 a. m.'],
  ['10 de mayo del 1988', '3 de junio del 1990'],
  ['10 mayo, 1988', '3 junio, 1990'],
  ['mayo 10, 1988', 'junio 3, 1990'],
  ['mayo 10 de 1988', 'junio 3 de 1990'],
  ['10/may/1988', '03/jun/1990'],
  ['10-may.-1988', '03-jun.-1990'],
  ['martes 10 de mayo de 1988', 'domingo 3 de junio de 1990'],
  ['10/05/1988 16:36 hs', '03/06/1990 11:05 hs'],
  ['10/05/1988 16:36 h', '03/06/1990 11:05 h'],
  ['10/5/1988, 4:36:00 p. m.', '3/6/1990, 11:05:00 a. m.'],
  ['10 de maio de 1988, 16:36', '3 de junho de 1990, 11:05'],
  ['10 de maio de 1988 às 16:36', '3 de junho de 1990 às 11:05'],
  ['terça-feira, 10 de maio de 1988', 'domingo, 3 de junho de 1990'],
  ['10/05/1988 às 16h36', '03/06/1990 às 11h05'],
  ['10 de mai. de 1988', '3 de jun. de 1990'],
  ['terça, 10 de maio de 1988 às 16:36:00', 'domingo, 3 de junho de 1990 às 11:05:00'],
  ['10 mai 1988 à 16:36', '3 juin 1990 à 11:05'],
  ['mardi 10 mai 1988 à 16:36', 'dimanche 3 juin 1990 à 11:05'],
  ['10/05/1988 à 16h36', '03/06/1990 à 11h05'],
  ['10 mai 1988 16 h 36', '3 juin 1990 11 h 05'],
  ['le 10 mai 1988', 'le 3 juin 1990'],
  ['mar. 10 mai 1988', 'dim. 3 juin 1990'],
  ['le 10/05/1988', 'le 03/06/1990'],
  ['10/05/1988 16h36min', '03/06/1990 11h05min'],
  ['10 maggio 1988 alle ore 16:36', '3 giugno 1990 alle ore 11:05'],
  ['martedì 10 maggio 1988', 'domenica 3 giugno 1990'],
  ['10/05/1988 ore 16:36', '03/06/1990 ore 11:05'],
  ['10 mei 1988 om 16:36', '3 juni 1990 om 11:05'],
  ['dinsdag 10 mei 1988', 'zondag 3 juni 1990'],
  ['10-05-1988 om 16:36 uur', '03-06-1990 om 11:05 uur'],
  ['10-05-1988 16:36 uur', '03-06-1990 11:05 uur'],
  ['den 10 maj 1988', 'den 3 juni 1990'],
  ['10 maj 1988 kl. 16:36', '3 juni 1990 kl. 11:05'],
  ['10. maj 1988 kl. 16.36', '3. juni 1990 kl. 11.05'],
  ['10.5.1988 klo 16.36', '3.6.1990 klo 11.05'],
  ['10 maja 1988', '3 czerwca 1990'],
  ['10 maja 1988, 16:36', '3 czerwca 1990, 11:05'],
  ['wtorek, 10 maja 1988', 'niedziela, 3 czerwca 1990'],
  ['10.05.1988 godz. 16:36', '03.06.1990 godz. 11:05'],
  ['úterý 10. května 1988', 'neděle 3. června 1990'],
  ['10. května 1988 v 16:36', '3. června 1990 v 11:05'],
  ['10 мая 1988 г.', '3 июня 1990 г.'],
  ['10 мая 1988 г., 16:36', '3 июня 1990 г., 11:05'],
  ['10 мая 1988 г. в 16:36', '3 июня 1990 г. в 11:05'],
  ['10 мая 1988 года', '3 июня 1990 года'],
  ['вторник, 10 мая 1988 г.', 'воскресенье, 3 июня 1990 г.'],
  ['10.05.1988 в 16:36', '03.06.1990 в 11:05'],
  ['10 травня 1988 р.', '3 червня 1990 р.'],
  ['10 Mayıs 1988 Salı', '3 Haziran 1990 Pazar'],
  ['10 Mayıs 1988 16:36', '3 Haziran 1990 11:05'],
  ['10.05.1988 Salı', '03.06.1990 Pazar'],
  ['Selasa, 10 Mei 1988', 'Minggu, 3 Juni 1990'],
  ['10 Mei 1988 pukul 16.36', '3 Juni 1990 pukul 11.05'],
  ['10 Mei 1988 16:36 WIB', '3 Juni 1990 11:05 WIB'],
  ['Selasa, 10 Mei 1988', 'Ahad, 3 Jun 1990'],
  ['10/05/1988 lúc 16:36', '03/06/1990 lúc 11:05'],
  ['Thứ Ba, 10 tháng 5, 1988', 'Chủ Nhật, 3 tháng 6, 1990'],
  ['Thứ Ba, ngày 10 tháng 5 năm 1988', 'Chủ Nhật, ngày 3 tháng 6 năm 1990'],
  ['16:36 10/05/1988', '11:05 03/06/1990'],
  ['10 Tháng 5, 1988', '3 Tháng 6, 1990'],
  ['10 พฤษภาคม 2531 เวลา 16:36', '3 มิถุนายน 2533 เวลา 11:05'],
  ['วันอังคารที่ 10 พฤษภาคม พ.ศ. 2531', 'วันอาทิตย์ที่ 3 มิถุนายน พ.ศ. 2533'],
  ['10 พ.ค. 2531 16:36 น.', '3 มิ.ย. 2533 11:05 น.'],
  ['10 พ.ค. 31', '3 มิ.ย. 33'],
  ['10 مايو 1988', '3 يونيو 1990'],
  ['الثلاثاء، 10 مايو 1988', 'الأحد، 3 يونيو 1990'],
  ['١٠‏/٥‏/١٩٨٨، ٤:٣٦ م', '٣‏/٦‏/١٩٩٠، ١١:٠٥ ص'],
  ['10 במאי 1988', '3 ביוני 1990'],
  ['10 मई 1988', '3 जून 1990'],
  ['मंगलवार, 10 मई 1988', 'रविवार, 3 जून 1990'],
  ['10 Μαΐου 1988', '3 Ιουνίου 1990'],
  ['Τρίτη, 10 Μαΐου 1988', 'Κυριακή, 3 Ιουνίου 1990'],
  ['1988. május 10., kedd', '1990. június 3., vasárnap'],
  ['1988. május 10. 16:36', '1990. június 3. 11:05'],
  ['10 mai 1988', '3 iunie 1990'],
  ['16:36 10.05.1988', '11:05 03.06.1990'],
  ['4:36 PM, 10 May 1988', '11:05 AM, 3 June 1990'],
  ['16:36, 10 May 1988', '11:05, 3 June 1990'],
  ['Tue 10/05/1988', 'Sun 03/06/1990'],
  ['Tue 1988-05-10', 'Sun 1990-06-03'],
  ['Tue, 10-May-1988 16:36:00 GMT', 'Sun, 03-Jun-1990 11:05:00 GMT'],
  ['Tuesday, 10-May-88 16:36:00 GMT', 'Sunday, 03-Jun-90 11:05:00 GMT'],
  ['Tue, May 10, 1988', 'Sun, Jun 3, 1990'],
  ['Tue May 10, 1988', 'Sun Jun 3, 1990'],
  ['Tuesday May 10 1988', 'Sunday June 3 1990'],
  ['Tue, 5/10/1988', 'Sun, 6/3/1990', 'Sun, 12/29/1991'],
  ['10 May 1988 (Tue)', '03 June 1990 (Sun)'],
  ['10/05/1988 Tuesday', '03/06/1990 Sunday'],
  ['Tue, 10 May 1988 16:36:00 +0530', 'Sun, 03 Jun 1990 11:05:00 +0530'],
  ['1988-05-10 Tue', '1990-06-03 Sun'],
  ['Tuesday, 10th May 1988', 'Sunday, 3rd June 1990'],
  ['Tuesday, 10th of May 1988', 'Sunday, 3rd of June 1990'],
  ['Tuesday 10 May 1988', 'Sunday 3 June 1990'],
  ['<1988-05-10 Tue>', '<1990-06-03 Sun>'],
  ['10.May.1988', '03.Jun.1990'],
  ['10. May. 1988', '3. Jun. 1990'],
  ["10 May '88", "3 Jun '90"],
  ['10/05/1988 4:36 p.m.', '13/06/1990 11:05 a.m.'],
  ['10/05/1988 4:36PM', '13/06/1990 11:05AM'],
  ['10/05/1988 4:36:17PM', '13/06/1990 11:05:00AM'],
  ['5/10/1988 4 PM', '6/13/1990 11 AM'],
  ['1988-05-10 16h', '1990-06-03 11h'],
  ['5-10-1988 04:36 PM', '6-13-1990 11:05 AM'],
  ['May 10, 1988 (4:36 PM)', 'June 3, 1990 (11:05 AM)'],
  ['[10/May/1988:16:36:00 +0530]', '[03/Jun/1990:11:05:00 +0530]'],
  ['10/May/1988:16:36:00 +0530', '03/Jun/1990:11:05:00 +0530'],
  ['19880510T163600Z', '19900603T110500Z'],
  ['1988-05-10T16:36:00,123', '1990-06-03T11:05:00,123'],
  ['1988-05-10_16-36-00', '1990-06-03_11-05-00'],
  ['1988-05-10-16-36-00', '1990-06-03-11-05-00'],
  ['1988_05_10', '1990_06_03'],
  ['May 10 1988  4:36PM', 'Jun  3 1990 11:05AM'],
  ['May 10 1988  4:36:17:123PM', 'Jun  3 1990 11:05:00:000AM'],
  ['10\\05\\1988', '13\\06\\1990'],
  ['10|05|1988', '13|06|1990'],
  ['1988:05:10 16:36:00', '1990:06:03 11:05:00'],
  ['10-MAY-88 04.36.00.000000000 PM ASIA/KOLKATA', '03-JUN-90 11.05.00.000000000 AM ASIA/KOLKATA'],
  ['10-MAY-88 04.36.00.000000 PM +05:30', '03-JUN-90 11.05.00.000000 AM +05:30'],
  ['10.V.1988', '3.VI.1990'],
  ['1988 May 10', '1990 June 3'],
  ['1988, May 10', '1990, June 3'],
  ['1988-May-10', '1990-Jun-03'],
  ['10 / 5 / 1988', '3 / 6 / 1990', '13 / 6 / 1990'],
  ['10 .05 .1988', '03 .06 .1990'],
  ['10,05,1988', '13,06,1990'],
  ['10;05;1988', '13;06;1990'],
  ['16:36:00 10-05-1988', '11:05:00 13-06-1990'],
  ['1988-5-10 4:36:00', '1990-6-3 11:05:00'],
  ['5/10/1988 4:36:00 PM +05:30', '6/3/1990 11:05:00 AM +05:30', '6/13/1990 11:05:00 AM +05:30'],
  ['1988-05-10T16:36:00.000+0000', '1990-06-03T11:05:00.000+0000'],
  ['10/05/1988, 16:36', '13/06/1990, 11:05'],
  ['1988-05-10 16:36 IST', '1990-06-03 11:05 IST'],
  ['May 10, 1988 4:36 PM', 'June 3, 1990 11:05 AM'],
  ['May 10, 1988 4:36 PM (GMT+5:30)', 'June 3, 1990 11:05 AM (GMT+5:30)'],
  ['1988-05-10 16:36', '1990-06-03 11:05'],
  ['10/May/88 4:36 PM', '03/Jun/90 11:05 AM'],
  ['05/10/1988 04:36:00 PM CEDT', '06/13/1990 11:05:00 AM CEDT'],
  ['10-May-’88', '03-Jun-’90'],
]

test.each(WRITTEN)('%j is read as it is written, once it was proposed', (first, ...others) => {
  const guess = guessDate([first, ...others], { thisYear: 2026 })
  const [choice = ''] = guess?.choices ?? []
  expect(guess?.share).toBe(1)
  const read = reader(`date ${choice}`)
  expect(read(first)).toEqual({ value: '1988-05-10' })
  for (const other of others) expect(read(other).value).toMatch(/^199\d-\d\d-\d\d$|^1972-12-29$/)
})

describe('the proposal says no more than the column does', () => {
  test.each<[values: string[], choices: string[]]>([
    [['10 May 1988 at 4:36 PM', '13 June 1990 at 11:05 AM'], ["'dd MMM yyyy ''at'' h:mm a'"]],
    [['16:36 10.05.1988'], ["'HH:mm dd.MM.yyyy'", "'HH:mm MM.dd.yyyy'"]],
    [['5/10/1988 4 PM', '6/13/1990 11 AM'], ["'M/d/yyyy h a'"]],
    [['1988年5月10日 16時36分'], ["'yyyy年M月d日 HH時mm分'"]],
    [['民國77年5月10日 16時36分'], ["'民國y年M月d日 HH時mm分' roc"]],
    [['昭和63年5月10日 16時36分', '平成2年6月3日 11時05分'], ["'Gy年M月d日 HH時mm分'"]],
    [
      ['10 พ.ค. 31', '3 มิ.ย. 33'],
      ["'d MMM yy' buddhist", "'d MMM yy'"],
    ],
    [['mar. 10 mai 1988, 16:36', 'mer. 1 mars 1989, 11:05'], ["'EEEE d MMMM yyyy, HH:mm'"]],
    [["10 May '88", "3 Jun '90"], ["'d MMM ''''''''yy'"]],
  ])('%j', (values, choices) => expect(guessDate(values, { thisYear: 2026 })?.choices).toEqual(choices))

  test.each([
    [['GS10-05-88', 'GS11-06-90']],
    [['10/05/1988 (38)', '03/06/1990 (36)']],
    [['12 Main Street 1988', '14 Main Street 1990']],
    [['1988-05-10 16:36 GMT (+05:30)', '1990-06-03 11:05 GMT (+05:30)']],
  ])('%j are no dates', (values) => expect(guessDate(values, { thisYear: 2026 })).toBeUndefined())
})

test('a zone that is named is read whatever it is where the day counts alone, and as it stands where the time does', () => {
  const values = [
    '1988-05-10 16:36:00 CEST',
    '1990-12-03 11:05:00 CET',
    '1990-07-03 11:05:00 CEST',
    '1991-01-03 11:05:00 CET',
  ]
  expect(guessDate(values)?.choices).toEqual(["'yyyy-MM-dd HH:mm:ss zzz'"])
  expect(guessDate(values, { isInstant: true })?.choices).toEqual([
    "'yyyy-MM-dd HH:mm:ss ''CEST''' or 'yyyy-MM-dd HH:mm:ss ''CET'''",
  ])
  // With an offset beside it, the name says nothing.
  const printed = ['Tue May 10 1988 16:36:00 GMT+0530 (India Standard Time)']
  expect(guessDate(printed, { isInstant: true })?.choices).toEqual(["'EEEE MMM dd yyyy HH:mm:ss XXX (zzz)'"])
})

test('a value that is not read is named', () => {
  const values = ['10th of May 1988', '3rd of June 1990', '1st of July 1991', 'spring of 88']
  expect(guessDate(values)).toMatchObject({ share: 0.75, other: 'spring of 88' })
})

test('of any text, what is composed is a format', () => {
  const piece = fc.oneof(
    fc.integer({ min: 0, max: 2030 }).map(String),
    fc.constantFrom(
      ...'May|mar.|10|05|1988|88|PM|GMT|+05:30|Z|IST|:|.|/|-| |, |年|月|日|時|de|T|\'|"|昭和|民國|st|ב|(|)'.split('|'),
    ),
    fc.string({ maxLength: 3 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), fc.boolean(), (pieces, namedZones) => {
      for (const { text } of composeForms(pieces.join(''), { namedZones })) {
        expect(makeDateForm(text, {})).not.toHaveProperty('mistake')
      }
    }),
    { numRuns: 3_000 },
  )
})
