#!/bin/sh
# Runs pending migrations on start-up, then the command of the container. Several containers may do so at once.
set -eu
cm-migrate deploy
exec "$@"
