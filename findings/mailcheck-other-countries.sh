#!/usr/bin/env bash
# mailcheck 1.1.1 asks whoever mistyped an address whether they meant another, and asks so of right ones too, with a provider's name in
# another country: yahoo.co.in, India's, is to be Israel's, Turkey's Yahoo Taiwan's, Argentina's Australia's, and the British bt.com is to
# be the Chinese qq.com. Brazil's uol.com.br loses its country. hotmail.co.uk and yahoo.in are left as they are.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit mailcheck@1.1.1
cat > ask.js <<'END_OF_SCRIPT'
const mailcheck = require('mailcheck')
const ask = (domain) =>
  mailcheck.run({ email: `asha@${domain}`, suggested: (suggestion) => suggestion.domain, empty: () => 'none' })
console.log(process.argv.slice(2).map((domain) => ask(domain)).join(' '))
END_OF_SCRIPT
asked=$(node ask.js yahoo.co.in yahoo.com.tr yahoo.com.ar bt.com uol.com.br)
left=$(node ask.js hotmail.co.uk yahoo.in)
echo "mailcheck 1.1.1 for yahoo.co.in, yahoo.com.tr, yahoo.com.ar, bt.com and uol.com.br: $asked; for hotmail.co.uk and yahoo.in: $left"
[ "$asked" = 'yahoo.co.il yahoo.com.tw yahoo.com.au qq.com uol.com' ] && [ "$left" = 'none none' ]
