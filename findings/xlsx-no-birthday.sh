#!/usr/bin/env bash
# xlsx 0.18.5, and @e965/xlsx 0.20.3, read a dBase file, which tills and old member programs write. A date that is not filled in, eight
# spaces by the format, is the 30 November 1899: the member without a birthday has one. dbffile 1.13.0, which wrote the file here, reads
# nothing there, as it was given nothing.
set -euo pipefail
export TZ=UTC
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit xlsx@0.18.5 @e965/xlsx@0.20.3 dbffile@1.13.0
cat > read.js <<'END_OF_SCRIPT'
const { DBFFile } = require('dbffile')
const day = (value) => value?.toISOString().slice(0, 10) ?? 'none'
async function read() {
  const fields = [{ name: 'ID', type: 'C', size: 4 }, { name: 'BORN', type: 'D', size: 8 }]
  const file = await DBFFile.create('members.dbf', fields)
  await file.appendRecords([{ ID: 'A1', BORN: new Date('1985-12-25') }, { ID: 'A2', BORN: null }])
  const own = await (await DBFFile.open('members.dbf')).readRecords()
  const seen = [own.map(({ BORN }) => day(BORN)).join(' ')]
  for (const { readFile, utils } of [require('xlsx'), require('@e965/xlsx')]) {
    const { Sheets, SheetNames } = readFile('members.dbf', { cellDates: true })
    seen.push(utils.sheet_to_json(Sheets[SheetNames[0]]).map(({ BORN }) => day(BORN)).join(' '))
  }
  console.log(seen.join(', '))
}
read()
END_OF_SCRIPT
seen=$(node read.js)
echo "25 December 1985 and no birthday by dbffile 1.13.0, xlsx 0.18.5 and @e965/xlsx 0.20.3: $seen"
[ "$seen" = '1985-12-25 none, 1985-12-25 1899-11-30, 1985-12-25 1899-11-30' ]
