#!/usr/bin/env bash
# apache-arrow 21.2.0 makes a table of JSON rows, and fills in what a row leaves out: a text is empty, points are NaN, and a consent
# that nobody gave or refused is false. Only what is null in so many words stays null, and counts as such.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit apache-arrow@21.2.0
cat > table.js <<'END_OF_SCRIPT'
const { tableFromJSON } = require('apache-arrow')
const given = { email: 'ana@example.com', points: 5, consent: true }
function second(row) {
  const table = tableFromJSON([given, row])
  const cells = Object.keys(given).map((name) => table.getChild(name))
  return cells.map((cell) => `${cell.get(1) === '' ? 'empty' : cell.get(1)}/${cell.nullCount}`).join(' ')
}
console.log(second(process.argv[2] === 'null' ? { email: null, points: null, consent: null } : {}))
END_OF_SCRIPT
out=$(node table.js out)
null=$(node table.js null)
echo "apache-arrow 21.2.0, e-mail, points and consent with their counts of nulls: left out $out, null $null"
[ "$out" = 'empty/0 NaN/0 false/0' ] && [ "$null" = 'null/1 null/1 null/1' ]
