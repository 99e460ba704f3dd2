#!/usr/bin/env bash
# Makes the router name another release. Twice does what once does; a reader sees the old file or the new one, never half.
# Usage: bash deploy/scripts/point-router.sh blue|green
set -euo pipefail

release=$1
if [[ ! -s releases/$release/timetable.json ]]; then
	printf 'There is no release %s: the router stays as it is.\n' "$release" >&2
	exit 1
fi
printf 'live=%s\n' "$release" >runtime/router.conf.new
mv runtime/router.conf.new runtime/router.conf
printf 'the router names %s\n' "$release"
