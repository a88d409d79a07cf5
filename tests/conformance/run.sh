#!/usr/bin/env bash
# Fetches the reference engine into a folder and compares cm-migrate's verdicts with its own. Ends with 77 (skipped)
# where that is not possible.
#   run.sh CM_READ_SCHEMAS FOLDER
#   run.sh CM_ANSWER FOLDER format_compare.mjs
#   run.sh CM_ANSWER FOLDER history_compare.mjs REPOSITORY...   every version of every schema in the history
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=${1:?the program cm_read_schemas}
folder=${2:?a folder for the engine}

<<<<<<< HEAD
skip() {
    echo "SKIPPED: $1"
    exit 77
}

command -v node >/dev/null || skip "node is missing (Debian: nodejs)"
mkdir --parents "$folder"
if ! cmp --silent "$here/package.json" "$folder/installed.json"; then
    command -v npm >/dev/null || skip "npm is missing (Debian: npm)"
    cp "$here/package.json" "$folder/package.json"
    (cd "$folder" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error) ||
        skip "npm cannot install the reference engine"
    cp "$here/package.json" "$folder/installed.json"
fi
exec node "$here/${3:-compare.mjs}" --program "$program" --engine "$folder" "${@:4}"
=======
source "$here/install_engine.sh"
install_engine "$here" "$folder"
exec node "$here/compare.mjs" --program "$program" --engine "$folder"
>>>>>>> 5a40b4b (Statements in the reference engine's order; foreign keys know their index; casts are tried before they are written; pairs of schemas against the engine)
