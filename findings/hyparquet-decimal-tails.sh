#!/usr/bin/env bash
# hyparquet 1.31.5 multiplies a DECIMAL by a hundredth, which no double is: of the amounts from 0.01 to 1000.00 that DuckDB 1.5.6 wrote
# exactly, one in seven is read as another number than the same amount written in a program. 1.10 is 1.1, and 0.35 is 0.35000000000000003,
# which is not 0.35 and has that tail wherever it is shown. Divided by a hundred, each would be right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "type": "module" }' > package.json
npm install --silent --no-fund --no-audit hyparquet@1.31.5 @duckdb/node-api@1.5.6-r.1
cat > read.js <<'END_OF_SCRIPT'
import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'
import { parquetReadObjects } from 'hyparquet'
const duckdb = await (await DuckDBInstance.create(':memory:')).connect()
await duckdb.run("copy (select (cents / 100)::decimal(9, 2) as amount from range(1, 100001) t(cents)) to 'a.parquet' (format parquet)")
const own = await (await duckdb.run("select amount from 'a.parquet' where amount = 0.35")).getRowObjectsJson()
const { buffer, byteOffset, length } = readFileSync('a.parquet')
const rows = await parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + length) })
const others = rows.filter(({ amount }, row) => amount !== (row + 1) / 100)
console.log(rows.length, others.length, rows[109].amount, own[0].amount, rows[34].amount)
END_OF_SCRIPT
seen=$(node read.js)
echo "hyparquet 1.31.5: amounts that DuckDB 1.5.6 wrote, those that are other numbers, 1.10, and 0.35 by DuckDB and by hyparquet: $seen"
[ "$seen" = '100000 13929 1.1 0.35 0.35000000000000003' ]
