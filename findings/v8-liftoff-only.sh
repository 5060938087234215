#!/usr/bin/env bash
# V8's --liftoff-only keeps it from compiling WebAssembly a second time: PGlite 0.5.16 then takes a good part less of the processor (and of memory). Set by
# v8.setFlagsFromString before PGlite is loaded, the same flag changes nothing: what it implies is worked out only as Node
# starts. It does so with --no-wasm-dynamic-tiering and --no-wasm-tier-up beside it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-fund --no-audit node@26.10.0 @electric-sql/pglite@0.5.16
cat > open.js <<'END'
import { setFlagsFromString } from 'node:v8'
for (const flag of process.argv.slice(2)) setFlagsFromString(flag)
const { PGlite } = await import('@electric-sql/pglite')
const database = await PGlite.create()
for (let at = 0; at < 300; at += 1) await database.query('SELECT count(*) FROM generate_series(1, $1)', [at])
console.log(Math.round(process.cpuUsage().user / 1e3))
END
node=node_modules/node/bin/node
plain=$($node open.js)
start=$($node --liftoff-only open.js)
alone=$($node open.js --liftoff-only)
three=$($node open.js --liftoff-only --no-wasm-dynamic-tiering --no-wasm-tier-up)
echo "PGlite 0.5.16 on Node 26.10.0, processor time: $plain ms; --liftoff-only as it starts $start ms, set later $alone ms, with the two others $three ms"
[ "$start" -lt $((plain * 85 / 100)) ] && [ "$alone" -gt $((plain * 85 / 100)) ] && [ "$three" -lt $((plain * 85 / 100)) ]
