#!/usr/bin/env bash
# The applier, the ledger and the locks under a sanitizer, in a build folder of its own with nothing but the tests of
# src/pg and src/history, and with `address` of src/engine. Needs the server of CM_TEST_URL; ends with 77 (skipped)
# without.
#   sanitize.sh address | thread [LAYER...]      `address` comes with undefined behaviour; further layers for `thread`,
#                                                as engine, which takes long to compile: two files are read at once there
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
sanitizer=${1:?address or thread}
build=$root/build-$sanitizer
layers=(pg history "${@:2}")
[[ $sanitizer == thread ]] || layers+=(engine)

if [[ -z ${CM_TEST_URL:-} ]]; then
    echo "SKIPPED: CM_TEST_URL names no server; tests/run.sh starts one"
    exit 77
fi
cmake -S "$root" -B "$build" -G Ninja --log-level=WARNING -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O1 \
    -DCM_SANITIZE="$sanitizer" >/dev/null
cmake --build "$build" --parallel "$(nproc)" --target "${layers[@]/#/cm_test_}"
for layer in "${layers[@]}"; do
    "$build/tests/cm_test_$layer" --gtest_brief=1
done
