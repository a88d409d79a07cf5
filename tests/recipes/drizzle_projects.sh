#!/usr/bin/env bash
# Two projects of Drizzle and one of Prisma in one database, with the real drizzle-kit: what both use, what each keeps of its own, histories.
# Usage: drizzle_projects.sh PROGRAM; skipped without npm's registry.
source "$(dirname "$0")/recipe.sh"
source "$(dirname "$0")/drizzle_example.sh"

works() {
    "$@" >"$folder/out" 2>&1 || fail "\`$*\`: $(cat "$folder/out")"
}

tables() {
    ask "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname !~ '^_'"
}

list() {
    ask "SELECT obj_description('$1'::regclass)"
}

media=(--config drizzle.config.ts)
runs=(--config drizzle.runs.config.ts)
media_schema=src/modules/media/db/schema.ts
runs_schema=src/modules/runs/schema.ts

mkdir --parents "$(dirname $runs_schema)"
cat >drizzle.runs.config.ts <<'END'
import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/modules/runs/schema.ts',
  out: './drizzle-runs',
  dbCredentials: { url: process.env.DATABASE_URL! },
});
END
cat >$runs_schema <<'END'
import { pgTable, serial, text } from 'drizzle-orm/pg-core';
import { jobState } from '../media/db/schema';

export const runs = pgTable('runs', {
  id: serial('id').primaryKey(),
  state: jobState('state').default('waiting').notNull(),
  log: text('log'),
});
END

echo "-- three projects, each with a record of its own, and none drops what another has made"
works cm-migrate dev --name init
works cm-migrate push "${media[@]}"
works cm-migrate push "${runs[@]}"
all="jobs reactions runs users videos"
[[ $(tables) == "$all" ]] || fail "tables: $(tables)"
says "already in sync" cm-migrate push "${media[@]}" --accept-data-loss
says "already in sync" cm-migrate push "${runs[@]}" --accept-data-loss
says "already in sync" cm-migrate push
for project in "" "--config drizzle.config.ts" "--config drizzle.runs.config.ts"; do
    # shellcheck disable=SC2086
    works cm-migrate status $project
done
[[ $(list _migrations_drizzle_runs) == *'"runs"'* && $(list _migrations_drizzle) != *'"runs"'* ]] ||
    fail "lists: $(list _migrations_drizzle) $(list _migrations_drizzle_runs)"

echo "-- an enum that both use: it is one project's, whether the other declares it or not"
sed --in-place "s/'waiting', 'running', 'done'/'waiting', 'running', 'done', 'failed'/" $media_schema
says "ADD VALUE 'failed'" cm-migrate push "${media[@]}"
says "already in sync" cm-migrate push "${runs[@]}"
echo "export { jobState };" >>$runs_schema
says "already in sync" cm-migrate push "${runs[@]}"
says "drizzle.config.ts" cm-migrate push "${runs[@]}"
[[ $(list _migrations_drizzle_runs) != *job_state* ]] || fail "the enum is on both lists: $(list _migrations_drizzle_runs)"

echo "-- what the other needs is neither dropped nor made anew under it"
cp $media_schema "$folder/good.ts"
sed --in-place "s/, 'done', 'failed'/, 'failed'/" $media_schema
says "runs" cm-migrate push "${media[@]}" --accept-data-loss
[[ $(ask "SELECT count(*) FROM pg_enum WHERE enumtypid = 'job_state'::regtype") == 4 ]] || fail "the enum has changed: $(cat "$folder/out")"
cp "$folder/good.ts" $media_schema
says "public.runs.state" cm-migrate reset --force "${media[@]}"
[[ $(tables) == "$all" ]] || fail "a reset that is refused: $(tables)"

echo "-- push, then dev: the first migration is what was pushed"
says "marked as applied" cm-migrate dev --name init --drift migrate "${runs[@]}"
says "already in sync" cm-migrate push "${runs[@]}"
sed --in-place "/log: text/a \  host: text('host')," $runs_schema
works cm-migrate dev --name host "${runs[@]}"
[[ $(ask "SELECT count(host) FROM runs") == 0 ]] || fail "no host"
works cm-migrate status "${runs[@]}"
works cm-migrate status
[[ -e drizzle-runs/migrations && ! -e drizzle/migrations ]] || fail "the migrations lie elsewhere: $(find . -name migration.sql -not -path './node_modules/*')"

echo "-- a run that ends between a migration and the list: nobody takes its tables, and the next run lists the rest"
cat >>$runs_schema <<'END'
import { index } from 'drizzle-orm/pg-core';
export const steps = pgTable('steps', { id: serial('id').primaryKey(), run: text('run') }, (table) => [index('steps_run_idx').on(table.run)]);
END
before=$(list _migrations_drizzle_runs)
works cm-migrate dev --name steps "${runs[@]}"
after=$(list _migrations_drizzle_runs)
psql "$DATABASE_URL" --quiet --set list="$before" <<<"COMMENT ON TABLE _migrations_drizzle_runs IS :'list'"
works cm-migrate dev "${runs[@]}"
[[ $(list _migrations_drizzle_runs) == "$after" ]] || fail "the list: $(list _migrations_drizzle_runs), and not $after"

echo "-- reset: each drops what it has made, and makes it again of its migrations"
ask "INSERT INTO runs (log) VALUES ('x'); INSERT INTO videos (filename) VALUES ('sea.mp4')" >/dev/null
works cm-migrate reset --force "${runs[@]}"
[[ $(tables) == "jobs reactions runs steps users videos" ]] || fail "after a reset: $(tables)"
[[ $(ask "SELECT count(*) FROM runs") == 0 && $(ask "SELECT count(*) FROM videos") == 1 ]] || fail "rows: $(cat "$folder/out")"
works cm-migrate status "${runs[@]}"
says "already in sync" cm-migrate push "${media[@]}" --accept-data-loss

echo "-- baseline, and resolve --applied: what the migrations tell of is the project's"
for how in baseline resolve; do
    psql "$DATABASE_URL" --quiet --command "DROP TABLE _migrations_drizzle_runs"
    if [[ $how == baseline ]]; then
        works cm-migrate baseline "${runs[@]}"
    else
        for migration in drizzle-runs/migrations/*/; do
            works cm-migrate resolve --applied "$(basename "$migration")" "${runs[@]}"
        done
    fi
    works cm-migrate status "${runs[@]}"
    [[ $(list _migrations_drizzle_runs) == "$after" ]] || fail "after $how: $(list _migrations_drizzle_runs), and not $after"
done
sed --in-place "/^export const steps/d" $runs_schema
says 'DROP TABLE "steps"' cm-migrate push "${runs[@]}" --accept-data-loss

echo "-- there is no history of Prisma's to adopt"
says "CM0524" cm-migrate adopt "${runs[@]}"

echo "-- another package that takes the same record drops nothing"
mkdir "$folder/other"
cp --recursive package.json node_modules "$folder/other"
cd "$folder/other"
sed --in-place 's/"media-api"/"other-api"/' package.json
sed 's/src.modules.media.db.//' "$source_root/examples/drizzle/drizzle.config.ts" >drizzle.config.ts
echo "import { pgTable, serial } from 'drizzle-orm/pg-core'; export const own = pgTable('own', { id: serial('id').primaryKey() });" >schema.ts
for command in "push --accept-data-loss" "reset --force" "dev --name init"; do
    # shellcheck disable=SC2086
    says "CM0346" cm-migrate $command
done
[[ $(tables) == "jobs reactions runs users videos" ]] || fail "another package: $(tables)"
echo '{ "migrationsTable": "_migrations_other" }' >cm-migrate.json
works cm-migrate push
[[ $(tables) == "jobs own reactions runs users videos" ]] || fail "with a record of its own: $(tables)"
echo "done"
