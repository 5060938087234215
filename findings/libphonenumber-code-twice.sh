#!/usr/bin/env bash
# libphonenumber-js 1.13.16 (max) calls a mobile valid before which the country's code stands twice, in Germany and in Kosovo: it is
# then a fixed line, since such lines may be long there. Germany's reads as one in Leer, whose area code is 491. In Indonesia
# and India the same mistake is no valid number, as one would expect everywhere.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit libphonenumber-js@1.13.16
cat > read.js <<'END_OF_SCRIPT'
const { parsePhoneNumberFromString } = require('libphonenumber-js/max')
const number = parsePhoneNumberFromString(process.argv[2])
console.log(number.isValid() ? number.getType() : 'invalid')
END_OF_SCRIPT
once=$(node read.js '+49 177 1234567')
germany=$(node read.js '+49 49 177 1234567')
kosovo=$(node read.js '+383 383 43 201 234')
indonesia=$(node read.js '+62 62 812 3456 789')
india=$(node read.js '+91 91 98765 43210')
echo "libphonenumber-js 1.13.16: +49 177 … is $once, +49 49 177 … $germany, +383 383 43 … $kosovo, +62 62 812 … $indonesia, +91 91 98765 … $india"
[ "$once" = MOBILE ] && [ "$germany" = FIXED_LINE ] && [ "$kosovo" = FIXED_LINE ]
[ "$indonesia" = invalid ] && [ "$india" = invalid ]
