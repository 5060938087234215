#!/usr/bin/env bash
# ssh2 1.17.0 joins __dirname to a program for Windows (pagent.exe) as it is loaded, on every system: bundled as an ES module
# for Node by rolldown 1.2.19, which leaves __dirname as it is and logs nothing, it cannot be loaded on Linux either.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-fund --no-audit --ignore-scripts ssh2@1.17.0 rolldown@1.2.19
echo "import { Client } from 'ssh2'; console.log('a ' + typeof new Client().connect)" > read.js
cat > bundle.js <<'JS'
import { rolldown } from 'rolldown'

const [, , file, define] = process.argv
const bundle = await rolldown({
  input: 'read.js',
  platform: 'node',
  external: [/sshcrypto\.node$/, 'cpu-features'],
  ...(define && { transform: { define: { __dirname: define } } }),
  onLog: (level, { code }) => console.log(level, code),
})
await bundle.write({ file, format: 'esm' })
JS
try() { node "$1" 2>&1 | grep -oE '^a function$|__dirname is not defined' | head -1; }
logged=$(node bundle.js plain.js | wc -l)
node bundle.js mended.js import.meta.dirname >/dev/null
unbundled=$(try read.js) bundled=$(try plain.js) mended=$(try mended.js)
echo "ssh2 1.17.0, rolldown 1.2.19, $(uname -s): as it is \"$unbundled\"; bundled, with $logged things logged, \"$bundled\"; with __dirname defined \"$mended\""
[ "$unbundled" = 'a function' ] && [ "$bundled" = '__dirname is not defined' ] && [ "$logged" = 0 ] && [ "$mended" = 'a function' ]
