#!/usr/bin/env bash
# Fuzzes the schema language for some seconds: builds with clang in build-fuzz/, starts from the schemas of the cases
# and what earlier runs have learnt, and keeps what it finds in build-fuzz/findings. Ends with 77 where there is no clang.
#   bash tests/fuzz/run.sh [SECONDS]        default: 60
#   bash tests/fuzz/run.sh minimise FILE    the smallest text that fails like FILE
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$root/build-fuzz
program=$build/tests/cm_fuzz_schema

compiler=$(command -v clang++-14 || command -v clang++ || true)
if [[ -z $compiler ]] || ! echo 'extern "C" int LLVMFuzzerTestOneInput(char const*, unsigned long) { return 0; }' |
    "$compiler" -fsanitize=fuzzer -x c++ - -o /dev/null 2>/dev/null; then
    echo "SKIPPED: the fuzzer needs clang with libFuzzer (packages clang, libclang-rt-14-dev)"
    exit 77
fi

cmake -S "$root" -B "$build" -G Ninja --log-level=WARNING -DCM_FUZZ=ON -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_CXX_FLAGS_RELEASE="-O1 -g1" -DCMAKE_C_COMPILER="${compiler/clang++/clang}" \
    -DCMAKE_CXX_COMPILER="$compiler" >/dev/null
cmake --build "$build" --parallel "$(nproc)" --target cm_fuzz_schema >"$build/build.log" || {
    cat "$build/build.log"
    exit 1
}

# libpg_query keeps its memory to itself on purpose.
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=0 UBSAN_OPTIONS=print_stacktrace=1

if [[ ${1:-} == minimise ]]; then
    exec "$program" -minimize_crash=1 -exact_artifact_path="$build/minimised" -max_total_time=60 "$2"
fi

seeds=$build/seeds
mkdir -p "$seeds" "$build/corpus" "$build/findings"
# Each schema of a case is a seed.
find "$root/tests/cases/diagnostics" "$root/tests/cases/format" "$root/tests/cases/migrate" -name '*.txtar' -print0 |
    sort -z | xargs -0 awk -v folder="$seeds" '
        FNR == 1 { close(file); file = "" }
        /^-- .* --$/ {
            close(file)
            file = ($2 ~ /\.prisma$/ || $2 ~ /^(before|after|from|to)$/) ? folder "/" ++count : ""
            if (file) printf "" > file
            next
        }
        file { print > file }'
cp "$root"/tests/fuzz/findings/* "$seeds"

"$program" -max_total_time="${1:-60}" -timeout=10 -rss_limit_mb=1024 -max_len=4096 \
    -dict="$root/tests/fuzz/schema.dict" -artifact_prefix="$build/findings/" -print_final_stats=1 \
    "$build/corpus" "$seeds" 2>"$build/log" || {
    tail -60 "$build/log"
    exit 1
}
grep -E '^(INFO: +[0-9]+ files|Done|stat::number_of_executed_units|stat::peak_rss_mb)' "$build/log"
