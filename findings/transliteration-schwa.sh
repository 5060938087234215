#!/usr/bin/env bash
# transliteration 2.6.1 writes the Ə of Azerbaijan's names as @, and leaves the capital ẞ of German ones out. Əli Məmmədov is @li M@mm@dov,
# and an address made of the name has four @. unidecode 1.1.0 sets a backslash before each. What one would expect is a vowel, and
# GROSSMANN, as slugify 1.6.9 has them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit transliteration@2.6.1 unidecode@1.1.0 slugify@1.6.9
cat > write.js <<'END_OF_SCRIPT'
const { transliterate } = require('transliteration')
const unidecode = require('unidecode')
const slugify = require('slugify')
const names = ['Əli Məmmədov', 'GROẞMANN', 'Großmann']
for (const write of [transliterate, unidecode, (name) => slugify(name, ' ')]) console.log(names.map((name) => write(name)).join(', '))
END_OF_SCRIPT
mapfile -t seen < <(node write.js)
echo "Əli Məmmədov, GROẞMANN and Großmann by transliteration 2.6.1: ${seen[0]}; unidecode 1.1.0: ${seen[1]}; slugify 1.6.9: ${seen[2]}"
[ "${seen[0]}" = '@li M@mm@dov, GROMANN, Grossmann' ] && [ "${seen[1]}" = '\@li M\@mm\@dov, GROSsMANN, Grossmann' ] &&
  [ "${seen[2]}" = 'Eli Memmedov, GROSSMANN, Grossmann' ]
