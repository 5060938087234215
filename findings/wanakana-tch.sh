#!/usr/bin/env bash
# wanakana 5.3.1 writes a Japanese name in Latin letters, and cannot read it back where it wrote tch, as passports do: Hatchou becomes katakana
# with a Latin t in it. Each other doubled consonant goes there and back.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit wanakana@5.3.1
cat > write.js <<'END_OF_SCRIPT'
const { toKatakana, toRomaji } = require('wanakana')
const back = (name) => `${toRomaji(name)} ${toKatakana(toRomaji(name))}`
const others = ['ハットリ', 'サッカ', 'マッサキ', 'ニッポン', 'ジッショウ', 'ベップ']
const lost = others.filter((name) => toKatakana(toRomaji(name)) !== name)
console.log([back('ハッチョウ'), back('コッチ'), lost.length].join(', '))
END_OF_SCRIPT
seen=$(node write.js)
echo "wanakana 5.3.1: ハッチョウ and コッチ written and read back, and how many of six other names come back changed: $seen"
[ "$seen" = 'hatchou ハtチョウ, kotchi コtチ, 0' ]
