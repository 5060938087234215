#!/usr/bin/env bash
# In a cron line Sunday is 0 and 7, and cronosjs 1.7.1 says that the day of the week is 0-7. A line for the days 0-7 runs on Sundays alone:
# the 7 is made a 0 before the days between are counted. 1-7 and 0-6 run daily, and 0-7 does by croner 11.0.1 and cron-parser 5.10.6.
set -euo pipefail
export TZ=UTC
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit cronosjs@1.7.1 croner@11.0.1 cron-parser@5.10.6
cat > run.mjs <<'END_OF_SCRIPT'
import { CronosExpression } from 'cronosjs'
import { Cron } from 'croner'
import { CronExpressionParser } from 'cron-parser'
const start = new Date('2026-01-01T12:00:00Z')
const days = (dates) => dates.map((date) => date.getUTCDate()).join(' ')
const cronos = (days) => CronosExpression.parse(`0 0 * * ${days}`, { timezone: 'UTC' }).nextNDates(start, 4)
const other = CronExpressionParser.parse('0 0 * * 0-7', { currentDate: start, tz: 'UTC' })
const parsed = Array.from({ length: 4 }, () => other.next().toDate())
const croner = new Cron('0 0 * * 0-7', { timezone: 'UTC', paused: true }).nextRuns(4, start)
console.log([cronos('0-7'), cronos('1-7'), cronos('0-6'), croner, parsed].map(days).join(', '))
END_OF_SCRIPT
seen=$(node run.mjs)
echo "days of January 2026 by cronosjs 1.7.1 for 0-7, 1-7 and 0-6, and by croner 11.0.1 and cron-parser 5.10.6 for 0-7: $seen"
[ "$seen" = '4 11 18 25, 2 3 4 5, 2 3 4 5, 2 3 4 5, 2 3 4 5' ]
