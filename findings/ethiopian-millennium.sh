#!/usr/bin/env bash
# Ethiopia's year 2000 began on 12 September 2007, behind a year of 366 days. ethiopian-calendar-new 1.1.0 knows that year for a
# leap year, gives the day to the year behind it as well, and is a day off all through that one, as in each fourth year: whoever
# was born in it is a day older. Intl and ethiopian-calendar-date-converter 2.1.6 have the day that was kept.
set -euo pipefail
export TZ=UTC
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit ethiopian-calendar-new@1.1.0 ethiopian-calendar-date-converter@2.1.6
cat > read.js <<'END_OF_SCRIPT'
const { isEthiopianLeapYear, toEthiopian } = require('ethiopian-calendar-new')
const { EthDateTime } = require('ethiopian-calendar-date-converter')
const calendar = new Intl.DateTimeFormat('en-u-ca-ethiopic', { timeZone: 'UTC', day: 'numeric', month: 'numeric', year: 'numeric' })
function byIntl(day) {
  const part = (type) => Number(calendar.formatToParts(day).find((one) => one.type === type).value)
  return [part('year'), part('month'), part('day')].join('-')
}
function byNew(day) {
  const seen = toEthiopian(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate())
  return [seen.year, seen.month, seen.day].join('-')
}
const kept = new Date(Date.UTC(2007, 8, 12, 12))
const other = EthDateTime.fromEuropeanDate(kept)
let apart = 0
for (let day = 0; day < 1461; day += 1) {
  const date = new Date(kept.getTime() + day * 86_400_000)
  if (byNew(date) !== byIntl(date)) apart += 1
}
const leap = [1999, 2000].map(isEthiopianLeapYear)
console.log([byIntl(kept), [other.year, other.month, other.date].join('-'), byNew(kept), ...leap, apart].join(' '))
END_OF_SCRIPT
seen=$(node read.js)
echo "12 September 2007 by Intl, ethiopian-calendar-date-converter 2.1.6 and ethiopian-calendar-new 1.1.0, its leap years 1999 and 2000, and its days that are off in the four years from then: $seen"
[ "$seen" = '2000-1-1 2000-1-1 2000-1-2 true false 366' ]
