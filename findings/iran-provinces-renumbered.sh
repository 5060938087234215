#!/usr/bin/env bash
# ISO 3166-2 gave Iran's provinces new numbers in 2020, and these are the old ones in another order. country-region-data 4.1.0, which names
# that standard, has the old ones, and iso-3166 4.4.0 the new ones: of 31 provinces that the one writes, the other reads two as they were
# meant, and 27 as another one. Tehran (07) becomes Fars, and Fars (14) Chahar Mahal.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit country-region-data@4.1.0 iso-3166@4.4.0
cat > read.mjs <<'END_OF_SCRIPT'
import { allCountries } from 'country-region-data'
import { iso31662 } from 'iso-3166'
const plain = (name) => name.normalize('NFD').replace(/[^a-z]/gi, '').toLowerCase()
const provinces = allCountries.find(([, code]) => code === 'IR')[2]
const read = provinces.map(([name, code]) => [name, iso31662.find((one) => one.code === `IR-${code}`)?.name])
const known = read.filter(([, name]) => name !== undefined)
const same = known.filter(([written, name]) => plain(written) === plain(name))
const tehran = known.find(([name]) => plain(name) === 'tehran')[1]
console.log([provinces.length, known.length, same.length, plain(tehran)].join(' '))
END_OF_SCRIPT
seen=$(node read.mjs)
echo "Iran's provinces in country-region-data 4.1.0, those whose codes iso-3166 4.4.0 knows, those that are the same one, and what Tehran is: $seen"
[ "$seen" = '31 29 2 fars' ]
