#!/usr/bin/env bash
# examples/blue-green: two releases of a service at work on one table while it is migrated from under them. Neither may
# see an error, neither may be held up for long, and no row may be lost.
#   blue_green.sh PROGRAM
source "$(dirname "${BASH_SOURCE[0]}")/recipe.sh"
source "$(dirname "${BASH_SOURCE[0]}")/releases.sh"

project=$folder/service
cp --recursive "$source_root/examples/blue-green" "$project"
mv "$project/prisma/migrations" "$folder/releases"
mkdir "$project/prisma/migrations"

# release FOLDER: what the pipeline does before a release starts.
release() {
    cp --recursive "$folder/releases/$1" "$project/prisma/migrations/"
    deploy_project "$1"
}

blue() { service blue "INSERT INTO users (name) VALUES ('Blue NUMBER'); SELECT name FROM users ORDER BY id DESC LIMIT 5"; }
green() {
    service green "INSERT INTO users (first_name, last_name) VALUES ('Green', 'NUMBER');
        SELECT first_name, last_name FROM users ORDER BY id DESC LIMIT 5"
}

echo "-- release 1"
release 20260101000000_init
ask "INSERT INTO users (name) SELECT 'Old ' || n FROM generate_series(1, 20000) AS n" >/dev/null
blue &
blue=$!
sleep 1
echo "-- release 2, while release 1 runs; a report holds the table for three seconds"
ask "BEGIN; SELECT count(*) FROM users; SELECT pg_sleep(3); COMMIT" >/dev/null &
sleep 0.3
release 20260201000000_split_name_expand
green &
green=$!
sleep 2
[[ $(ask "SELECT count(*) FROM users WHERE name IS DISTINCT FROM concat_ws(' ', first_name, last_name)") == 0 ]] ||
    fail "the two sides differ"
stop blue "$blue"
sleep 1
echo "-- release 3, while release 2 runs"
release 20260301000000_split_name_contract
sleep 1
stop green "$green"

[[ $(ask "SELECT count(*) FROM users WHERE first_name = 'Old'") == 20000 ]] || fail "rows are lost"
for name in Blue Green; do
    (($(ask "SELECT count(*) FROM users WHERE first_name = '$name'") > 5)) || fail "$name did not write"
done
(cd "$project" && "$program" diff --from-url "$DATABASE_URL" --to-schema prisma/schema.prisma --exit-code) || fail "the schema is another one"
(cd "$project" && "$program" status >/dev/null) || fail "status: $?"
