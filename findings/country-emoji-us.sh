#!/usr/bin/env bash
# country-emoji 1.5.6 knows USA, and takes U.S. for the Virgin Islands, whose name in its list ends so. New Jersey is Jersey and
# Northern Ireland is Ireland to it, and South Sudan is Sudan.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit country-emoji@1.5.6
code() { node -p "String(require('country-emoji').code(process.argv[1]))" "$1"; }
seen="$(code USA) $(code U.S.) $(code 'New Jersey') $(code 'Northern Ireland') $(code 'South Sudan')"
echo "country-emoji 1.5.6: USA, U.S., New Jersey, Northern Ireland and South Sudan are: $seen"
[ "$seen" = 'US VI JE IE SD' ]
