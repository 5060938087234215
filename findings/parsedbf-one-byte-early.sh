#!/usr/bin/env bash
# parsedbf 2.0.0 does not begin where a dBase file says that its rows begin, but where it reckons they do. Behind the mark that ends the
# header, dbffile 1.13.0 writes a zero more, and counts it to the header's length: all is then read a byte early. 1250 points are 125, a
# birthday is in the year 202, and a consent that was given is none. xlsx 0.18.5 reads the same file rightly.
set -euo pipefail
export TZ=UTC
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit parsedbf@2.0.0 dbffile@1.13.0 xlsx@0.18.5
cat > read.mjs <<'END_OF_SCRIPT'
import { readFileSync } from 'node:fs'
import { DBFFile } from 'dbffile'
import parseDbf from 'parsedbf'
import xlsx from 'xlsx'
const fields = [{ name: 'POINTS', type: 'N', size: 8 }, { name: 'BORN', type: 'D', size: 8 }, { name: 'CONSENT', type: 'L', size: 1 }]
const file = await DBFFile.create('members.dbf', fields)
await file.appendRecords([{ POINTS: 1250, BORN: new Date('1985-12-25'), CONSENT: true }])
const bytes = readFileSync('members.dbf')
const [early] = parseDbf(new DataView(bytes.buffer, bytes.byteOffset, bytes.length))
const { Sheets, SheetNames } = xlsx.read(bytes, { cellDates: true })
const [right] = xlsx.utils.sheet_to_json(Sheets[SheetNames[0]])
const show = ({ POINTS, BORN, CONSENT }) => `${POINTS} ${BORN.toISOString().slice(0, 10)} ${CONSENT}`
console.log(`${show(early)}, ${show(right)}`)
END_OF_SCRIPT
seen=$(node read.mjs)
echo "points, birthday and consent that dbffile 1.13.0 wrote, by parsedbf 2.0.0 and xlsx 0.18.5: $seen"
[ "$seen" = '125 0202-03-22 false, 1250 1985-12-25 true' ]
