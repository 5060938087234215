#!/usr/bin/env bash
# A cuckoo filter may take a stranger for somebody it knows, and never the other way round. That of bloom-filters 3.0.4, made for 20,000
# members and one error in a hundred, takes all of them in, and has then not heard of a third: used to find who was imported already, it has
# them imported again. The library's plain Bloom filter of the same size knows all of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit bloom-filters@3.0.4
cat > count.js <<'END_OF_SCRIPT'
const { BloomFilter, CuckooFilter } = require('bloom-filters')
const members = Array.from({ length: 20_000 }, (_, number) => `M${String(number).padStart(6, '0')}`)
const cuckoo = CuckooFilter.create(members.length, 0.01)
const bloom = BloomFilter.create(members.length, 0.01)
const taken = members.filter((member) => cuckoo.add(member)).length
for (const member of members) bloom.add(member)
const unknown = (filter) => members.filter((member) => !filter.has(member)).length
console.log(taken, unknown(cuckoo), unknown(bloom))
END_OF_SCRIPT
read -r taken cuckoo bloom < <(node count.js)
echo "bloom-filters 3.0.4, of 20000 members: taken in by the cuckoo filter $taken, unknown to it then $cuckoo, unknown to the Bloom filter $bloom"
[ "$taken" -eq 20000 ] && [ "$cuckoo" -gt 4000 ] && [ "$cuckoo" -lt 10000 ] && [ "$bloom" -eq 0 ]
