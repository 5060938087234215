#!/usr/bin/env bash
# diacritics 1.3.0 takes marks from letters, and leaves Cyrillic alone but for one letter: the small el becomes a Latin n. Алла is
# left with two letters of another script, and АЛЛА, in capitals, is not touched.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit diacritics@1.3.0
cat > remove.js <<'END_OF_SCRIPT'
const { remove } = require('diacritics')
const alphabet = Array.from({ length: 64 }, (_, place) => String.fromCodePoint(0x410 + place))
const changed = alphabet.filter((letter) => remove(letter) !== letter).map((letter) => letter + remove(letter))
console.log([remove('Алла'), remove('АЛЛА'), ...changed].join(' '))
END_OF_SCRIPT
seen=$(node remove.js)
echo "diacritics 1.3.0: Алла, АЛЛА, and each letter of the Russian alphabet that it changes: $seen"
[ "$seen" = 'Аnnа АЛЛА лn' ]
