#!/usr/bin/env bash
# Fetches the reference engine into a folder and compares the SQL that cm-migrate writes with the engine's, on the server
# of CM_TEST_URL. Ends with 77 (skipped) where that is not possible.
#   pairs.sh CM_MIGRATE FOLDER [options of pairs.mjs]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=${1:?the program cm-migrate}
folder=${2:?a folder for the engine}
shift 2

source "$here/install_engine.sh"
[ -n "${CM_TEST_URL:-}" ] || skip "CM_TEST_URL names no server; tests/run.sh starts one"
install_engine "$here" "$folder"
exec node "$here/pairs.mjs" --program "$program" --engine "$folder" --server "$CM_TEST_URL" "$@"
