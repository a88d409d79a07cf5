#!/usr/bin/env bash
# What cannot be had is skipped with its reason, in time, and the reasons stand at the end of a run: tests/npm.sh and
# tests/skipped.py with an npm that fails in the ways npm fails.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=$(mktemp --directory)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/package"
unset CM_TEST_URL

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# with_npm SCRIPT: what is said, and how it ends, with this script as npm.
with_npm() {
    printf '#!/bin/sh\n%s\n' "$1" >"$folder/bin/npm"
    chmod +x "$folder/bin/npm"
    local code=0
    PATH=$folder/bin:$PATH CM_NPM_SECONDS=1 bash -c 'source "$1/npm.sh"; within "$2" npm pack x; echo it is there' \
        - "$here" "$folder/package" || code=$?
    echo "exit $code"
}

expect() {
    [[ $2 == "$1" ]] || fail "expected: $1; was: $2"
}

expect $'it is there\nexit 0' "$(with_npm 'exit 0')"
expect $'SKIPPED: npm was given up after 1 s: its registry does not answer\nexit 77' "$(with_npm 'sleep 30')"
expect $'SKIPPED: npm cannot bring its packages: request failed, reason: self-signed certificate\nexit 77' \
    "$(with_npm 'echo "npm WARN old" >&2; echo "npm ERR! code E" >&2; echo "npm ERR! request failed, reason: self-signed certificate" >&2; exit 1')"
expect $'SKIPPED: npm cannot bring its packages: exit code 3\nexit 77' "$(with_npm 'exit 3')"
# Within one run of the tests it is not tried twice.
export CM_TEST_URL=postgresql://one
with_npm 'sleep 30' >/dev/null
expect $'SKIPPED: npm was given up after 1 s: its registry does not answer\nexit 77' "$(with_npm 'exit 0')"
CM_TEST_URL=postgresql://another
expect $'it is there\nexit 0' "$(with_npm 'exit 0')"

cat >"$folder/report.xml" <<'END_OF_REPORT'
<testsuite>
  <testcase name="a" status="run"><system-out>fine</system-out></testcase>
  <testcase name="b" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/><system-out>SKIPPED: npm is missing</system-out></testcase>
  <testcase name="c" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/><system-out>[ RUN ] c
x.cpp:5: Skipped
no server

[  SKIPPED ] c (0 ms)</system-out></testcase>
  <testcase name="e" status="notrun"><skipped message="Unable to find executable: e"/></testcase>
  <testcase name="d" status="notrun"><skipped message="SKIP_RETURN_CODE=77"/><system-out>SKIPPED: npm is missing</system-out></testcase>
</testsuite>
END_OF_REPORT
expect "
Skipped, and why (3 tests):
  2 because: npm is missing
      b (on 12), d (on 12)
  1 because: no server
      c (on 12)" "$(python3 "$here/skipped.py" "on 12=$folder/report.xml")"
