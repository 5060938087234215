#!/usr/bin/env bash
# Makes the files of this folder with GnuPG (2.2.40 made those that are here), in a keyring of its own. The passphrase of
# the key is "correct horse". Not run by the tests.
set -euo pipefail
cd "$(dirname "$0")"
GNUPGHOME=$(mktemp -d)
export GNUPGHOME
trap 'gpgconf --kill gpg-agent; rm -rf "$GNUPGHOME"' EXIT
gpg="gpg --batch --yes --quiet --trust-model always --pinentry-mode loopback"
fingerprint() { gpg --list-keys --with-colons "$1" | awk -F: '/^fpr/{print $10; exit}'; }

$gpg --passphrase 'correct horse' --quick-generate-key 'Import <import@example.org>' rsa3072 cert,sign never
$gpg --passphrase 'correct horse' --quick-add-key "$(fingerprint import@example.org)" rsa3072 encr never
$gpg --passphrase '' --quick-generate-key 'Sender <sender@example.org>' ed25519 cert,sign never
$gpg --passphrase '' --quick-generate-key 'Other <other@example.org>' ed25519 cert,sign never
$gpg --passphrase '' --quick-add-key "$(fingerprint other@example.org)" cv25519 encr never

$gpg --passphrase 'correct horse' --armor --export-secret-keys import@example.org > key.asc
$gpg --armor --export import@example.org > public.asc
$gpg --armor --export sender@example.org > sender.asc

{ echo external_id,name,mobile; for n in $(seq 1 300); do echo "M-$n,Name $n,91980000$(printf %04d "$n")"; done; } > members.csv
$gpg -r import@example.org -o members.csv.gpg --encrypt members.csv
$gpg -r import@example.org -o members.csv.asc --armor --encrypt members.csv
$gpg -r import@example.org -u sender@example.org -o signed.gpg --sign --encrypt members.csv
$gpg -r import@example.org -u other@example.org -o signed-by-other.gpg --sign --encrypt members.csv
$gpg -r other@example.org -o for-other.gpg --encrypt members.csv
$gpg --passphrase 'a password' -o with-password.gpg --symmetric members.csv
$gpg -u sender@example.org -o signed-only.asc --armor --sign members.csv
$gpg --disable-mdc --rfc2440 -r import@example.org -o without-integrity.gpg --encrypt members.csv
