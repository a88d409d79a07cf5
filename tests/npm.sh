# Sourced by what needs a package of npm: a call that is given up after a minute, and then the test is skipped with the
# reason. A registry that cannot be reached is not tried again in the same run of the tests.
npm_seconds=${CM_NPM_SECONDS:-60}

skip() {
    echo "SKIPPED: $1"
    exit 77
}

# The first line of what npm has said that tells something.
npm_reason() {
    grep --extended-regexp --max-count 1 --invert-match '^$|^npm (WARN|warn)|^npm (ERR!|error) *((code|errno|syscall|type) |$)' "$1" |
        sed --regexp-extended 's/^npm (ERR!|error) *//' | cut --characters 1-160
}

# within FOLDER npm …: runs it there, or ends with 77.
within() {
    local folder=$1 said code=0 mark
    mark=$(dirname "$folder")/npm-unreachable
    shift
    command -v npm >/dev/null || skip "npm is missing (Debian: npm)"
    # One mark a run: the server of the tests is another one each time.
    if [[ -n ${CM_TEST_URL:-} && -e $mark && $(head --lines 1 "$mark") == "$CM_TEST_URL" ]]; then
        skip "$(tail --lines +2 "$mark")"
    fi
    said=$(mktemp)
    # npm itself would try again for minutes before it says what is wrong.
    (cd "$folder" && npm_config_fetch_retries=1 npm_config_fetch_retry_mintimeout=2000 timeout --kill-after 5 "$npm_seconds" "$@" >"$said" 2>&1) || code=$?
    local reason
    reason=$(npm_reason "$said" || true)
    rm --force "$said"
    ((code != 0)) || return 0
    if ((code == 124 || code == 137)); then
        reason="npm was given up after $npm_seconds s: its registry does not answer"
    else
        reason="npm cannot bring its packages: ${reason:-exit code $code}"
    fi
    [[ -z ${CM_TEST_URL:-} ]] || printf '%s\n%s\n' "$CM_TEST_URL" "$reason" >"$mark"
    skip "$reason"
}
