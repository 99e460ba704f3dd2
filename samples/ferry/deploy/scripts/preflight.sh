#!/usr/bin/env bash
# Checks that everything the cutover needs is here. Changes nothing. Names all that is missing, not only the first.
set -euo pipefail

missing=0
check() {
	local what=$1
	shift
	if "$@" >/dev/null 2>&1; then
		printf 'ok       %s\n' "$what"
	else
		printf 'MISSING  %s\n' "$what"
		missing=$((missing + 1))
	fi
}

for tool in bash git tar sha256sum grep; do
	check "tool $tool" command -v "$tool"
done
for file in releases/{blue,green}/timetable.json deploy/scripts/{ask,build,point-router,test,rollback}.sh runtime/router.conf; do
	check "file $file" test -s "$file"
done
check 'slot blue is healthy' bash deploy/scripts/ask.sh /blue/health
check 'slot green is healthy' bash deploy/scripts/ask.sh /green/health
check 'the front door is healthy' bash deploy/scripts/ask.sh /health
check 'blue is live' grep -qx 'live=blue' runtime/router.conf

printf '%d missing\n' "$missing"
((missing == 0))
