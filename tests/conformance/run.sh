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

source "$here/install_engine.sh"
install_engine "$here" "$folder"
exec node "$here/${3:-compare.mjs}" --program "$program" --engine "$folder" "${@:4}"
