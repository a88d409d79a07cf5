#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test on a PostgreSQL of its own. Ends with ctest's totals.
#   --sanitize        build with the address and undefined-behaviour sanitizers (build-sanitize/)
#   --clang           build with clang (build-clang/)
#   --filter REGEX    only the tests with such names
#   --update          rewrite the expectations of cases; look at them with `git diff`
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build
configure=(-DCM_TESTS=ON -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O1)
packages=()
select=()

while (($# > 0)); do
    case $1 in
        --sanitize)
            build+=-sanitize
            configure+=(-DCM_SANITIZE=ON)
            ;;
        --clang)
            build+=-clang
            configure+=(-DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++)
            packages+=(clang)
            ;;
        --filter)
            select=(--tests-regex "${2:?--filter needs a regular expression}")
            shift
            ;;
        --update)
            export CM_UPDATE=1
            ;;
        *)
            sed --quiet '2,/^[^#]/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
            exit 2
            ;;
    esac
    shift
done

bash "$root/cmake/install-packages.sh" ${packages[@]+"${packages[@]}"}

cmake -S "$root" -B "$build" -G Ninja --log-level=WARNING "${configure[@]}" >/dev/null
cmake --build "$build" --parallel "$(nproc)"

exec "$build/tests/run_with_server" \
    ctest --test-dir "$build" --parallel 2 --output-on-failure --no-tests=error "${select[@]}"
