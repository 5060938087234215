#!/usr/bin/env bash
# csvjson 5.1.0 writes a CSV without quotes unless it is asked for them, and puts a tab for a comma within a value: Cork, Ireland is
# a city with a tab in it. Separated by bars, there is a tab around each character of each value: the bar means "or nothing" where
# it is made part of a pattern. Values need neither, and the names of the columns come out as they are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit csvjson@5.1.0
cat > write.js <<'END_OF_SCRIPT'
const { toCSV } = require('csvjson')
const write = (delimiter, member) => JSON.stringify(toCSV([member], { headers: 'key', delimiter }))
console.log(write(',', { id: '12', city: 'Cork, Ireland' }), write(';', { id: '12', city: 'Cork' }), write('|', { id: '12', city: 'Cork' }))
END_OF_SCRIPT
seen=$(node write.js)
echo "csvjson 5.1.0, a file with commas, one with semicolons and one with bars: $seen"
[ "$seen" = '"id,city\n12,Cork\t Ireland" "id;city\n12;Cork" "id|city\n\t1\t2\t|\tC\to\tr\tk\t"' ]
