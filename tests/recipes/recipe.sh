# What the recipes of docs/how-to and examples/ are tried with: a database of their own, a project, and something like
# a container. To be sourced by a script that was given the program's path; ends with 77 (skipped) without a server.
set -euo pipefail

program=$(realpath "${1:?the path of cm-migrate}")
source_root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

skip() {
    echo "SKIPPED: $*"
    exit 77
}

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

[[ -n ${CM_TEST_URL:-} ]] || skip "CM_TEST_URL names no server; tests/run.sh starts one"

folder=$(mktemp --directory)
database=recipe_$$
export DATABASE_URL=${CM_TEST_URL%/*}/$database

ask() {
    psql "$DATABASE_URL" --no-psqlrc --no-align --tuples-only --command "$1"
}

# Nothing may be left behind: no session, no database, no file.
finish() {
    local code=$?
    trap - EXIT
    local sessions
    sessions=$(psql "$CM_TEST_URL" --no-psqlrc -At --command \
        "SELECT count(*) FROM pg_stat_activity WHERE datname = '$database' AND application_name = 'cm-migrate'") || code=1
    psql "$CM_TEST_URL" --no-psqlrc --quiet --command "DROP DATABASE IF EXISTS $database" || code=1
    rm --recursive --force "$folder"
    if [[ $sessions != 0 ]]; then
        echo "FAILED: $sessions sessions of cm-migrate are left" >&2
        code=1
    fi
    exit "$code"
}
trap finish EXIT
psql "$CM_TEST_URL" --no-psqlrc --quiet --command "CREATE DATABASE $database"

# ship FILE [AS]: copies a file and the shared libraries that it needs, these to the places where they are here.
ship() {
    local library
    for library in $(ldd "$1" | grep --only-matching '/[^ ]*' || true); do
        mkdir --parents "$container$(dirname "$library")"
        cp --dereference --no-clobber "$library" "$container$library"
    done
    mkdir --parents "$container$(dirname "${2:-$1}")"
    cp --dereference "$1" "$container${2:-$1}"
}

# A root folder with what examples/docker/Dockerfile ships and nothing else: the program, libpq, certificates, a shell.
make_container() {
    container=$folder/container
    mkdir --parents "$container"/{app,tmp,usr/local/bin,bin,etc/ssl/certs}
    ship /bin/sh
    ship "$(ldconfig -p | sed --quiet 's/^.*libpq\.so\.5 .*=> //p' | head --lines 1)"
    ship "$program" /usr/local/bin/cm-migrate
    if [[ -e /etc/ssl/certs/ca-certificates.crt ]]; then
        cp --dereference /etc/ssl/certs/ca-certificates.crt "$container/etc/ssl/certs/"
    fi
    (run_in_container /bin/sh -c true) || skip "neither chroot nor a user namespace is allowed here"
}

# A command with nothing but the container's files and DATABASE_URL.
run_in_container() {
    local -a enter=("$(PATH=$PATH:/usr/sbin command -v chroot)" "$container")
    ((EUID == 0)) || enter=("$(command -v unshare)" --user --map-root-user "${enter[@]}")
    # The shell is there to go into the working folder, as WORKDIR does.
    exec env --ignore-environment PATH=/usr/local/bin:/bin TMPDIR=/tmp DATABASE_URL="$DATABASE_URL" \
        "${enter[@]}" /bin/sh -c 'cd /app && exec "$@"' sh "$@"
}

# The words of `["a", "b"]`, a line each, in the shell's way.
words_of() {
    python3 -c 'import json, sys; print("\n".join(json.loads(sys.argv[1])))' "$1"
}
