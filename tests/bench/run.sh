#!/usr/bin/env bash
# Measures cm-migrate beside what its users would use: builds a release program, starts a server with default settings
# and runs everything interleaved. Prints a table, writes build-bench/results.json and build-bench/scaling.svg.
#   bash tests/bench/run.sh [--rounds N] [--only WORD]      needs node and npm for the reference engine and dbmate
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$root/build-bench
tools=$build/tools

cmake -S "$root" -B "$build" -G Ninja --log-level=WARNING -DCMAKE_BUILD_TYPE=Release -DCM_TESTS=ON >/dev/null
cmake --build "$build" --parallel "$(nproc)" --target cm-migrate run_with_server >"$build/build.log" ||
    { cat "$build/build.log"; exit 1; }

mkdir --parents "$tools"
if ! cmp --silent "$here/package.json" "$tools/installed.json"; then
    cp "$here/package.json" "$tools/package.json"
    (cd "$tools" && npm install --no-audit --no-fund --no-package-lock --loglevel=error)
    cp "$here/package.json" "$tools/installed.json"
fi

exec "$build/tests/run_with_server" \
    node "$here/bench.mjs" --program "$build/cm-migrate" --tools "$tools" --out "$build" "$@"
