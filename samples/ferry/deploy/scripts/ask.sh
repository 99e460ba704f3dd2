#!/usr/bin/env bash
# Asks the service: prints the body of PATH's answer; exit 0 only for status 200. Needs bash and nothing else.
# Usage: bash deploy/scripts/ask.sh /health
set -euo pipefail

address=$(<runtime/url)
port=${address##*:}
exec 3<>"/dev/tcp/127.0.0.1/${port}"
printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n' "$1" "$port" >&3
mapfile -t answer <&3
exec 3>&-

status=${answer[0]-}
body=
in_body=
for line in "${answer[@]}"; do
	line=${line%$'\r'}
	if [[ -n $in_body ]]; then
		[[ $line == '{'* ]] && body=$line
	elif [[ -z $line ]]; then
		in_body=1
	fi
done
printf '%s\n' "$body"
[[ $status == 'HTTP/1.1 200 '* ]]
