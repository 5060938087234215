#!/usr/bin/env bash
# hyparquet-writer 0.17.0 takes a column of whole numbers for INT32 whatever they are, and then throws at the first that does
# not fit. The same number in a column with a fraction anywhere is a DOUBLE, and is written.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit hyparquet-writer@0.17.0
write() {
  node --input-type=module -e "
    import { parquetWriteBuffer } from 'hyparquet-writer'
    try {
      parquetWriteBuffer({ columnData: [{ name: 'mobile', data: $1 }] })
      console.log('written')
    } catch ({ message }) {
      console.log(message)
    }"
}
whole=$(write '[919876543210]')
fraction=$(write '[919876543210, 0.5]')
echo "hyparquet-writer 0.17.0: [919876543210] \"$whole\", [919876543210, 0.5] \"$fraction\""
[ "$whole" = 'parquet expected int32 value, got 919876543210' ] && [ "$fraction" = written ]
