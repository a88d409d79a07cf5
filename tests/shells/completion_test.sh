#!/usr/bin/env bash
# The completion scripts in the shells that they are for: each question is asked of bash, zsh and fish.
#   completion_test.sh PROGRAM
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
program=$1
folder=$(mktemp --directory)
trap 'rm -rf "$folder"' EXIT
export PATH=$(dirname "$program"):$PATH HOME=$folder
for name in 20260101000000_init 20260201000000_add_user; do
    mkdir --parents "$folder/project/prisma/migrations/$name"
    echo "SELECT 1;" >"$folder/project/prisma/migrations/$name/migration.sql"
done
touch "$folder/project/prisma/schema.prisma"
cd "$folder/project"

cm-migrate completion bash >"$folder/cm-migrate.bash"
cm-migrate completion zsh >"$folder/_cm-migrate"
cm-migrate completion fish >"$folder/cm-migrate.fish"

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

shells=(bash)
for shell in zsh fish; do
    if command -v "$shell" >/dev/null; then
        shells+=("$shell")
    else
        missing=${missing:+$missing, }$shell
    fi
done

# offered SHELL LINE: a word a line, sorted.
offered() {
    local words
    case $1 in
        bash)
            read -r -a words <<<"$2"
            [[ $2 != *" " ]] || words+=("")
            bash "$here/complete.bash" "$folder/cm-migrate.bash" "${words[@]}"
            ;;
        zsh)
            zsh --no-rcs "$here/complete.zsh" "$folder/_cm-migrate" "$2"
            ;;
        fish)
            fish --no-config -c "source $folder/cm-migrate.fish; complete -C '$2'" | cut --fields 1
            ;;
    esac | sed "s|/$||" | sort --unique
}

# expect LINE WORD…: just these words are offered, by every shell.
expect() {
    local line=$1 shell all expected
    shift
    expected=$(printf '%s\n' "$@" | sort --unique)
    for shell in "${shells[@]}"; do
        all=$(offered "$shell" "$line")
        [[ $all == "$expected" ]] || fail "$shell: \`$line\`: ${all//$'\n'/ }; expected: $*"
    done
}

# among LINE WORD…: these words are offered, maybe among others.
among() {
    local line=$1 shell word all
    shift
    for shell in "${shells[@]}"; do
        all=" $(offered "$shell" "$line" | tr '\n' ' ')"
        for word in "$@"; do
            [[ $all == *" $word "* ]] || fail "$shell: \`$line\`: $word is not among:$all"
        done
    done
}

expect "cm-migrate dep" deploy
expect "cm-migrate re" reset resolve
among "cm-migrate " dev deploy status migrate db
expect "cm-migrate migrate de" deploy dev
expect "cm-migrate db pu" pull push
expect "cm-migrate dev --dri" --drift
expect "cm-migrate migrate dev --dri" --drift
expect "cm-migrate dev --drift " migrate undo stop
expect "cm-migrate resolve --applied " 20260101000000_init 20260201000000_add_user
expect "cm-migrate resolve --applied 20260201" 20260201000000_add_user
expect "cm-migrate explain CM040" $(cm-migrate names codes | grep ^CM040)
expect "cm-migrate local st" start stop status
among "cm-migrate diff --from-" --from-empty --from-url --from-migrations
expect "cm-migrate format --schema pri" prisma

# In front of the command, behind a sign of equality, behind `help`.
expect "cm-migrate -C prisma dep" deploy
expect "cm-migrate --color always dep" deploy
expect "cm-migrate --color al" always
expect "cm-migrate help dep" deploy
(cd .. && expect "cm-migrate -C project resolve --applied 20260201" 20260201000000_add_user)

# A folder may have any name: none of it is run, and it is one word.
mkdir 'prisma/migrations/20260301000000_$(touch pwned)`touch pwned`' 'prisma/migrations/20260302000000_with blank'
for name in 'prisma/migrations/20260301000000_$(touch pwned)`touch pwned`' 'prisma/migrations/20260302000000_with blank'; do
    echo "SELECT 1;" >"$name/migration.sql"
done
for shell in "${shells[@]}"; do
    offered "$shell" "cm-migrate resolve --applied 202603" >"$folder/offered"
    [[ ! -e pwned ]] || fail "$shell: a name was run"
    (($(wc --lines <"$folder/offered") == 2)) || fail "$shell: $(cat "$folder/offered")"
done
rm --recursive prisma/migrations/202603*

# Of an option that takes what nobody can know, nothing is offered.
expect "cm-migrate dev --name "

[[ -z ${missing:-} ]] || { echo "SKIPPED: $missing is not installed; the others were asked"; exit 77; }
