#!/usr/bin/env bash
# Fetches the reference engine into a folder and compares cm-migrate's answers with its own. Ends with 77 (skipped)
# where that is not possible.
#   run.sh CM_READ_SCHEMAS FOLDER                                  verdicts
#   run.sh CM_ANSWER FOLDER format_compare.mjs                     layouts
#   run.sh CM_MIGRATE FOLDER formatted_renames.mjs                 former names in comments, in both layouts
#   run.sh CM_ANSWER FOLDER history_compare.mjs REPOSITORY...      every version of every schema in the history
#   run.sh CM_MIGRATE FOLDER pairs.mjs [--pairs FOLDER …]          SQL, on the server of CM_TEST_URL; or --changes FILE
#   run.sh CM_MIGRATE FOLDER shared_history.mjs                    one record of migrations for both tools, likewise
#   run.sh CM_MIGRATE FOLDER deploy.mjs --projects FOLDER          the migrations of real projects, likewise
#   run.sh CM_MIGRATE FOLDER drift.mjs --projects FOLDER           how their databases differ from their schemas, likewise
#   run.sh CM_MIGRATE FOLDER pull/compare.mjs [--filter TEXT]      pull, likewise
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=${1:?the program that answers}
folder=${2:?a folder for the engine}

source "$here/install_engine.sh"
install_engine "$here" "$folder"
# The engine takes its random bytes from the global `crypto`, which Node has without being asked since version 19 (Debian's
# is 18).
if node --eval 'process.exit(process.versions.node.split(".")[0] < 19 ? 0 : 1)'; then
    export NODE_OPTIONS="${NODE_OPTIONS:-} --experimental-global-webcrypto"
fi
exec node "$here/${3:-compare.mjs}" --program "$program" --engine "$folder" "${@:4}"
