#!/usr/bin/env bash
# currency-formatter 1.5.9 cannot read what it has written itself: 1,234.50 soles (S/.) or balboas (B/.) come back as 0.1234, for
# the point of the sign, and any amount in eleven Arab currencies, dirhams, dinars and pounds among them, as 0. It is told the currency
# both times, and knows the sign. 1,234.50 Swiss francs are read as written.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit currency-formatter@1.5.9
cat > read.js <<'END_OF_SCRIPT'
const { currencies, format, unformat } = require('currency-formatter')
const back = (code) => unformat(format(1234.5, { code }), { code })
const nothing = currencies.map(({ code }) => code).filter((code) => back(code) === 0)
console.log(['CHF', 'PEN', 'PAB', 'HNL'].map(back).join(' '), nothing.join(','))
END_OF_SCRIPT
seen=$(node read.js)
echo "currency-formatter 1.5.9, 1234.5 written and read in CHF, PEN, PAB and HNL, and the currencies in which it comes back as nothing: $seen"
[ "$seen" = '1234.5 0.1234 0.1234 0.1234 AED,BHD,DZD,EGP,IQD,JOD,KWD,LBP,LYD,MAD,TND' ]
