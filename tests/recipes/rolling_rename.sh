#!/usr/bin/env bash
# docs/how-to/split-or-rename-a-column.md, "Rename a column during a rolling deploy": its migrations, as they stand there,
# deployed while the old and the new release are at work. Neither may see an error, neither may be held up for long, each
# reads what the other has written, and no row may be lost.
#   rolling_rename.sh PROGRAM
source "$(dirname "${BASH_SOURCE[0]}")/recipe.sh"
source "$(dirname "${BASH_SOURCE[0]}")/releases.sh"

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
    deploy_project "$1"
}

# uses NAME COLUMN: a release that writes, changes and reads this one.
uses() {
    service "$1" "INSERT INTO users (first_name, $2) VALUES ('$1', 'written NUMBER');
        UPDATE users SET $2 = 'changed NUMBER' WHERE first_name = '$1' AND $2 = 'written NUMBER' AND NUMBER % 2 = 0;
        SELECT $2 FROM users ORDER BY id DESC LIMIT 5"
}

differing() {
    ask "SELECT count(*) FROM users WHERE last_name IS DISTINCT FROM family_name"
}

echo "-- the old release"
(cd "$project" && "$program" deploy >/dev/null) || fail "the first deploy: $?"
ask "INSERT INTO users (first_name, last_name) SELECT 'before', n FROM generate_series(1, 20000) AS n" >/dev/null
uses old last_name &
old=$!
sleep 1
echo "-- add, write both, copy; a report holds the table for three seconds"
ask "BEGIN; SELECT count(*) FROM users; SELECT pg_sleep(3); COMMIT" >/dev/null &
sleep 0.3
release family_name_expand
release family_name_copy
[[ $(differing) == 0 ]] || fail "the two columns differ after the copy"
echo "-- switch: both releases are at work"
uses new family_name &
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
