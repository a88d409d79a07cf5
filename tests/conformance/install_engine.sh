# Sourced by run.sh and pairs.sh: puts the reference engine into a folder, or ends with 77 (skipped).
skip() {
    echo "SKIPPED: $1"
    exit 77
}

install_engine() {
    local here=$1 folder=$2
    command -v node >/dev/null || skip "node is missing (Debian: nodejs)"
    mkdir --parents "$folder"
    # Several tests may come here at once.
    exec 9>"$folder/lock"
    flock 9
    if ! cmp --silent "$here/package.json" "$folder/installed.json"; then
        command -v npm >/dev/null || skip "npm is missing (Debian: npm)"
        cp "$here/package.json" "$folder/package.json"
        (cd "$folder" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error) ||
            skip "npm cannot install the reference engine"
        cp "$here/package.json" "$folder/installed.json"
    fi
    exec 9>&-
}
