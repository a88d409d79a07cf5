#!/usr/bin/env bash
# The jobs of examples/github-actions: the steps of deploy.yml, and of the action that they use, in their folders, as
# written, on a machine that has cm-migrate.
#   actions.sh PROGRAM
source "$(dirname "${BASH_SOURCE[0]}")/recipe.sh"

mkdir "$folder/bin"
ln --symbolic "$program" "$folder/bin/cm-migrate"
cp --recursive "$source_root/examples/blog" "$folder/api"
(cd "$folder/api" && "$program" dev --name init >/dev/null)
psql "$DATABASE_URL" --no-psqlrc --quiet --command "DROP SCHEMA public CASCADE; CREATE SCHEMA public" 2>/dev/null

# The branch that a pull request is for, as the checkout of one has it.
as_somebody=(git -C "$folder" -c user.name=recipe -c user.email=recipe@example.com)
git init --quiet --initial-branch=main "$folder"
"${as_somebody[@]}" add api
"${as_somebody[@]}" commit --quiet --message "A project"
git -C "$folder" remote add origin "$folder"

# One file a step that runs something: its variables, its folder, its script.
python3 - "$source_root/examples/github-actions" "$folder/steps" <<'END'
import json, os, re, shlex, sys, yaml
source, target = sys.argv[1:]
workflow = yaml.safe_load(open(f"{source}/deploy.yml"))
action = yaml.safe_load(open(f"{source}/action.yml"))
assert workflow[True] == {"push": {"branches": ["main"]}, "pull_request": None}  # YAML reads `on` as true
assert list(workflow["jobs"]) == ["check", "lint", "deploy"] and workflow["jobs"]["deploy"]["needs"] == "check"
assert workflow["jobs"]["deploy"]["if"] == "github.event_name == 'push'"
assert workflow["jobs"]["lint"]["if"] == "github.event_name == 'pull_request'"
os.mkdir(target)
count = 0

def write(name, script, where, variables):
    global count
    assert "${{" not in script, f"{name}: an expression in a script is run as it comes"
    with open(f"{target}/{count:02}", "w") as file:
        for key, value in variables.items():
            file.write(f"export {key}={shlex.quote(value)}\n")
        file.write(f"cd {shlex.quote(where)}\n# {name}\n{script}")
    count += 1

for job in workflow["jobs"].values():
    for step in job["steps"]:
        if "run" in step:
            known = {"${{ github.base_ref }}": "main"}
            write(step["name"], step["run"], step.get("working-directory", "."),
                  {key: known[value] for key, value in step.get("env", {}).items()})
        elif step["uses"] == "./.github/actions/cm-migrate":
            assert set(step["with"]) <= set(action["inputs"]), step
            given = {name: str(step["with"].get(name, one.get("default", ""))) for name, one in action["inputs"].items()}
            given = {name: "" if "${{ env." in value else value for name, value in given.items()}
            missing = [name for name, one in action["inputs"].items() if one.get("required") and not given[name]]
            assert not missing, missing
            fill = lambda text: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda m: given[m[1]], text)
            for part in action["runs"]["steps"]:
                write(f"{step['name']}: {part['name']}", part["run"], fill(part.get("working-directory", ".")),
                      {key: fill(value) for key, value in part["env"].items()})
        else:
            assert step["uses"] == "actions/checkout@v4", step
END
run_step() {
    echo "-- $(sed --quiet 's/^# //p' "$1" | head --lines 1)"
    (cd "$folder" && PATH=$folder/bin:$PATH bash -e -o pipefail "$1" </dev/null) || fail "$(cat "$1") ended with $?"
}
for step in "$folder"/steps/*; do run_step "$step"; done
(($(ask "SELECT count(*) FROM users") > 0)) || fail "nothing was seeded"

echo "-- drift fails the job"
ask "ALTER TABLE users ADD COLUMN by_hand int" >/dev/null
drift=$(grep --files-with-matches "COMMAND=drift" "$folder"/steps/* | head --lines 1)
code=0
(cd "$folder" && PATH=$folder/bin:$PATH bash -e -o pipefail "$drift" </dev/null) >/dev/null 2>&1 || code=$?
[[ $code == 4 ]] || fail "with drift the step ended with $code instead of 4"
