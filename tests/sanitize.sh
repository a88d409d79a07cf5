#!/usr/bin/env bash
# The applier, the migrations table and the locks under a sanitizer: the tests of src/pg and src/history, and with `address`
# of src/engine and of prisma.config.ts. Needs the server of CM_TEST_URL; ends with 77 (skipped) without.
#   sanitize.sh address | thread [LAYER...]      `address` comes with undefined behavior; further layers for `thread`,
#                                                as engine, which takes long to compile: two files are read at once there
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
sanitizer=${1:?address or thread}
layers=(pg history "${@:2}")
programs=()
[[ $sanitizer == thread ]] || { layers+=(engine); programs+=(cm_prisma_config_cases); }
programs+=("${layers[@]/#/cm_test_}")

if [[ -z ${CM_TEST_URL:-} ]]; then
    echo "SKIPPED: CM_TEST_URL names no server; tests/run.sh starts one"
    exit 77
fi
build=$(bash "$root/tests/sanitized_build.sh" "$sanitizer" "${programs[@]}")
for program in "${programs[@]}"; do
    "$build/tests/$program" --gtest_brief=1
done
