#!/usr/bin/env bash
# vitest 5.1.1 takes what stands behind -u for the kind of update, and a file's name for no kind: it then runs all tests.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-fund --no-audit vitest@5.1.1
for name in a b; do
  echo "import { expect, test } from 'vitest'; test('$name', () => expect(1).toBe(1))" > "$name.test.js"
done
count() { NO_COLOR=1 npx vitest run "$@" 2>&1 | sed -n 's/^ *Test Files *\([0-9]*\) passed.*/\1/p'; }
before=$(count -u a.test.js)
behind=$(count a.test.js -u)
echo "vitest 5.1.1: \`run -u a.test.js\` ran $before files, \`run a.test.js -u\` ran $behind"
[ "$before" = 2 ] && [ "$behind" = 1 ]
