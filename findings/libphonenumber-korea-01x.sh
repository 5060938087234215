#!/usr/bin/env bash
# libphonenumber-js 1.13.16 (max) holds Korea's mobiles of 011, 016, 017, 018 and 019 for valid, though the last network with such
# numbers was switched off in 2021, and one of 010 with a digit too few as well: all of these have eight digits behind 010. A
# digit too many is found.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit libphonenumber-js@1.13.16
cat > read.js <<'END_OF_SCRIPT'
const { parsePhoneNumberFromString } = require('libphonenumber-js/max')
const typeOf = (text) => {
  const number = parsePhoneNumberFromString(text, 'KR')
  return number?.isValid() ? number.getType() : 'invalid'
}
const numbers = ['011-234-5678', '016-234-5678', '019-234-5678', '010-234-5678', '010-2345-6789', '010-2345-67890']
console.log(numbers.map(typeOf).join(' '))
END_OF_SCRIPT
types=$(node read.js)
echo "libphonenumber-js 1.13.16: 011, 016, 019, 010 with seven, eight and nine digits behind it are $types"
[ "$types" = 'MOBILE MOBILE MOBILE MOBILE MOBILE invalid' ] || { echo 'this has changed'; exit 1; }
