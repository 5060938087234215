#!/usr/bin/env bash
# @dsnp/parquetjs 1.8.7 divides a Date by the length of a day and cuts the rest off towards 1970: a DATE column that is given
# noon of 7 May 1988 holds that day, and given noon of 7 May 1958, the next one. A TIMESTAMP_MILLIS beside it is right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit @dsnp/parquetjs@1.8.7
cat > write.js <<'END'
const { ParquetReader, ParquetSchema, ParquetWriter } = require('@dsnp/parquetjs')
async function days() {
  const schema = new ParquetSchema({ born: { type: 'DATE' }, at: { type: 'TIMESTAMP_MILLIS' } })
  const writer = await ParquetWriter.openFile(schema, 'members.parquet')
  for (const text of process.argv.slice(2)) await writer.appendRow({ born: new Date(text), at: new Date(text) })
  await writer.close()
  const reader = await ParquetReader.openFile('members.parquet')
  const rows = reader.getCursor()
  for (let row = await rows.next(); row !== null; row = await rows.next()) {
    console.log(row.born.toISOString().slice(0, 10), row.at.toISOString().slice(0, 10))
  }
}
days()
END
later=$(node write.js 1988-05-07T12:00:00Z)
before=$(node write.js 1958-05-07T12:00:00Z)
midnight=$(node write.js 1958-05-07T00:00:00Z)
echo "@dsnp/parquetjs 1.8.7, DATE and TIMESTAMP_MILLIS: noon of 1988-05-07 \"$later\", noon of 1958-05-07 \"$before\", its midnight \"$midnight\""
[ "$later" = '1988-05-07 1988-05-07' ] && [ "$before" = '1958-05-08 1958-05-07' ] && [ "$midnight" = '1958-05-07 1958-05-07' ]
