#!/usr/bin/env bash
# json-2-csv 5.6.0 counts the line break that ends a file to the file's last cell, where that is not in quotes: the last member is
# called `Ben` and a line break. Where the lines end as Windows ends them, and the option says so, there is a member more instead,
# whose number is empty.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit json-2-csv@5.6.0
cat > read.js <<'END_OF_SCRIPT'
const { csv2json } = require('json-2-csv')
const lines = ['number,name', '1,Ana', '2,Ben']
const unix = csv2json(`${lines.join('\n')}\n`)
const open = csv2json(lines.join('\n'))
const windows = csv2json(`${lines.join('\r\n')}\r\n`, { delimiter: { eol: '\r\n' } })
console.log(JSON.stringify([unix.at(-1), open.at(-1), windows.length, windows.at(-1)]))
END_OF_SCRIPT
seen=$(node read.js)
echo "json-2-csv 5.6.0, last of two members with and without a line break behind, count and last where it is of Windows: $seen"
[ "$seen" = '[{"number":2,"name":"Ben\n"},{"number":2,"name":"Ben"},3,{"number":""}]' ]
