#!/usr/bin/env bash
# Tests of release green: the package is whole, its slot answers, and every stop of blue is still served.
set -euo pipefail

failed=0
expect() {
	local what=$1
	shift
	if "$@" >/dev/null; then
		printf 'pass  %s\n' "$what"
	else
		printf 'FAIL  %s\n' "$what"
		failed=$((failed + 1))
	fi
}

stops() {
	grep -o '"stop": *"[^"]*"' "releases/$1/timetable.json" | sort -u
}

nothing_lost() {
	[[ -z $(comm -23 <(stops blue) <(stops green)) ]]
}

package_is_whole() {
	(cd runtime/build && sha256sum --check --quiet green.tar.sha256)
}

slot_says_green() {
	[[ $(bash deploy/scripts/ask.sh /green/health) == *'"version":"green"'* ]]
}

expect 'the package is whole' package_is_whole
expect 'slot green answers and says that it is green' slot_says_green
expect 'slot green serves its timetable' bash deploy/scripts/ask.sh /green/timetable
expect 'every stop of blue is served by green too' nothing_lost

printf '%d failed\n' "$failed"
((failed == 0))
