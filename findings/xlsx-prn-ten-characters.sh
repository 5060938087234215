#!/usr/bin/env bash
# xlsx 0.18.5, and @e965/xlsx 0.20.3, write a sheet as text in columns (prn) of ten characters, however wide its columns are said to be, and
# cut off what is longer, with nothing behind the second and each later column: a mobile of eleven digits loses its last one, and is still
# a number. One of twelve is put in E-notation before, and loses a digit of the exponent: read from its ten places, 919876543210 is
# 91.9877. The columns here are 20 characters wide, and 14155550123 fits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit xlsx@0.18.5 @e965/xlsx@0.20.3
cat > write.js <<'END_OF_SCRIPT'
function written({ utils, write }) {
  const sheet = utils.aoa_to_sheet([[14155550123, 919876543210, '14155550123', 'A1']])
  sheet['!cols'] = [{ wch: 20 }, { wch: 20 }, { wch: 20 }, { wch: 20 }]
  const book = utils.book_new()
  utils.book_append_sheet(book, sheet, 'members')
  return write(book, { type: 'string', bookType: 'prn' }).trim()
}
console.log(`${written(require('xlsx'))}, ${written(require('@e965/xlsx'))}`)
END_OF_SCRIPT
seen=$(node write.js)
echo "14155550123, 919876543210, 14155550123 as a text, and A1, in columns of 20 characters, by xlsx 0.18.5 and @e965/xlsx 0.20.3: $seen"
[ "$seen" = '1415555012 9.19877E+11415555012A1, 1415555012 9.19877E+11415555012A1' ]
