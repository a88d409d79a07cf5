# Releases of a service at work while its database is migrated. To be sourced behind recipe.sh.

# deploy_project WHAT: what the pipeline does before a release starts.
deploy_project() {
    (cd "$project" && "$program" deploy --lock-timeout 1s --lock-retries 20) || fail "deploy of $1: $?"
}

# service NAME STATEMENTS: carries these out in a session of its own, up to 20 times a second, until its stop file is there;
# NUMBER stands for how often. A statement that fails or takes longer than two seconds ends it with an error.
service() {
    local name=$1 i
    for ((i = 0; ; ++i)); do
        [[ ! -e $folder/stop.$name ]] || break
        echo "${2//NUMBER/$i}; SELECT pg_sleep(0.05);"
        sleep 0.05
    done | PGOPTIONS="-c statement_timeout=2s" psql "$DATABASE_URL" --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
        >/dev/null 2>"$folder/$name.log" || {
        echo "$name: $(cat "$folder/$name.log")" >&2
        return 1
    }
}

# stop NAME PROCESS: of a service in the background.
stop() {
    touch "$folder/stop.$1"
    wait "$2" || fail "$1 saw an error"
}
