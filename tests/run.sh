#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test on a PostgreSQL of its own; before that, the laws of migrations
# on the oldest and the newest server, which npm brings: each case on one of the two. Ends with what was skipped and why, and
# ctest's totals.
#   --sanitize        build with the address and undefined-behavior sanitizers (build-sanitize/)
#   --clang           build with clang (build-clang/)
#   --filter REGEX    only the tests with such names
#   --fuzz SECONDS    instead of the tests: the fuzzer of the schema language (build-fuzz/, clang)
#   --all-servers     the laws and all their cases on every version of PostgreSQL from 12 to 18
#   --update          rewrite the expectations of cases; look at them with `git diff`
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build
configure=(-DCM_TESTS=ON -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O1)
packages=()
select=()
servers=(12 18)
declare -A left_out=([12]=not_on_oldest [18]=not_on_newest)  # labels of cases

while (($# > 0)); do
    case $1 in
        --sanitize)
            build+=-sanitize
            configure+=(-DCM_SANITIZE=address)
            ;;
        --clang)
            build+=-clang
            configure+=(-DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++)
            packages+=(clang)
            ;;
        --filter)
            select=(--tests-regex "${2:?--filter needs a regular expression}")
            servers=()
            shift
            ;;
        --fuzz)
            bash "$root/cmake/install-packages.sh" "$root/tests/packages.txt" clang
            exec bash "$root/tests/fuzz/run.sh" "${2:?--fuzz needs a number of seconds}"
            ;;
        --all-servers)
            servers=(12 13 14 16 17 18)
            left_out=()
            ;;
        --update)
            export CM_UPDATE=1
            servers=()
            ;;
        *)
            sed --quiet '2,/^[^#]/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
            exit 2
            ;;
    esac
    shift
done

bash "$root/cmake/install-packages.sh" "$root/tests/packages.txt" ${packages[@]+"${packages[@]}"}

cmake -S "$root" -B "$build" -G Ninja --log-level=WARNING "${configure[@]}" >/dev/null
cmake --build "$build" --parallel "$(nproc)"

# What must hold on every server: cases and random pairs of schemas, reading a database, and applying, even killed.
laws='^(migrate|exact)/.*\(server\)$|^Property\.|^Kill\.|^schema/(FromDatabase|sights|Unmanaged)|^(history|pg)/|^cli/deploy|^RelationEffects'

# Runs tests on a server of their own, and keeps what ctest says for the end: `run_tests WORD [OPTION…] -- [OPTION of ctest…]`,
# where WORD names the run in the list of what was skipped, and the first options are those of run_with_server.
reports=$(mktemp --directory)
trap 'rm -rf "$reports"' EXIT
skips=()
run_tests() {
    local word=$1 server=() code=0
    shift
    while [[ $1 != -- ]]; do
        server+=("$1")
        shift
    done
    shift
    local report=$reports/${word:-all}.xml
    "$build/tests/run_with_server" ${server[@]+"${server[@]}"} ctest --test-dir "$build" --parallel "$(($(nproc) + 1))" --output-on-failure \
        --no-tests=error --output-junit "$report" "$@" | tee "$reports/said" || code=$?
    [[ ! -e $report ]] || skips+=("$word=$report")
    return "$code"
}

# On another server than the installed one. Its programs come once and stay in the build folder.
without_server=()
hold_laws() {
    local code=0 said
    said=$(bash "$root/tests/fetch_servers.sh" "$build/servers" "$1") || code=$?
    if ((code == 77)); then
        without_server+=("the laws on PostgreSQL $1: ${said#SKIPPED: }")
        echo "SKIPPED: ${without_server[-1]}"
        return
    fi
    ((code == 0)) || return "$code"
    echo "The laws on PostgreSQL $1:"
    run_tests "PostgreSQL $1" --binaries "$build/servers/$1/bin" -- --progress --tests-regex "$laws" \
        ${left_out[$1]+--label-exclude "${left_out[$1]}"}
}

failed=()
for server in ${servers[@]+"${servers[@]}"}; do
    hold_laws "$server" || failed+=("$server")
done

status=0
run_tests "" -- "${select[@]}" || status=$?
python3 "$root/tests/skipped.py" ${skips[@]+"${skips[@]}"}
for what in ${without_server[@]+"${without_server[@]}"}; do
    echo "  not run: $what"
done
if ((${#failed[@]} > 0)); then
    echo "The laws do not hold on PostgreSQL ${failed[*]}: see above"
    status=1
fi
# Once more, as the last lines: ctest's list of what failed or was skipped stands below its totals.
echo
grep --extended-regexp '^([0-9]+% tests passed|Total Test time)' "$reports/said"
exit "$status"
