#!/usr/bin/env bash
# i18n-iso-countries 7.14.0 calls the Maldives Mali in the Maldives' own language, and Mexico Micronesia: the names stand a line or two
# away from their codes. Its own name of Malaysia is then Malawi's code, Morocco's Montserrat's. In Turkmen Iraq has the name of Iran, as
# Intl writes it, and Iran's own name is no country.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit i18n-iso-countries@7.14.0
cat > name.js <<'END_OF_SCRIPT'
const countries = require('i18n-iso-countries')
for (const language of ['dv', 'tk']) countries.registerLocale(require(`i18n-iso-countries/langs/${language}.json`))
const back = (code, language) => countries.getAlpha2Code(countries.getName(code, language), language)
const turkmen = new Intl.DisplayNames('tk', { type: 'region' })
const maldives = ['MV', 'MX'].map((code) => countries.getName(code, 'dv'))
const codes = ['MY', 'MA', 'MN'].map((code) => `${code}=${back(code, 'dv')}`)
console.log(...maldives, ...codes, countries.getName('IQ', 'tk') === turkmen.of('IR'), countries.getAlpha2Code(turkmen.of('IR'), 'tk'))
END_OF_SCRIPT
seen=$(node name.js)
echo "i18n-iso-countries 7.14.0: the Maldives and Mexico in Dhivehi, countries by their own names in it, is Iraq Iran in Turkmen, and whose is Iran's name: $seen"
[ "$seen" = 'މާލީ މައިކްރޮނޭޝިއާ MY=MW MA=MS MN=MC true IQ' ]
