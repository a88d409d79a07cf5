#!/usr/bin/env bash
# examples/drizzle, with the real drizzle-kit: what the guide does with it, and what may go wrong.
# Usage: drizzle.sh PROGRAM; skipped without npm's registry.
source "$(dirname "$0")/recipe.sh"
source "$(dirname "$0")/drizzle_example.sh"
schema=src/modules/media/db/schema.ts

tables() {
    ask "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
}

drizzle=(--config drizzle.config.ts)
all="_migrations _migrations_drizzle _migrations_state jobs reactions users videos"

echo "-- Prisma's project is chosen by itself, and says how to choose the other"
says "drizzle.config.ts is another project: \`--config drizzle.config.ts\` chooses it" cm-migrate dev --name init
ask "INSERT INTO users (email) VALUES ('a@example.com')" >/dev/null

echo "-- the media module's tables are pushed, beside Prisma's table and with a key to it"
cm-migrate push "${drizzle[@]}" >"$folder/out" 2>&1 || fail "push: $(cat "$folder/out")"
for line in "Reading config from drizzle.config.ts" "[✓] Schema pulled successfully" "[!] Changes detected:" \
    "Applying changes..." "[✓] Schema pushed successfully"; do
    grep --quiet --fixed-strings "$line" "$folder/out" || fail "push does not say \"$line\": $(cat "$folder/out")"
done
[[ $(tables) == "$all" ]] || fail "tables: $(tables)"
says "already in sync" cm-migrate push "${drizzle[@]}"
says "is up to date" cm-migrate status "${drizzle[@]}"

echo "-- neither sees the other's tables as drift"
cm-migrate status >"$folder/out" 2>&1 || fail "Prisma's status: $(cat "$folder/out")"
says "already in sync" cm-migrate push
says "up to date" cm-migrate status

echo "-- a column is added"
ask "INSERT INTO videos (filename) VALUES ('sea.mp4'); INSERT INTO reactions (video_id, user_id, emoji) VALUES (1, 1, '+')" >/dev/null
sed --in-place "/title: text/a \  description: text('description')," "$schema"
says 'ALTER TABLE "videos" ADD COLUMN     "description" TEXT;' cm-migrate diff --from-url "$DATABASE_URL" \
    --to-schema drizzle.config.ts --script "${drizzle[@]}"
says 'Added column `description`' cm-migrate status "${drizzle[@]}"
says 'ADD COLUMN' cm-migrate push "${drizzle[@]}"
[[ $(ask "SELECT count(description) FROM videos") == 0 ]] || fail "no description"

echo "-- 1: a schema that throws drops nothing"
cp "$schema" "$folder/good.ts"
echo 'throw new Error("boom");' >>"$schema"
says "CM0066" cm-migrate push "${drizzle[@]}" --accept-data-loss
says "boom" cm-migrate push "${drizzle[@]}" --accept-data-loss
[[ $(tables) == "$all" ]] || fail "a schema that throws: $(tables)"

echo "-- 2: an empty schema drops nothing"
echo >"$schema"
says "CM0066" cm-migrate push "${drizzle[@]}" --accept-data-loss
[[ $(tables) == "$all" ]] || fail "an empty schema: $(tables)"

echo "-- 3: what somebody prints into the SQL is an error at its place"
(echo 'console.log("hello");' && cat "$folder/good.ts") >"$schema"
says "CM0341" cm-migrate push "${drizzle[@]}" --accept-data-loss
cp "$folder/good.ts" "$schema"

echo "-- 4: drizzle-kit is not there"
mv node_modules "$folder/away"
says "CM0066" cm-migrate push "${drizzle[@]}" --accept-data-loss
mv "$folder/away" node_modules
[[ $(tables) == "$all" ]] || fail "without drizzle-kit: $(tables)"

echo "-- 5: the record is emptied, or gone: nothing is dropped, and what is declared is listed again"
ask "DELETE FROM _migrations_drizzle" >/dev/null
says "already in sync" cm-migrate push "${drizzle[@]}"
ask "DROP TABLE _migrations_drizzle" >/dev/null
says "already in sync" cm-migrate push "${drizzle[@]}"
[[ $(tables) == "$all" ]] || fail "without a record: $(tables)"
cm-migrate status >"$folder/out" 2>&1 || fail "Prisma's status after that: $(cat "$folder/out")"

echo "-- a table that nobody has made stays, as does Prisma's; Prisma's reset leaves Drizzle's"
ask "CREATE TABLE by_hand (id int)" >/dev/null
says "already in sync" cm-migrate push "${drizzle[@]}" --accept-data-loss
ask "DROP TABLE by_hand" >/dev/null
says "reactions_user_id_users_id_fk on public.reactions" cm-migrate reset --force
[[ $(ask "SELECT count(*) FROM reactions, users") == 1 ]] || fail "a reset that is refused has changed something"
ask "ALTER TABLE reactions DROP CONSTRAINT reactions_user_id_users_id_fk" >/dev/null
cm-migrate reset --force >"$folder/out" 2>&1 || fail "reset: $(cat "$folder/out")"
[[ $(tables) == "$all" ]] || fail "after a reset: $(tables)"
[[ $(ask "SELECT count(*) FROM videos") == 1 ]] || fail "a reset of Prisma's project has emptied the videos"

echo "-- what goes from the schema is dropped where this project has made it"
sed --in-place '/jobs_state_idx/d' "$schema"
says "Kept, though not in the schema" cm-migrate push "${drizzle[@]}"
psql "$DATABASE_URL" --quiet --command "DROP TABLE _migrations_drizzle, jobs, videos, reactions CASCADE; DROP TYPE job_state"
cp "$folder/good.ts" "$schema"
cm-migrate push "${drizzle[@]}" >/dev/null 2>&1 || fail "push into a database without the tables"
sed --in-place '/jobs_state_idx/d' "$schema"
says 'DROP INDEX "jobs_state_idx"' cm-migrate push "${drizzle[@]}"

echo "-- its own reset leaves Prisma's tables; its migrations make the tables again, beside Prisma's"
cm-migrate reset --force "${drizzle[@]}" >"$folder/out" 2>&1 || fail "Drizzle's reset: $(cat "$folder/out")"
[[ $(tables) == "_migrations _migrations_state users" ]] || fail "after Drizzle's reset: $(tables)"
cm-migrate dev --name media "${drizzle[@]}" >"$folder/out" 2>&1 || fail "Drizzle's dev: $(cat "$folder/out")"
[[ $(tables) == "$all" ]] || fail "after Drizzle's dev: $(tables)"
says "up to date" cm-migrate status "${drizzle[@]}"
cm-migrate status >"$folder/out" 2>&1 || fail "Prisma's status after Drizzle's dev: $(cat "$folder/out")"
sed --in-place '/title: text/d' "$schema"
says "Applied" cm-migrate dev --name no_title --accept-data-loss "${drizzle[@]}"
[[ -z $(ask "SELECT attname FROM pg_attribute WHERE attrelid = 'videos'::regclass AND attname = 'title'") ]] ||
    fail "the column is there: $(cat "$folder/out")"
echo "done"
