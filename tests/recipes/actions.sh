#!/usr/bin/env bash
# The jobs of examples/github-actions: what each step runs once cm-migrate is installed, in its folder, as written.
#   actions.sh PROGRAM
source "$(dirname "${BASH_SOURCE[0]}")/recipe.sh"

mkdir "$folder/bin"
ln --symbolic "$program" "$folder/bin/cm-migrate"
cp --recursive "$source_root/examples/blog" "$folder/api"
(cd "$folder/api" && "$program" dev --name init >/dev/null)
psql "$DATABASE_URL" --no-psqlrc --quiet --command "DROP SCHEMA public CASCADE; CREATE SCHEMA public" 2>/dev/null

python3 - "$source_root/examples/github-actions/deploy.yml" >"$folder/steps" <<'END'
import sys, yaml
workflow = yaml.safe_load(open(sys.argv[1]))
assert workflow[True] == {"push": {"branches": ["main"]}}  # YAML reads `on` as true
job, = workflow["jobs"].values()
assert job["env"]["DATABASE_URL"] == "${{ secrets.DATABASE_URL }}"
names = [step.get("name", step.get("uses")) for step in job["steps"]]
assert names == ["actions/checkout@v4", "Install cm-migrate", "Run migrations", "Seed database"], names
for step in job["steps"][2:]:
    print(step["working-directory"], step["run"].strip(), sep="\t")
END
while IFS=$'\t' read -r where command; do
    echo "-- $command"
    (cd "$folder/$where" && PATH=$folder/bin:$PATH bash -e -o pipefail -c "$command" </dev/null) || fail "$command: $?"
done <"$folder/steps"
(($(ask "SELECT count(*) FROM users") > 0)) || fail "nothing was seeded"
