# examples/drizzle in a folder of its own, with the real drizzle-kit. To be sourced behind recipe.sh; skipped without npm's
# registry.
command -v npm >/dev/null || skip "npm is not installed"
cp --recursive "$source_root/examples/drizzle" "$folder/api"
cd "$folder/api"
npm install --no-audit --no-fund >"$folder/log" 2>&1 || skip "npm install: $(tail -3 "$folder/log")"
export PATH=$(dirname "$program"):$PATH

# says WHAT COMMAND...: its output has these words.
says() {
    local words=$1
    shift
    "$@" >"$folder/out" 2>&1 || true
    grep --quiet --fixed-strings -- "$words" "$folder/out" || fail "\`$*\` does not say \"$words\": $(cat "$folder/out")"
}
