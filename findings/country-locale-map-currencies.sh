#!/usr/bin/env bash
# country-locale-map 1.9.14 has people pay in the currency of a country far away: in Micronesia in roubles, on the Falkland Islands in
# Danish kroner, on Réunion in francs of Rwanda, in Côte d'Ivoire in Czech koruny and in Eswatini in euros. The right ones, which
# country-to-currency 3.0.1 has, are the dollar, the islands' pound, the euro, the CFA franc and the lilangeni.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit country-locale-map@1.9.14 country-to-currency@3.0.1
cat > pay.js <<'END_OF_SCRIPT'
const { getCurrencyByAlpha2 } = require('country-locale-map')
const other = require('country-to-currency')
const codes = ['FM', 'FK', 'RE', 'CI', 'SZ', 'FR']
const table = other.default ?? other
console.log(codes.map((code) => `${code} ${getCurrencyByAlpha2(code)}/${table[code]}`).join(', '))
END_OF_SCRIPT
seen=$(node pay.js)
echo "currencies by country-locale-map 1.9.14 and country-to-currency 3.0.1: $seen"
[ "$seen" = 'FM RUB/USD, FK DKK/FKP, RE RWF/EUR, CI CZK/XOF, SZ EUR/SZL, FR EUR/EUR' ]
