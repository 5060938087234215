#!/usr/bin/env bash
# phone 3.1.72 takes a digit behind the country code away where the number is none by its own list with it and one without,
# also of numbers in full, with +: a mobile of Gabon (+241 77 12 34 56) comes out a digit shorter, and valid; another one is
# the same as an old one (+241 66 12 34 56, +241 06 12 34 56); a fixed line of Como (+39 031 234 5678) is a mobile; and
# Argentina's mobiles lose their 9.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit phone@3.1.72
read_all() {
  node -e "
    const { phone } = require('phone')
    console.log(process.argv.slice(1).map((number) => JSON.stringify(phone(number).phoneNumber)).join(' '))" "$@"
}
gabon=$(read_all +24177123456)
two=$(read_all +24166123456 +24106123456)
italy=$(read_all +390312345678)
argentina=$(read_all +5491123456789)
echo "phone 3.1.72: +24177123456 $gabon; +24166123456 and +24106123456 $two; +390312345678 $italy; +5491123456789 $argentina"
[ "$gabon" = '"+2417123456"' ] && [ "$two" = '"+2416123456" "+2416123456"' ]
[ "$italy" = '"+39312345678"' ] && [ "$argentina" = '"+541123456789"' ]
