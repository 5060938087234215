#!/usr/bin/env bash
# Nepal's calendar, by two libraries with tables of its months: nepali-date-converter 3.4.0 and bikram-sambat 1.8.1 agree on the
# first day of each month of the years 2000 to 2083, and in 2084 (2027) are a day apart in seven months of twelve: a membership
# until 1 Asar 2084 ends on 15 or on 16 June.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit nepali-date-converter@3.4.0 bikram-sambat@1.8.1
cat > compare.js <<'END'
const converter = require('nepali-date-converter')
const { toGreg_text } = require('bikram-sambat')
const Day = converter.default ?? converter
function byConverter(year, month) {
  const day = new Day(year, month - 1, 1).toJsDate()
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
let apart = 0
for (let year = Number(process.argv[2]); year <= Number(process.argv[3]); year += 1)
  for (let month = 1; month <= 12; month += 1) if (byConverter(year, month) !== toGreg_text(year, month, 1)) apart += 1
console.log(apart, byConverter(2084, 3), toGreg_text(2084, 3, 1))
END
past=$(node compare.js 2000 2083)
next=$(node compare.js 2084 2084)
echo "nepali-date-converter 3.4.0 and bikram-sambat 1.8.1: months that begin on other days, and 1 Asar 2084 by each: 2000 to 2083 \"$past\", 2084 \"$next\""
[ "$past" = '0 2027-06-16 2027-06-15' ] && [ "$next" = '7 2027-06-16 2027-06-15' ]
