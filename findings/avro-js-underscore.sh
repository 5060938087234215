#!/usr/bin/env bash
# avro-js 1.12.2 requires `underscore`, and its package.json names no dependencies: by itself it cannot be loaded.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit avro-js@1.12.2
try() {
  node -e "
    const type = require('avro-js').parse({ type: 'record', name: 'Member', fields: [{ name: 'id', type: 'string' }] })
    console.log(type.fromBuffer(type.toBuffer({ id: '00123' })).id)" 2>&1 | grep -oE "Cannot find module 'underscore'|^00123$" | head -1
}
alone=$(try || true)
npm install --silent --no-fund --no-audit underscore@1.13.7
beside=$(try || true)
named=$(node -p "JSON.stringify(require('avro-js/package.json').dependencies ?? {})")
echo "avro-js 1.12.2, dependencies $named: alone \"$alone\", with underscore 1.13.7 beside it \"$beside\""
[ "$alone" = "Cannot find module 'underscore'" ] && [ "$beside" = 00123 ] && [ "$named" = '{}' ]
