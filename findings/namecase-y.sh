#!/usr/bin/env bash
# namecase 1.1.2 writes the Spanish `y` between two family names small, and takes the space behind it away: ORTEGA Y GASSET becomes
# Ortega yGasset, and Ramón y Cajal, which was right, is spoilt. The Portuguese `e` and the `von` of a German keep theirs.
# split-human-name 2.0.13, which sets names with namecase, hands on a last name yGasset.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit namecase@1.1.2 split-human-name@2.0.13
cat > write.js <<'END_OF_SCRIPT'
const namecase = require('namecase')
const split = require('split-human-name')
const names = ['ORTEGA Y GASSET', 'Ramón y Cajal', 'COSTA E SILVA', 'HANS VON BERG'].map((name) => namecase(name))
console.log([...names, split('José Ortega y Gasset').lastName].join(', '))
END_OF_SCRIPT
seen=$(node write.js)
echo "namecase 1.1.2, and last the last name by split-human-name 2.0.13: $seen"
[ "$seen" = 'Ortega yGasset, Ramón yCajal, Costa E Silva, Hans von Berg, yGasset' ]
