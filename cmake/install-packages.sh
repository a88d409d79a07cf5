#!/usr/bin/env bash
# Installs what is missing of cmake/packages.txt, with apt-get as root or through sudo; else says what is missing.
# Arguments are further packages (clang …) and files that list such. Does nothing, quickly, if all is there.
set -euo pipefail

lists=("$(dirname "${BASH_SOURCE[0]}")/packages.txt")
further=()
for argument in "$@"; do
    if [[ -f $argument ]]; then
        lists+=("$argument")
    else
        further+=("$argument")
    fi
done

# Here and below no process substitution, which needs /proc: a root that debootstrap has made has none.
declare -A installed=()
while read -r status package; do
    [[ $status == installed ]] && installed[$package]=1
done <<<"$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n')"

# Any server of PostgreSQL will do, from whatever package.
has_server() {
    compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

# One line of the list: succeeds if one of the alternatives is there.
is_satisfied() {
    local package
    [[ $1 == postgresql* ]] && has_server && return
    [[ $1 == nodejs ]] && command -v node >/dev/null && return
    [[ $1 == npm ]] && command -v npm >/dev/null && return
    for package in ${1//|/ }; do
        [[ -v installed[$package] ]] && return
    done
    return 1
}

# The first alternative that apt knows.
choose() {
    local package
    for package in ${1//|/ }; do
        if [[ -n $(apt-cache search --names-only "^${package//+/\\+}\$") ]]; then
            echo "$package"
            return
        fi
    done
    echo "${1%% *}"
}

missing=()
while read -r line; do
    is_satisfied "$line" || missing+=("$line")
done <<<"$({ cat "${lists[@]}" && printf '%s\n' ${further[@]+"${further[@]}"}; } | grep --invert-match --extended-regexp '^(#|$)')"
if ((${#missing[@]} == 0)); then
    exit 0
fi

as_root=()
if ((EUID != 0)); then
    if ! command -v sudo >/dev/null || ! sudo --non-interactive true 2>/dev/null; then
        echo "Missing packages, and neither root nor sudo to install them:" >&2
        printf '    %s\n' "${missing[@]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi

echo "Installing ${missing[*]} …"
# A machine that has never asked for the lists of packages has none.
if [[ -z $(apt-cache search --names-only '^libpq-dev$') ]]; then
    "${as_root[@]}" apt-get update --quiet --quiet
fi
packages=()
for line in "${missing[@]}"; do
    packages+=("$(choose "$line")")
done

# Debian makes and starts a cluster "main" when it installs a server. We want the programs only, so for the time
# of this installation we ask it not to; nothing of that stays behind.
conf_folder=/etc/postgresql-common/createcluster.d
conf_file=$conf_folder/no-main-cluster-for-cm-migrate.conf
undo() {
    "${as_root[@]}" rm --force "$conf_file"
    "${as_root[@]}" rmdir --ignore-fail-on-non-empty "$conf_folder" 2>/dev/null || true
}
trap undo EXIT
"${as_root[@]}" mkdir --parents "$conf_folder"
echo 'create_main_cluster = false' | "${as_root[@]}" tee "$conf_file" >/dev/null

"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install --yes --quiet --quiet --no-install-recommends "${packages[@]}"
