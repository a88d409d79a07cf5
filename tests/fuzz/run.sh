#!/usr/bin/env bash
# Fuzzes the schema language for some seconds: starts from the schemas of the cases and what earlier runs have learnt
# (build-fuzz/corpus), and keeps what it finds in build-fuzz/findings. Ends with 77 where there is no clang.
#   bash tests/fuzz/run.sh [SECONDS]        default: 60
#   bash tests/fuzz/run.sh minimise FILE    the smallest text that fails like FILE
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$(bash "$root/tests/sanitized_build.sh" fuzzer cm_fuzz_schema)
folder=$root/build-fuzz
program=$build/tests/cm_fuzz_schema

# libpg_query keeps its memory to itself on purpose.
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=0 UBSAN_OPTIONS=print_stacktrace=1

if [[ ${1:-} == minimise ]]; then
    exec "$program" -minimize_crash=1 -exact_artifact_path="$folder/minimised" -max_total_time=60 "$2"
fi

seeds=$folder/seeds
mkdir -p "$seeds" "$folder/corpus" "$folder/findings"
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
    -dict="$root/tests/fuzz/schema.dict" -artifact_prefix="$folder/findings/" -print_final_stats=1 \
    "$folder/corpus" "$seeds" 2>"$folder/log" || {
    tail -60 "$folder/log"
    exit 1
}
grep -E '^(INFO: +[0-9]+ files|Done|stat::number_of_executed_units|stat::peak_rss_mb)' "$folder/log"
