#!/usr/bin/env bash
# many_tables.sh TABLES: a schema file of that many models with 10 columns each, keys, relations and indexes, on stdout.
# many_tables.sh PROGRAM URL TABLES…: for each number makes a database of its own on the server of the URL and compares, in
# turns, `PROGRAM diff` of schema and database (introspection and an empty diff) with `pg_dump --schema-only`: the best of
# five, in seconds, and the program's peak of memory in MB.
set -euo pipefail

schema() {
    printf 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n\nenum Status {\n  DRAFT\n  LIVE\n  GONE\n}\n'
    awk -v tables="$1" 'BEGIN {
        for (i = 1; i <= tables; ++i) {
            parent = i > 1 ? int(i / 2) : 0
            printf "\nmodel Table%d {\n  id Int @id @default(autoincrement())\n  email String @unique\n", i
            printf "  name String @default(\"nobody\")\n  status Status @default(DRAFT)\n  amount Decimal @db.Decimal(10, 2)\n"
            printf "  tags String[]\n  data Json?\n  createdAt DateTime @default(now())\n  updatedAt DateTime @updatedAt\n"
            printf "  parentId Int?\n"
            if (parent) printf "  parent Table%d? @relation(fields: [parentId], references: [id])\n", parent
            for (child = 2 * i; child <= 2 * i + 1; ++child)
                if (child > 1 && child <= tables) printf "  children%d Table%d[]\n", child, child
            printf "\n  @@index([parentId])\n  @@index([status, createdAt(sort: Desc)])\n}\n"
        }
    }'
}

if (($# == 1)); then
    schema "$1"
    exit
fi

program=$(realpath "$1")
url=$2
shift 2
folder=$(mktemp --directory)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# One run: seconds and the peak in kB.
measure() {
    /usr/bin/time --format '%e %M' --output "$folder/time" "$@" >/dev/null
    cat "$folder/time"
}

best() {
    sort --numeric-sort | head --lines=1
}

printf '%8s %10s %10s %10s\n' tables diff pg_dump MB
for tables; do
    database=${url%/*}/cm_bench_$tables
    psql --quiet "$url" --command "DROP DATABASE IF EXISTS cm_bench_$tables" --command "CREATE DATABASE cm_bench_$tables" 2>/dev/null
    schema "$tables" >schema.prisma
    # In pieces: the server's locks do not hold so many tables in one transaction.
    "$program" diff --from-empty --to-schema-datamodel schema.prisma --script | psql --quiet "$database"
    psql --quiet "$database" --command 'VACUUM ANALYZE'
    : >ours
    : >theirs
    for _ in 1 2 3 4 5; do
        measure "$program" diff --from-url "$database" --to-schema-datamodel schema.prisma --exit-code >>ours
        measure pg_dump --schema-only "$database" >>theirs
    done
    printf '%8d %10s %10s %10d\n' "$tables" "$(cut -d' ' -f1 ours | best)" "$(cut -d' ' -f1 theirs | best)" \
        "$(($(cut -d' ' -f2 ours | sort -n | tail -n1) / 1024))"
    psql --quiet "$url" --command "DROP DATABASE cm_bench_$tables"
done
