#!/usr/bin/env bash
# hyparquet 1.31.5 reads 4294967295, a UINT32 that DuckDB 1.5.6 wrote in DELTA_BINARY_PACKED, as 2147483647.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-fund --no-audit hyparquet@1.31.5 @duckdb/node-api@1.5.6-r.1
cat > read.js <<'JS'
import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { parquetReadObjects } from 'hyparquet'

const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
await duckdb.run(
  "copy (select 4294967295::uinteger as n from range(3)) to 'n.parquet' (format parquet, parquet_version v2)",
)
const own = await (await duckdb.run("select n from 'n.parquet' limit 1")).getRowObjectsJson()
const [{ encodings }] = await (
  await duckdb.run("select encodings from parquet_metadata('n.parquet')")
).getRowObjectsJson()
const { buffer, byteOffset, length } = readFileSync('n.parquet')
const read = await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + length) })
console.log(`hyparquet 1.31.5, DuckDB 1.5.6, ${encodings}: DuckDB reads ${own[0].n}, hyparquet ${read[0].n}`)
process.exit(own[0].n === 4294967295 && read[0].n === 2147483647 ? 0 : 1)
JS
node read.js
