#!/usr/bin/env bash
# Builds programs of the tests under a sanitizer in build-SANITIZER/ and prints that folder.
#   sanitized_build.sh address | thread | fuzzer TARGET...
# `address` comes with undefined behavior. Where clang has libFuzzer, `address` is built for the fuzzer as well, by clang: one
# build serves both, and two compilers see the code. `fuzzer` is that build or none: it ends with 77.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
sanitizer=${1:?address, thread or fuzzer}
shift
compiler=$(command -v clang++-14 || command -v clang++ || true)

has_fuzzer() {
    [[ -n $compiler ]] && echo 'extern "C" int LLVMFuzzerTestOneInput(char const*, unsigned long) { return 0; }' |
        "$compiler" -fsanitize=fuzzer -x c++ - -o /dev/null 2>/dev/null
}

configure=(-DCMAKE_BUILD_TYPE=Release)
if [[ $sanitizer == thread ]]; then
    # File by file: what a file uses it has to include by itself.
    configure+=(-DCMAKE_CXX_FLAGS_RELEASE=-O1 -DCM_SANITIZE=thread -DCM_UNITY=OFF)
elif has_fuzzer; then
    sanitizer=address
    configure+=("-DCMAKE_CXX_FLAGS_RELEASE=-O1 -g1" -DCM_FUZZ=ON "-DCMAKE_C_COMPILER=${compiler/clang++/clang}"
        "-DCMAKE_CXX_COMPILER=$compiler")
elif [[ $sanitizer == fuzzer ]]; then
    echo "SKIPPED: the fuzzer needs clang with libFuzzer (packages clang, libclang-rt-14-dev)" >&2
    exit 77
else
    configure+=(-DCMAKE_CXX_FLAGS_RELEASE=-O1 -DCM_SANITIZE=address)
fi

build=$root/build-$sanitizer
cmake -S "$root" -B "$build" -G Ninja --log-level=WARNING "${configure[@]}" >/dev/null
cmake --build "$build" --parallel "$(nproc)" --target "$@" >"$build/build.log" || {
    cat "$build/build.log" >&2
    exit 1
}
echo "$build"
