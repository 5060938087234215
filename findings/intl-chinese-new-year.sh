#!/usr/bin/env bash
# The Chinese New Year of 2027 is 6 February, as China's and Hong Kong's almanacs have it, and that of 2030 is 3 February. Intl of Node 26.10.0
# has it a day late in 2027 and a day early in 2030: the new moon comes four minutes before midnight in Beijing, and seven behind it.
# lunar-javascript 1.7.7 has both right. In each other year from 2020 to 2049 the two agree.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit node@26.10.0 lunar-javascript@1.7.7
cat > new-year.js <<'END_OF_SCRIPT'
const { Solar } = require('lunar-javascript')
const calendar = new Intl.DateTimeFormat('en-u-ca-chinese', { timeZone: 'UTC', day: 'numeric', month: 'numeric' })
function isFirstByIntl(day) {
  const part = (type) => calendar.formatToParts(day).find((one) => one.type === type).value
  return part('month') === '1' && part('day') === '1'
}
function isFirst(day) {
  const lunar = Solar.fromYmd(day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()).getLunar()
  return lunar.getMonth() === 1 && lunar.getDay() === 1
}
const apart = []
for (let year = 2020; year < 2050; year += 1) {
  const days = Array.from({ length: 60 }, (_, day) => new Date(Date.UTC(year, 0, 1 + day, 12)))
  const [intl, other] = [isFirstByIntl, isFirst].map((is) => days.find(is).toISOString().slice(0, 10))
  if (intl !== other) apart.push(`${intl}/${other}`)
}
console.log(apart.join(' '))
END_OF_SCRIPT
seen=$(node_modules/node/bin/node new-year.js)
echo "New Year by Intl of Node 26.10.0 and by lunar-javascript 1.7.7, where they differ: $seen"
[ "$seen" = '2027-02-07/2027-02-06 2030-02-02/2030-02-03' ]
