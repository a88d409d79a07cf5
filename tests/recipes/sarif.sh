#!/usr/bin/env bash
# What `lint --format sarif` writes, held against the schema of SARIF 2.1.0 that @microsoft/jest-sarif (npm) brings.
#   sarif.sh PROGRAM FOLDER     FOLDER: where the package is kept from one run to the next
set -euo pipefail
program=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
source "$root/tests/npm.sh"
folder=$2/jest-sarif
mkdir --parents "$folder"
if [[ ! -e $folder/node_modules/@microsoft/jest-sarif/package.json ]]; then
    echo '{ "private": true }' >"$folder/package.json"
    within "$folder" npm install --ignore-scripts --no-audit --no-fund --no-package-lock @microsoft/jest-sarif@1.0.0-beta.0
fi
cat >"$folder/validate.js" <<'END'
const { readFileSync } = require("fs");
const Ajv = require("ajv");
const schema = require("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
const ajv = new Ajv({ schemaId: "auto", allErrors: true, unknownFormats: "ignore", logger: false });
ajv.addMetaSchema(require("ajv/lib/refs/json-schema-draft-04.json"));
const log = JSON.parse(readFileSync(process.argv[2], "utf8"));
const validate = ajv.compile(schema);
if (process.argv[3] === "break") delete log.runs[0].results[0].message;
if (!validate(log)) {
    console.log(JSON.stringify(validate.errors, null, 2));
    process.exit(1);
}
console.log(log.runs[0].results.length);
END
# A finding of each rule that the cases know, and a file whose name is no plain URI.
mkdir --parents "$folder/files"
rm --force "$folder"/files/*
cat "$root"/tests/cases/lint/*.txtar | grep --invert-match '^-- ' >"$folder/files/all ü%.sql"
(cd "$folder/files" && "$program" lint --no-replay --format sarif --output ../all.sarif "all ü%.sql" >/dev/null) || true
(cd "$folder/files" && echo 'SELECT 1;' | "$program" lint --no-replay --format sarif --output ../none.sarif - >/dev/null)
cd "$folder"
count=$(node validate.js all.sarif)
((count >= 10)) || { echo "FAILED: there are only $count results" >&2; exit 1; }
[[ $(node validate.js none.sarif) == 0 ]] || { echo "FAILED: a file without findings has some" >&2; exit 1; }
# It finds what is wrong: without this a validator that reads nothing would do.
if node validate.js all.sarif break >/dev/null; then
    echo "FAILED: a result without a message is taken" >&2
    exit 1
fi
echo "$count results are valid"
