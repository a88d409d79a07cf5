#!/usr/bin/env bash
# Measures cm-migrate beside what its users would use: builds a release program, starts a server with default settings
# and runs everything in turns. Prints a table, and at the end one of what is promised; writes build-bench/results.json,
# build-bench/promises.md and build-bench/scaling.svg.
#   --rounds N        how often each is run (7; the long ones 3 times)
#   --only WORD       only the measurements with the word in their names
#   --brief           what is promised and what the picture needs, in about ten minutes once all is built
#   --quick           small inputs, two rounds: that everything runs, not how fast
#   --page FILE       put the table of what is promised into this page, and the picture beside it
#   --project FOLDER  also validate and deploy this project (schema.prisma and migrations/ in it)
#   --program FILE    measure this program instead of building one
# Needs node and npm for the reference engine, dbmate and drizzle-kit.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$root/build-bench
tools=$build/tools
program=$build/cm-migrate

arguments=()
while (($# > 0)); do
    case $1 in
        --rounds | --only | --project) arguments+=("$1" "${2:?$1 needs a value}") && shift ;;
        --page) arguments+=("$1" "$(realpath "${2:?--page needs a file}")") && shift ;;
        --program) program=$(realpath "${2:?--program needs a file}") && shift ;;
        --quick | --brief) arguments+=("$1") ;;
        *) sed --quiet '2,/^[^#]/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2 && exit 2 ;;
    esac
    shift
done

mkdir --parents "$tools"
if [[ $program == "$build/cm-migrate" ]]; then
    cmake -S "$root" -B "$build" -G Ninja --log-level=WARNING -DCMAKE_BUILD_TYPE=Release -DCM_TESTS=OFF >/dev/null
    cmake --build "$build" --parallel "$(nproc)" --target cm-migrate >"$build/build.log" || { cat "$build/build.log"; exit 1; }
fi
if ! cmp --silent "$here/package.json" "$tools/installed.json"; then
    cp "$here/package.json" "$tools/package.json"
    (cd "$tools" && npm install --no-audit --no-fund --no-package-lock --loglevel=error)
    cp "$here/package.json" "$tools/installed.json"
fi
source "$here/../conformance/install_engine.sh"
mend_adapter "$tools/node_modules/@prisma/adapter-pg/dist/index.js"

# The server: nothing is set but where it listens. It does not run as root.
binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort --version-sort | tail -n 1)
binaries=${binaries:-$(dirname "$(command -v postgres)")}
home=$(mktemp --directory /tmp/cm-bench-XXXXXX)
as_user() { "$@"; }
if ((EUID == 0)); then
    chown postgres "$home"
    as_user() { (cd "$home" && exec setpriv --reuid=postgres --regid=postgres --init-groups "$@"); }
fi
stop_server() {
    as_user "$binaries/pg_ctl" --pgdata="$home/data" --mode=immediate --silent stop 2>/dev/null || true
    rm -rf "$home"
}
trap stop_server EXIT
as_user "$binaries/initdb" --pgdata="$home/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
as_user "$binaries/pg_ctl" --pgdata="$home/data" --log="$home/log" --wait --silent \
    --options="-c listen_addresses='' -c unix_socket_directories='$home'" start

PATH=$binaries:$PATH BENCH_SOCKET=$home node "$here/bench.mjs" --program "$program" --tools "$tools" --out "$build" \
    ${arguments[@]+"${arguments[@]}"}
