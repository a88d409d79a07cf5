#!/usr/bin/env bash
# Fetches the reference engine into a folder and compares cm-migrate's pull with it. Ends with 77 (skipped) where that
# is not possible.
#   run.sh CM_MIGRATE FOLDER [--filter TEXT]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=${1:?the program cm-migrate}
folder=${2:?a folder for the engine}
shift 2

source "$here/../install_engine.sh"
[ -n "${CM_TEST_URL:-}" ] || skip "there is no server (CM_TEST_URL)"
command -v psql >/dev/null || skip "psql is missing (Debian: postgresql-client)"
install_engine "$here" "$folder"
exec node "$here/compare.mjs" --program "$program" --engine "$folder" --url "$CM_TEST_URL" "$@"
