#!/usr/bin/env bash
# Builds a release into ./release: the package, its checksum, and what it is made of (CycloneDX). docs/releasing.md says how.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -n "$(git status --porcelain)" ]; then
  echo "The checkout has changes that are not committed: a release is built from a commit." >&2
  exit 1
fi

rm -rf release
mkdir release
npm ci --no-fund --no-audit
npm run check
npm pack --silent --pack-destination release
version=$(node -p 'require("./package.json").version')
# What is bundled stands under `dependencies` in the checkout.
npm sbom --omit dev --sbom-format cyclonedx --sbom-type application >"release/rollcall-$version.cdx.json"
(cd release && sha256sum -- *.tgz *.cdx.json >sha256sums.txt)
echo "Built from $(git rev-parse HEAD):"
cat release/sha256sums.txt
