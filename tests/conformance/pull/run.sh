#!/usr/bin/env bash
# Fetches the reference engine into a folder and compares cm-migrate's pull with it. Ends with 77 (skipped) where that
# is not possible.
#   run.sh CM_MIGRATE FOLDER [--filter TEXT]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=${1:?the program cm-migrate}
folder=${2:?a folder for the engine}
shift 2

skip() {
    echo "SKIPPED: $1"
    exit 77
}

[ -n "${CM_TEST_URL:-}" ] || skip "there is no server (CM_TEST_URL)"
command -v psql >/dev/null || skip "psql is missing (Debian: postgresql-client)"
command -v node >/dev/null || skip "node is missing (Debian: nodejs)"
mkdir --parents "$folder"
if ! cmp --silent "$here/package.json" "$folder/installed.json"; then
    command -v npm >/dev/null || skip "npm is missing (Debian: npm)"
    cp "$here/package.json" "$folder/package.json"
    (cd "$folder" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error) ||
        skip "npm cannot install the reference engine"
    cp "$here/package.json" "$folder/installed.json"
fi
exec node "$here/compare.mjs" --program "$program" --engine "$folder" --url "$CM_TEST_URL" "$@"
