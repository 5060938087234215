// Run by make.py where exceljs, xlsx and json2csv are installed, with the clock of India: `node make.mjs <folder>`.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Excel from 'exceljs'
import json2csv from 'json2csv'
import sheets from 'xlsx'

const [, , folder = '.'] = process.argv
const to = (name) => join(folder, name)

const born = [new Date(1988, 4, 10), new Date(1991, 0, 1)]
const members = [
  { id: '00123', mobile: 919876543210, born: born[0], vip: true },
  { id: '00124', mobile: 919876543211, born: born[1], vip: false },
]

// exceljs: a whole workbook, and its stream writer.
for (const [name, book] of [
  ['exceljs.xlsx', new Excel.Workbook()],
  [
    'exceljs-stream.xlsx',
    new Excel.stream.xlsx.WorkbookWriter({ filename: to('exceljs-stream.xlsx'), useStyles: true }),
  ],
]) {
  const sheet = book.addWorksheet('Members')
  sheet.columns = ['id', 'mobile', 'born', 'vip'].map((key) => ({
    key,
    header: key,
    ...(key === 'born' && { style: { numFmt: 'dd/mm/yyyy' } }),
  }))
  for (const member of members) {
    const row = sheet.addRow(member)
    row.commit?.()
  }
  if (name === 'exceljs.xlsx') await book.xlsx.writeFile(to(name))
  else await book.commit()
}

// SheetJS: a workbook, and what it writes as CSV.
const sheet = sheets.utils.json_to_sheet(members, { cellDates: false })
const book = sheets.utils.book_new()
sheets.utils.book_append_sheet(book, sheet, 'Members')
sheets.writeFile(book, to('sheetjs.xlsx'))
writeFileSync(to('sheetjs.csv'), sheets.utils.sheet_to_csv(sheet))

writeFileSync(to('json2csv-excel-strings.csv'), json2csv.parse(members, { excelStrings: true }))
writeFileSync(to('json-stringify.jsonl'), members.map((member) => `${JSON.stringify(member)}\n`).join(''))

// Dates as browsers and Node write them for people.
const locales = [
  'en-US',
  'en-IN',
  'de-DE',
  'ko-KR',
  'ja-JP',
  'ja-JP-u-ca-japanese',
  'th-TH',
  'fa-IR',
  'ar-EG',
  'zh-TW-u-ca-roc',
  'ar-SA-u-ca-islamic-umalqura',
]
const written = locales.map((locale) => [locale, born[0].toLocaleDateString(locale), born[0].toLocaleString(locale)])
const quoted = [['locale', 'day', 'time'], ...written].map((row) => row.map((cell) => `"${cell}"`).join(','))
writeFileSync(to('node-locale-strings.csv'), `${quoted.join('\n')}\n`)
