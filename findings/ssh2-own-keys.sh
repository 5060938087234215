#!/usr/bin/env bash
# ssh2 1.17.0 makes pairs of ed25519 keys of which it cannot read about one in 250 itself, neither half: "Malformed OpenSSH
# private key".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-fund --no-audit ssh2@1.17.0
cat > make.js <<'END_OF_SCRIPT'
const { utils } = require('ssh2')
const isError = (parsed) => [parsed].flat()[0] instanceof Error
let unread = 0
let unreadPublic = 0
let message = ''
for (let made = 0; made < 6000; made++) {
  const { private: own, public: others } = utils.generateKeyPairSync('ed25519')
  const parsed = utils.parseKey(own)
  if (isError(parsed)) {
    unread++
    message = [parsed].flat()[0].message
  }
  if (isError(utils.parseKey(others))) unreadPublic++
}
console.log(`${unread};${unreadPublic};${message}`)
END_OF_SCRIPT
IFS=';' read -r unread public message < <(node make.js)
echo "ssh2 1.17.0: of 6000 pairs that it made it cannot read $unread private keys ($message) and $public public ones"
[ "$unread" -ge 5 ] && [ "$unread" -le 80 ] && [ "$public" -eq "$unread" ] && [[ $message == *Malformed* ]]
