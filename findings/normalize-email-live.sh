#!/usr/bin/env bash
# normalize-email 1.1.1 takes the points out of an address at live.com, as at gmail.com, but not at hotmail.com and outlook.com:
# a.sha@live.com and asha@live.com are one member, and at the two other names of the same provider, two.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit normalize-email@1.1.1
normal() {
  node -e "console.log(process.argv.slice(1).map(require('normalize-email')).join(' '))" "$@"
}
found=$(normal a.sha@live.com a.sha@hotmail.com a.sha@outlook.com)
echo "normalize-email 1.1.1: a.sha@ live.com, hotmail.com and outlook.com are $found"
[ "$found" = 'asha@live.com a.sha@hotmail.com a.sha@outlook.com' ]
