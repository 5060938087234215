#!/usr/bin/env bash
# npm 11.6.2 documents `man` of package.json as one file or a list of them. `npm install -g` links the man page of a package
# that names it in a list and has a command, and without a word none of one that names it alone, or that has no command.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix tool npm@11.6.2
npm11() { node "$folder/tool/node_modules/npm/bin/npm-cli.js" "$@"; }
mkdir manned
echo '.TH MANNED 1' > manned/manned.1
printf '#!/usr/bin/env node\n' > manned/manned.js
linked() {
  echo "{ \"name\": \"manned\", \"version\": \"1.0.0\", $1 }" > manned/package.json
  (cd manned && npm11 pack --silent >/dev/null)
  rm -rf prefix
  npm11 install --silent --no-fund --no-audit -g --prefix "$folder/prefix" ./manned/manned-1.0.0.tgz
  find prefix/share -name manned.1 2>/dev/null | grep -c . || true
}
list=$(linked '"bin": { "manned": "manned.js" }, "man": ["./manned.1"]')
alone=$(linked '"bin": { "manned": "manned.js" }, "man": "./manned.1"')
page=$(linked '"man": ["./manned.1"]')
echo "npm 11.6.2, man pages linked: in a list $list, named alone $alone, of a package without a command $page"
[ "$list" = 1 ] && [ "$alone" = 0 ] && [ "$page" = 0 ]
