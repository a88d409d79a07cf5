#!/usr/bin/env bash
# The packages of a release: made from the build of the tests, looked at, and used where nothing else is installed.
#   packages_test.sh PROGRAM
source "$(dirname "${BASH_SOURCE[0]}")/../recipes/recipe.sh"

packages=$folder/packages
bash "$source_root/cmake/release.sh" --build "$(dirname "$program")" "$packages" >"$folder/log" 2>&1 ||
    fail "release.sh: $(tail --lines 20 "$folder/log")"
(cd "$packages" && sha256sum --quiet --check SHA256SUMS) || fail "wrong checksums"

project=$folder/project
cp --recursive "$source_root/examples/blog" "$project"
(cd "$project" && "$program" dev --name init >/dev/null)
forget() {
    psql "$DATABASE_URL" --no-psqlrc --quiet --command "DROP SCHEMA public CASCADE; CREATE SCHEMA public" 2>/dev/null
}

echo "-- the Debian package"
deb=$(echo "$packages"/*.deb)
depends=$(dpkg-deb --field "$deb" Depends | sed 's/([^)]*)//g; s/ //g' | tr ',' '\n' | sort | tr '\n' ' ')
[[ $depends == "libc6 libpq5 " ]] || fail "it depends on $depends"
if command -v lintian >/dev/null; then
    lintian --fail-on error,warning "$deb" || fail "lintian finds something"
else
    lacking="lintian is not installed"
fi
dpkg-deb --extract "$deb" "$folder/installed"
share=$folder/installed/usr/share
for file in man/man1/cm-migrate.1.gz man/man1/cm-migrate-deploy.1.gz man/man5/cm-migrate.json.5.gz \
    bash-completion/completions/cm-migrate zsh/vendor-completions/_cm-migrate \
    fish/vendor_completions.d/cm-migrate.fish cm-migrate/cm-migrate.schema.json \
    cm-migrate/json/deploy.schema.json doc/cm-migrate/README.md; do
    [[ -s $share/$file ]] || fail "$file is not in it"
done
for page in "$share"/man/man*/*.gz; do
    complaints=$(gzip --decompress --stdout "$page" | groff -K utf8 -man -Tutf8 -ww 2>&1 >/dev/null)
    [[ -z $complaints ]] || fail "${page##*/}: $complaints"
done
make_container
cp "$folder/installed/usr/bin/cm-migrate" "$container/usr/local/bin/cm-migrate"
cp --recursive "$project/." "$container/app"
forget
(run_in_container cm-migrate deploy) || fail "the program of the Debian package"

echo "-- the portable folder, where the C library is all there is"
container=$folder/bare
mkdir --parents "$container"/{app,tmp,opt,bin}
ship /bin/sh
# What the C library loads for names of hosts and users.
for library in libnss_files.so.2 libnss_dns.so.2 libresolv.so.2 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1; do
    place=$(ldconfig -p | sed --quiet "s/^.*$library .*x86-64.*=> //p" | head --lines 1)
    [[ -z $place ]] || { mkdir --parents "$container$(dirname "$place")" && cp --dereference "$place" "$container$place"; }
done
tar --extract --gzip --file "$packages"/*.tar.gz --directory "$container/opt"
cp --recursive "$project/." "$container/app"
portable=$(cd "$container" && echo opt/*/bin/cm-migrate)
forget
# Without /proc, as here, the loader has to be told where the program lies.
(run_in_container /bin/sh -c "LD_ORIGIN_PATH=/${portable%/*} exec /$portable deploy") || fail "the program of the portable folder"

echo "-- the npm packages, in a project that uses them"
command -v npm >/dev/null || skip "npm is not installed"
cat >"$project/package.json" <<'END'
{ "name": "blog", "private": true, "scripts": { "migrate": "cm-migrate deploy", "look": "cm-migrate status" } }
END
cd "$project"
npm install --offline --no-audit --no-fund "$packages/cm-migrate-linux-x64-"*.tgz \
    "$packages"/cm-migrate-[0-9]*.tgz >"$folder/log" 2>&1 || fail "npm install: $(cat "$folder/log")"
forget
code=0
npx --offline cm-migrate status >/dev/null 2>&1 || code=$?
[[ $code == 3 ]] || fail "status ended with $code instead of 3"
npm run --silent migrate || fail "npm run migrate"
npm run --silent look >/dev/null || fail "npm run look"
echo "-- npx is told to stop"
mkdir --parents prisma/migrations/29990101000000_slow
echo "SELECT pg_sleep(60);" >prisma/migrations/29990101000000_slow/migration.sql
node node_modules/cm-migrate/cm-migrate.js deploy >"$folder/log" 2>&1 &
process=$!
until [[ $(ask "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()") == 1 ]]; do
    kill -0 "$process" || fail "it ended early: $(cat "$folder/log")"
    sleep 0.1
done
kill -s TERM "$process"
code=0
wait "$process" || code=$?
[[ $code == 130 ]] || fail "after SIGTERM it ended with $code: $(cat "$folder/log")"

[[ -z ${lacking:-} ]] || skip "$lacking; the rest was tried"
