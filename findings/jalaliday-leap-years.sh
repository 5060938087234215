#!/usr/bin/env bash
# jalaliday 3.1.1 gives dayjs Iran's calendar, and puts 1 January to 29 February of each Gregorian leap year a day late: New Year's
# Day of 2024 was 11 Dey 1402, 29 February and 1 March are one day to it, and who was born on 2 February 2000 has a birthday a day
# later. Backwards it is right, so that a day changes as it is read and written. Intl and jalaali-js 2.0.0 agree on all of them.
set -euo pipefail
export TZ=UTC
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit jalaliday@3.1.1 dayjs@1.11.23 jalaali-js@2.0.0
cat > read.mjs <<'END_OF_SCRIPT'
import dayjs from 'dayjs'
import jalaliday from 'jalaliday/dayjs'
import { toJalaali } from 'jalaali-js'
dayjs.extend(jalaliday)
const calendar = new Intl.DateTimeFormat('en-u-ca-persian', { timeZone: 'UTC', day: 'numeric', month: 'numeric', year: 'numeric' })
function byIntl(day) {
  const part = (type) => Number(calendar.formatToParts(day).find((one) => one.type === type).value)
  return [part('year'), part('month'), part('day')].join('-')
}
function byJalaali(day) {
  const { jy, jm, jd } = toJalaali(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate())
  return [jy, jm, jd].join('-')
}
const byJalaliday = (day) => dayjs(day).calendar('jalali').format('YYYY-M-D')
const off = { leap: 0, common: 0, others: 0 }
for (let time = Date.UTC(1950, 0, 1); time < Date.UTC(2050, 0, 1); time += 86_400_000) {
  const day = new Date(time)
  if (byIntl(day) !== byJalaali(day)) off.others += 1
  if (byJalaliday(day) !== byIntl(day)) off[day.getUTCFullYear() % 4 === 0 ? 'leap' : 'common'] += 1
}
const named = ['2024-01-01', '2024-02-29', '2024-03-01'].map((text) => byJalaliday(new Date(text)))
console.log([...named, dayjs('1402-10-12', { jalali: true }).format('YYYY-MM-DD'), off.leap, off.common, off.others].join(' '))
END_OF_SCRIPT
seen=$(node read.mjs)
echo "jalaliday 3.1.1: 1 January, 29 February and 1 March 2024, 12 Dey 1402 read back, days of 1950 to 2049 that are off in leap years and in others, and days on which Intl and jalaali-js differ: $seen"
[ "$seen" = '1402-10-12 1402-12-11 1402-12-11 2024-01-02 1500 0 0' ]
