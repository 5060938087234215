#!/usr/bin/env bash
# fixed-width-parser 3.0.0 reads amounts without a point, as mainframes write them, and sets the point itself. Of an amount below
# zero it makes 0 where spaces stand before the sign, and says nothing: whoever owes 12.50 owes nothing. So the library itself writes
# such an amount. It fills up with zeros on the left, also before the sign. With the zeros behind the sign, or a point, it is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit fixed-width-parser@3.0.0
cat > read.mjs <<'END_OF_SCRIPT'
import { FixedWidthParser } from 'fixed-width-parser'
const parser = new FixedWidthParser([{ type: 'float', name: 'balance', start: 0, width: 8, insertDecimal: false, decimalCount: 2 }])
const own = parser.unparse([{ balance: -12.5 }])
const lines = ['    1250', own, '-0001250', '  -12.50']
console.log(JSON.stringify(own), ...lines.map((line) => parser.parse(line)[0].balance))
END_OF_SCRIPT
seen=$(node read.mjs 2>&1)
echo "fixed-width-parser 3.0.0 writes -12.5, and reads 12.50, its own -12.5, one with zeros behind the sign, and one with a point: $seen"
[ "$seen" = '"   -1250" 12.5 0 -12.5 -12.5' ]
