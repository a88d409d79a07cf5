#!/usr/bin/env bash
# examples/docker and the recipes for Docker and Kubernetes, in a root folder with nothing but what the image holds: what
# the files say is read from them and carried out as written.
#   container.sh PROGRAM
source "$(dirname "${BASH_SOURCE[0]}")/recipe.sh"
make_container

dockerfile=$source_root/examples/docker/Dockerfile
page=$source_root/docs/how-to/docker-and-kubernetes.md

# The project has migrations: in the repository of a service they are there.
cp --recursive "$source_root/examples/blog/." "$container/app"
(cd "$container/app" && "$program" dev --name init >/dev/null)
psql "$DATABASE_URL" --no-psqlrc --quiet --command "DROP SCHEMA public CASCADE; CREATE SCHEMA public" 2>/dev/null
cp "$source_root/examples/docker/entrypoint.sh" "$container/usr/local/bin/"
[[ -x $container/usr/local/bin/entrypoint.sh ]] || fail "entrypoint.sh cannot be executed"

echo "-- ENTRYPOINT and CMD of the Dockerfile, ten containers at once"
mapfile -t entrypoint <<<"$(words_of "$(sed --quiet 's/^ENTRYPOINT //p' "$dockerfile")")"
mapfile -t command <<<"$(words_of "$(sed --quiet 's/^CMD //p' "$dockerfile")")"
running=()
for i in {1..10}; do
    (run_in_container "${entrypoint[@]}" "${command[@]}" >"$folder/$i.log" 2>&1) &
    running+=($!)
done
for process in "${running[@]}"; do
    wait "$process" || fail "a container ended with $?: $(cat "$folder"/*.log)"
done
[[ $(grep --files-with-matches "successfully applied" "$folder"/*.log | wc --lines) == 1 ]] || fail "not one of ten migrated"
[[ $(grep --files-with-matches "Database schema is up to date" "$folder"/*.log | wc --lines) == 10 ]] || fail "CMD was not run"

echo "-- the command of the recipe for Docker"
printf '#!/bin/sh\necho serving\n' >"$container/app/server"
chmod +x "$container/app/server"
mapfile -t command <<<"$(words_of "$(sed --quiet 's/^ *CMD \(\["sh".*\]\)$/\1/p' "$page")")"
(run_in_container "${command[@]}") | grep --quiet --line-regexp serving || fail "the service was not started"

echo "-- the init container of the recipe for Kubernetes"
python3 - "$page" >"$folder/init" <<'END'
import sys, yaml
text = open(sys.argv[1]).read().split("## Kubernetes\n")[1].split("\n## ")[0]
block = text.split("```yaml\n")[1].split("```")[0]
container, = yaml.safe_load(block)["initContainers"]
assert {"name", "image", "command", "env"} == set(container), container
variable, = container["env"]
assert variable["name"] == "DATABASE_URL" and set(variable["valueFrom"]["secretKeyRef"]) == {"name", "key"}
print("\n".join(container["command"]))
END
# examples/kubernetes run the same.
python3 - "$source_root/examples/kubernetes" "$folder/init" <<'END' || fail "examples/kubernetes"
import sys, yaml
folder, init = sys.argv[1:]
command = open(init).read().splitlines()
job = yaml.safe_load(open(f"{folder}/job.yaml"))["spec"]["template"]["spec"]
deployment = yaml.safe_load(open(f"{folder}/deployment.yaml"))["spec"]["template"]["spec"]
assert job["containers"][0]["command"] == deployment["initContainers"][0]["command"] == command
END
mapfile -t command <"$folder/init"
(run_in_container "${command[@]}") >/dev/null || fail "the init container failed"

echo "-- a pod that is evicted in the middle"
mkdir --parents "$container/app/prisma/migrations/29990101000000_slow"
script=$container/app/prisma/migrations/29990101000000_slow/migration.sql
for signal in TERM KILL; do
    echo "CREATE TABLE slow (); SELECT pg_sleep(30);" >"$script"
    (run_in_container "${command[@]}") >"$folder/evicted.log" 2>&1 &
    process=$!
    until [[ $(ask "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()") == 1 ]]; do
        kill -0 "$process" || fail "it ended early: $(cat "$folder/evicted.log")"
        sleep 0.1
    done
    kill -s "$signal" "$process"
    code=0
    wait "$process" || code=$?
    [[ $signal == KILL || $code == 130 ]] || fail "after SIGTERM it ended with $code"
    # After SIGKILL nobody has told the server: its session goes on until it next has something to say.
    ask "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)%' AND pid <> pg_backend_pid()" >/dev/null
    [[ $(ask "SELECT to_regclass('slow') IS NULL") == t ]] || fail "something stayed of an evicted pod"
done
echo "CREATE TABLE slow ();" >"$script"
(run_in_container "${command[@]}") >/dev/null || fail "after the eviction the next pod failed"
[[ $(ask "SELECT to_regclass('slow') IS NOT NULL") == t ]] || fail "the next pod did not migrate"
[[ -z $(ls --almost-all "$container/tmp") ]] || fail "temporary files are left"
