#!/usr/bin/env bash
# any-date-parser 2.2.4 reads dates by the rules of a language, and as days that nobody wrote where they stand as Intl itself
# writes them in that language: in Hungarian the century is dropped and the day becomes the year, in Japanese one digit of the
# day becomes the month. In English it reads the same Japanese date rightly.
set -euo pipefail
export TZ=UTC
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit any-date-parser@2.2.4
cat > read.js <<'END_OF_SCRIPT'
const parsers = require('any-date-parser')
const parser = parsers.default ?? parsers
const [written, language] = process.argv.slice(2)
const day = parser.fromString(written, language)
console.log(day.invalid ? 'invalid' : day.toISOString().slice(0, 10))
END_OF_SCRIPT
intl() { node -p "new Date(process.argv[1]).toLocaleDateString(process.argv[2], { dateStyle: 'medium', timeZone: 'UTC' })" "$1" "$2"; }
hungarian=$(node read.js '2021. 01. 23.' hu)
japanese=$(node read.js "$(intl 1985-12-25 ja)" ja)
english=$(node read.js "$(intl 1985-12-25 ja)" en)
echo "any-date-parser 2.2.4: 2021. 01. 23. in Hungarian is $hungarian, $(intl 1985-12-25 ja) in Japanese $japanese, and in English $english"
[ "$hungarian" = 2023-01-21 ] && [ "$japanese" = 1985-02-01 ] && [ "$english" = 1985-12-25 ]
