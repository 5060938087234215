#!/usr/bin/env bash
# The accounting format of a Bosnian Excel keeps room for the currency, `_K_M_-`: no letter of it is shown. exceljs 4.4.0 finds the
# M of a month in it, and 1500 points are a day in February 1904. xlsx 0.18.5 reads the same cell as 1500, and exceljs too where
# the room is kept for the dollar.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit exceljs@4.4.0 xlsx@0.18.5
cat > read.js <<'END_OF_SCRIPT'
const exceljs = require('exceljs')
const xlsx = require('xlsx')
const formats = { mark: '_-* #,##0.00\\ _K_M_-', dollar: '_-* #,##0.00\\ _$_-' }
async function read(format) {
  const sheet = xlsx.utils.aoa_to_sheet([[1500]])
  sheet.A1.z = format
  const book = xlsx.utils.book_new()
  xlsx.utils.book_append_sheet(book, sheet, 'members')
  const file = xlsx.write(book, { type: 'buffer', bookType: 'xlsx' })
  const reader = new exceljs.Workbook()
  await reader.xlsx.load(file)
  const byXlsx = xlsx.read(file, { cellDates: true }).Sheets.members.A1.v
  console.log(JSON.stringify([reader.worksheets[0].getCell('A1').value, byXlsx]))
}
read(formats[process.argv[2]])
END_OF_SCRIPT
mark=$(node read.js mark)
dollar=$(node read.js dollar)
echo "1500 as exceljs 4.4.0 and xlsx 0.18.5 read it: room for KM $mark, room for a dollar $dollar"
[ "$mark" = '["1904-02-08T00:00:00.000Z",1500]' ] && [ "$dollar" = '[1500,1500]' ]
