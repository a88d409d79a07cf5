#!/usr/bin/env bash
# From nothing to a migrated database in one go: installs what is missing, builds cm-migrate, and carries a copy of
# examples/blog from its schema to a PostgreSQL that cm-migrate starts for it. Nothing is left running.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build

# Prints a command as you would type it, then runs it.
step() {
    printf '\n$ %s\n' "$*"
    bash -c "$*"
}

echo "Building cm-migrate, which takes about 5 minutes on two cores …"
# A server too, which cm-migrate starts for the project.
bash "$root/cmake/install-packages.sh" "postgresql-15 | postgresql"
# Without the tests, which need packages of their own; a build that has them already keeps them.
tests=(-DCM_TESTS=OFF)
[[ ! -e $build/CMakeCache.txt ]] || tests=()
cmake -S "$root" -B "$build" -G Ninja --log-level=WARNING "${tests[@]}" \
    -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_FLAGS_RELEASE=-O1 >/dev/null
# The library, too: what `cmake --install build` installs is then there.
cmake --build "$build" --target cm-migrate cm_migrate_library cm_manual
export PATH=$build:$PATH

# No URL: cm-migrate then uses a PostgreSQL of the project's own.
unset DATABASE_URL

folder=$(mktemp --directory)
project=$folder/blog
leave() {
    cm-migrate local stop >/dev/null 2>&1 || true
    cd / && rm --recursive --force "$folder"
}
trap leave EXIT
# As root the private PostgreSQL runs as an ordinary user, who has to reach its folder.
chmod 755 "$folder"
cp --recursive "$root/examples/blog" "$project"
cd "$project"

# The schema is checked as a whole; all that is wrong with it would be said at once.
step cm-migrate validate

# Makes prisma/migrations/<time>_init/migration.sql, applies it, and fills the new database with the seed.
step cm-migrate dev --name init
step "cat prisma/migrations/*_init/migration.sql"
step cm-migrate status
step cm-migrate seed

# A change of the schema becomes the next migration.
step "sed -i 's/^  name      String?\$/&\n  bio       String?/' prisma/schema.prisma"
step cm-migrate dev --name add_bio
step "cat prisma/migrations/*_add_bio/migration.sql"
step cm-migrate status

# The database is an ordinary one.
step "cm-migrate local psql -- -c '\d users'"
step cm-migrate local stop

printf '\nThat was all. In a project of your own: cm-migrate init\n'
