#!/usr/bin/env bash
# Rolls back: the router names blue again, and blue answers at the front door. Needs nothing else, so that it works
# when nothing else does. ACTION is `back`, or `check`, which changes nothing; RELEASE is what to go back to.
set -euo pipefail

action=${ACTION:?the action: back, or check}
release=${RELEASE:?the release to go back to}
keep_logs=${KEEP_LOGS:-1}

live() {
	local address port answer
	address=$(<runtime/url)
	port=${address##*:}
	exec 3<>"/dev/tcp/127.0.0.1/${port}"
	printf 'GET /health HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$port" >&3
	answer=$(cat <&3)
	exec 3>&-
	printf '%s\n' "$answer" | grep -o '"version":"[a-z]*"' | cut -d'"' -f4
}

[[ -s releases/$release/timetable.json ]] || {
	printf 'There is no release %s to go back to.\n' "$release" >&2
	exit 1
}
printf 'live now: %s\n' "$(live || echo unknown)"
[[ $action == back ]] || exit 0

if [[ $keep_logs == 1 && -f runtime/service.log ]]; then
	cp runtime/service.log runtime/service.log.before-rollback
	printf 'log kept: runtime/service.log.before-rollback\n'
fi
printf 'live=%s\n' "$release" >runtime/router.conf.new
mv runtime/router.conf.new runtime/router.conf

now=$(live)
printf 'live now: %s\n' "$now"
[[ $now == "$release" ]]
