#!/usr/bin/env bash
# There are two tables of Umm al-Qura, Saudi Arabia's calendar. Intl of Node 26.10.0 has the one, @tabby_ai/hijri-converter 1.0.5 and
# moment-hijri 3.0.0 the other, and all three call it by that name. From 2000 to 2028 Intl and the converter agree on every day; from 1938
# to 1999, where most birthdays are, they are a day apart on six days of ten. moment-hijri has a month of 28 days as well, which no moon has.
set -euo pipefail
export TZ=UTC
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit node@26.10.0 moment-hijri@3.0.0 @tabby_ai/hijri-converter@1.0.5
cat > compare.js <<'END_OF_SCRIPT'
const moment = require('moment-hijri')
const { gregorianToHijri } = require('@tabby_ai/hijri-converter')
const calendar = new Intl.DateTimeFormat('en-u-ca-islamic-umalqura', { timeZone: 'UTC', day: 'numeric', month: 'numeric', year: 'numeric' })
function byIntl(day) {
  const part = (type) => Number(calendar.formatToParts(day).find((one) => one.type === type).value)
  return [part('year'), part('month'), part('day')].join('-')
}
function byMoment(day) {
  const seen = moment.utc(day)
  return [seen.iYear(), seen.iMonth() + 1, seen.iDate()].join('-')
}
function byConverter(day) {
  const seen = gregorianToHijri({ year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() })
  return [seen.year, seen.month, seen.day].join('-')
}
function compare(from, to) {
  let days = 0
  let apart = 0
  let others = 0
  for (let time = Date.UTC(from, 0, 1, 12); time < Date.UTC(to, 0, 1); time += 86_400_000) {
    const day = new Date(time)
    days += 1
    if (byConverter(day) !== byIntl(day)) apart += 1
    if (byMoment(day) !== byConverter(day)) others += 1
  }
  return `${days} ${apart} ${others}`
}
const day = new Date('1983-10-31T12:00:00Z')
const lengths = Array.from({ length: 145 * 12 }, (_, month) => moment.iDaysInMonth(1356 + Math.floor(month / 12), month % 12))
console.log([compare(1938, 2000), compare(2000, 2029), byIntl(day), byMoment(day), Math.min(...lengths)].join(', '))
END_OF_SCRIPT
seen=$(node_modules/node/bin/node compare.js)
echo "days, those on which Intl and @tabby_ai/hijri-converter 1.0.5 differ, and those on which moment-hijri 3.0.0 differs from that, 1938 to 1999 and 2000 to 2028; 31 October 1983 by Intl and moment-hijri; moment-hijri's shortest month: $seen"
[ "$seen" = '22645 14292 0, 10593 0 30, 1404-1-24, 1404-1-25, 28' ]
