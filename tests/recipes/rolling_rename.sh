#!/usr/bin/env bash
# docs/how-to/split-or-rename-a-column.md, "Rename a column during a rolling deploy": its migrations, as they stand there,
# deployed while the old and the new release are at work. Neither may see an error, neither may be held up for long, each
# reads what the other has written, and no row may be lost.
#   rolling_rename.sh PROGRAM
source "$(dirname "${BASH_SOURCE[0]}")/recipe.sh"

page=$source_root/docs/how-to/split-or-rename-a-column.md
project=$folder/service
mkdir --parents "$project/prisma/migrations/20260101000000_init"
echo 'provider = "postgresql"' >"$project/prisma/migrations/migration_lock.toml"
cat >"$project/prisma/migrations/20260101000000_init/migration.sql" <<'SQL'
CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "first_name" TEXT NOT NULL,
    "last_name" TEXT,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);
SQL
echo '{ "naming": "snake_case" }' >"$project/cm-migrate.json"

# block TITLE [NUMBER]: the text of that block of the page, or of the last one before that number of others.
block() {
    awk -v opening="title=\"$1\"" -v wanted="${2:-1}" '
        /^```/ && index($0, opening) { inside = ++found == wanted; next }
        /^```/ { inside = 0 }
        inside' "$page"
}

# The last file of the schema on the page is the one that all of them lead to.
versions=$(grep --count 'title="prisma/schema.prisma"' "$page")
block prisma/schema.prisma "$versions" >"$project/prisma/schema.prisma"

# release NAME: what the pipeline does before a release starts.
release() {
    local name
    name=$(grep --only-matching "prisma/migrations/[0-9]*_$1/migration.sql" "$page" | head --lines 1)
    [[ -n $name ]] || fail "the page has no migration $1"
    mkdir --parents "$project/$(dirname "$name")"
    block "$name" >"$project/$name"
    [[ -s $project/$name ]] || fail "$1 is empty"
    (cd "$project" && "$program" deploy --lock-timeout 1s --lock-retries 20) || fail "deploy of $1: $?"
}

# service NAME COLUMN: writes, changes and reads in a session of its own, up to 20 times a second, until its stop file is
# there. A statement that fails or takes longer than two seconds ends it with an error.
service() {
    local name=$1 column=$2 i
    for ((i = 0; ; ++i)); do
        [[ ! -e $folder/stop.$name ]] || break
        echo "INSERT INTO users (first_name, $column) VALUES ('$name', 'written $i');"
        echo "UPDATE users SET $column = 'changed $i' WHERE first_name = '$name' AND $column = 'written $i' AND $i % 2 = 0;"
        echo "SELECT $column FROM users ORDER BY id DESC LIMIT 5; SELECT pg_sleep(0.05);"
        sleep 0.05
    done | PGOPTIONS="-c statement_timeout=2s" psql "$DATABASE_URL" --no-psqlrc --quiet --set ON_ERROR_STOP=1 \
        >/dev/null 2>"$folder/$name.log" || {
        echo "$name: $(cat "$folder/$name.log")" >&2
        return 1
    }
}

stop() {
    touch "$folder/stop.$1"
    wait "$2" || fail "$1 saw an error"
}

differing() {
    ask "SELECT count(*) FROM users WHERE last_name IS DISTINCT FROM family_name"
}

echo "-- the old release"
(cd "$project" && "$program" deploy >/dev/null) || fail "the first deploy: $?"
ask "INSERT INTO users (first_name, last_name) SELECT 'before', n FROM generate_series(1, 20000) AS n" >/dev/null
service old last_name &
old=$!
sleep 1
echo "-- add, write both, copy; a report holds the table for three seconds"
ask "BEGIN; SELECT count(*) FROM users; SELECT pg_sleep(3); COMMIT" >/dev/null &
sleep 0.3
release family_name_expand
release family_name_copy
[[ $(differing) == 0 ]] || fail "the two columns differ after the copy"
echo "-- switch: both releases are at work"
service new family_name &
new=$!
sleep 2
[[ $(differing) == 0 ]] || fail "the two columns differ"
stop old "$old"
sleep 0.5
echo "-- drop, while the new release is at work"
release family_name_contract
sleep 1
stop new "$new"

[[ $(ask "SELECT count(*) FROM users WHERE first_name = 'before' AND family_name IS NOT NULL") == 20000 ]] || fail "rows are lost"
for name in old new; do
    for what in written changed; do
        (($(ask "SELECT count(*) FROM users WHERE first_name = '$name' AND family_name LIKE '$what %'") > 5)) ||
            fail "what $name has $what is not there"
    done
done
(cd "$project" && "$program" diff --from-url "$DATABASE_URL" --to-schema prisma/schema.prisma --exit-code) || fail "the schema is another one"
(cd "$project" && "$program" status >/dev/null) || fail "status: $?"
