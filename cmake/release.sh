#!/usr/bin/env bash
# Makes all packages of a release, with their checksums: the Debian package, a portable folder that brings its shared
# libraries, and the two npm packages.
#   release.sh [--build FOLDER] [OUTPUT]    FOLDER: a build that is configured already (else build-release, made here)
#                                           OUTPUT: where to (build-release/packages)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build-release
output=
while (($# > 0)); do
    case $1 in
        --build)
            build=$(realpath "${2:?--build needs a folder}")
            shift
            ;;
        -*)
            sed --quiet '2,/^[^#]/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
            exit 2
            ;;
        *) output=$1 ;;
    esac
    shift
done
output=$(realpath --canonicalize-missing "${output:-$build/packages}")
if [[ ! -e $build/CMakeCache.txt ]]; then
    bash "$root/cmake/install-packages.sh" libpq5
    cmake -S "$root" -B "$build" -G Ninja --log-level=WARNING -DCM_TESTS=OFF -DCMAKE_BUILD_TYPE=Release >/dev/null
fi
cmake --build "$build" --target cm-migrate cm_manual cm-migrate-portable >&2
version=$("$build/cm-migrate" --version | cut --delimiter ' ' --fields 2)

work=$(mktemp --directory)
trap 'rm --recursive --force "$work"' EXIT
mkdir --parents "$output"
# From here on nothing depends on the day: the date of everything in a package is that of the commit.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)}

echo "-- Debian package" >&2
cpack -G DEB --config "$build/CPackConfig.cmake" -B "$work/deb" >&2
cp "$work"/deb/*.deb "$output"

echo "-- portable folder" >&2
folder=$work/cm-migrate-$version-linux-x64
cmake --install "$build" --component program --prefix "$folder" >/dev/null
cp "$build/cm-migrate-portable" "$folder/bin/cm-migrate"
mkdir --parents "$folder/lib/cm-migrate" "$folder/share/doc/cm-migrate/licenses"
# The C library is the system's; of the rest all that libpq needs, with the copyright notices that come with it.
libpq=$(ldconfig -p | sed --quiet 's/^.*libpq\.so\.5 .*=> //p' | head --lines 1)
[[ -n $libpq ]] || { echo "libpq.so.5 is not installed" >&2; exit 1; }
while read -r library; do
    case ${library##*/} in
        ld-linux* | libc.so* | libm.so* | libdl.so* | libpthread.so* | librt.so* | libresolv.so*) continue ;;
    esac
    cp --dereference "$library" "$folder/lib/cm-migrate/"
    package=$(dpkg-query --search "*/${library##*/}" 2>/dev/null | head --lines 1 | cut --delimiter : --fields 1)
    [[ -z $package ]] || cp --dereference "/usr/share/doc/$package/copyright" "$folder/share/doc/cm-migrate/licenses/$package"
done <<<"$libpq"$'\n'"$(ldd "$libpq" | grep --only-matching '/[^ ]*')"
chmod 644 "$folder"/lib/cm-migrate/*
strip --strip-unneeded "$folder"/lib/cm-migrate/*

# pack FILE FOLDER: the same folder gives the same file.
pack() {
    tar --create --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
        --directory "$(dirname "$2")" "$(basename "$2")" | gzip --best --no-name >"$1"
}
pack "$output/cm-migrate-$version-linux-x64.tar.gz" "$folder"

echo "-- npm packages" >&2
# One small package that everybody installs, and one with the program for each system; npm picks by `os` and `cpu`.
mkdir --parents "$work/main/package" "$work/system/package"
cp "$root"/cmake/npm/{cm-migrate.js,README.md} "$root/LICENSE" "$work/main/package"
cp --recursive "$folder/bin" "$folder/lib" "$folder/share/doc/cm-migrate/licenses" "$root/LICENSE" "$work/system/package"
cat >"$work/main/package/package.json" <<END
{
    "name": "cm-migrate",
    "version": "$version",
    "description": "PostgreSQL migrations from a Prisma schema, as one native program",
    "license": "Apache-2.0",
    "keywords": ["postgresql", "migrations", "prisma", "schema", "database"],
    "bin": { "cm-migrate": "cm-migrate.js" },
    "files": ["cm-migrate.js"],
    "engines": { "node": ">=14" },
    "optionalDependencies": { "@cm-migrate/linux-x64": "$version" }
}
END
cat >"$work/system/package/package.json" <<END
{
    "name": "@cm-migrate/linux-x64",
    "version": "$version",
    "description": "The program of cm-migrate for Linux on x86-64",
    "license": "Apache-2.0",
    "os": ["linux"],
    "cpu": ["x64"],
    "libc": ["glibc"],
    "files": ["bin", "lib", "licenses"]
}
END
chmod 755 "$work/main/package/cm-migrate.js" "$work/system/package/bin/cm-migrate"
pack "$output/cm-migrate-$version.tgz" "$work/main/package"
pack "$output/cm-migrate-linux-x64-$version.tgz" "$work/system/package"

cd "$output"
sha256sum -- *.deb *.tar.gz *.tgz | tee SHA256SUMS
