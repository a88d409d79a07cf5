# Sourced by run.sh: puts the reference engine into a folder, or ends with 77 (skipped).
source "$(dirname "${BASH_SOURCE[0]}")/../npm.sh"

# Mends three faults of the engine's adapter, which only show when it runs in Node: it does not know the type "char" (18)
# of the catalogs, it drops its shadow database while its own connections are still there, and it cuts a script at
# each semicolon, where the engine without an adapter sends it whole. Does nothing where that is done.
mend_adapter() {
    local adapter=$1
    sed --in-place --regexp-extended \
        -e '/case 18:/!s/^( *)(case ScalarColumnType\.BPCHAR:)/\1case 18: \2/' \
        -e 's/^( *const statements = )script\.split\(";"\).*/\1[script];/' \
        -e '/client\.end/!s/^( *)(await conn\.executeScript\(`DROP DATABASE )/\1await client.end(); \2/' \
        -e '/client\.end\(\); .*DROP DATABASE/{n; /^ *await client\.end\(\);$/d}' "$adapter"
    grep --quiet 'case 18:' "$adapter" && grep --quiet 'statements = \[script\]' "$adapter" && grep --quiet 'client\.end(); .*DROP DATABASE' "$adapter" ||
        echo "note: the adapter in $adapter is not as expected; pull and shadow databases may fail" >&2
}

install_engine() {
    local here=$1 folder=$2
    command -v node >/dev/null || skip "node is missing (Debian: nodejs)"
    mkdir --parents "$folder"
    # Several tests may come here at once.
    exec 9>"$folder/lock"
    flock 9
    if ! cmp --silent "$here/package.json" "$folder/installed.json"; then
        cp "$here/package.json" "$folder/package.json"
        within "$folder" npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error
        cp "$here/package.json" "$folder/installed.json"
    fi
    mend_adapter "$folder/node_modules/@prisma/adapter-pg/dist/index.js"
    exec 9>&-
}
