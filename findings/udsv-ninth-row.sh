#!/usr/bin/env bash
# udsv 0.7.3 takes a column's type from the ninth row alone. Where that person is F, a column of M and F holds truths, of which T
# is the true one: the typed rows are false for everybody. Where the ninth card number is digits, each with a letter is NaN.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit udsv@0.7.3
cat > read.js <<'END_OF_SCRIPT'
const { inferSchema, initParser } = require('udsv')
const cells = process.argv.slice(2)
const file = ['number,cell', ...cells.map((cell, place) => `${place + 1},${cell}`), ''].join('\n')
console.log(initParser(inferSchema(file)).typedArrs(file).map((row) => String(row[1])).join(' '))
END_OF_SCRIPT
woman=$(node read.js M F M F M M F M F M)
man=$(node read.js M F M F M M F M M F)
cards=$(node read.js A1 A2 A3 A4 A5 A6 A7 A8 9009 A10)
echo "udsv 0.7.3, a column whose ninth cell is F: $woman; is M: $man; is a number among card numbers: $cards"
[ "$woman" = 'false false false false false false false false false false' ] && [ "$man" = 'M F M F M M F M M F' ] &&
  [ "$cards" = 'NaN NaN NaN NaN NaN NaN NaN NaN 9009 NaN' ]
