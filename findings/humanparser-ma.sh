#!/usr/bin/env bash
# humanparser 2.7.0 takes Ma for the degree wherever it stands: Jack Ma and Yo-Yo Ma have a suffix and no last name, also with
# the family name in front of a comma. Ba, which is a degree as well, is a last name.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit humanparser@2.7.0
parse() {
  node -e "
    const { firstName, lastName, suffix } = require('humanparser').parseName(process.argv[1])
    console.log(JSON.stringify([firstName, lastName, suffix ?? null]))" "$1"
}
ma=$(parse 'Jack Ma')
comma=$(parse 'Ma, Jack')
ba=$(parse 'Jack Ba')
echo "humanparser 2.7.0, first name, last name and suffix: Jack Ma $ma, \"Ma, Jack\" $comma, Jack Ba $ba"
[ "$ma" = '["Jack","","Ma"]' ] && [ "$comma" = '["Jack","","Ma"]' ] && [ "$ba" = '["Jack","Ba",null]' ]
