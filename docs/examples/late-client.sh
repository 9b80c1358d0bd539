#!/bin/sh
# Starts a session, is busy with something else, connects late and still gets every event, each once.
#
#     ./late-client.sh [http://localhost:8000]
#
# Needs curl. Environment: SLUICE_ORG (demo), SLUICE_TOKEN (none: trust mode), WORK_SECONDS (2).
set -eu
base=${1:-http://localhost:8000}
org=${SLUICE_ORG:-demo}
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT

call() {
    curl -sS -N -H "x-org-id: $org" ${SLUICE_TOKEN:+-H "Authorization: Bearer $SLUICE_TOKEN"} "$@"
}

# Prints events from behind the last one received, until the stream ends or $1 have come (0: any number). An event
# counts, and moves the cursor, when the blank line after it came.
follow() {
    last=$(cat "$state/last")
    call -w '\nhttp: %{http_code}\n' ${last:+-H "Last-Event-ID: $last"} "$base/api/refactor/$session/sse" | {
        id=$last type=message data='' count=0
        while IFS= read -r line; do
            case $line in
            'id: '*) id=${line#id: } ;;
            'event: '*) type=${line#event: } ;;
            'data: '*) data=${line#data: } ;; # the service's payloads are JSON on one line
            'http: 4'*) echo "refused: ${line}" >&2; exit 1 ;;
            '')
                [ -n "$data" ] || continue
                printf 'event %s %s %s\n' "$id" "$type" "$data"
                echo "$id" >"$state/last"
                echo >>"$state/received"
                case $type in complete | error) : >"$state/ended" ;; esac
                type=message data='' count=$((count + 1))
                if [ "$count" -eq "$1" ] || [ -e "$state/ended" ]; then break; fi
                ;;
            esac
        done
    }
}

answer=$(call "$base/api/refactor" -H 'Content-Type: application/json' -d '{
    "user_id": "example", "user_prompt": "hello",
    "github_credentials": {"access_token": "not-a-real-token", "repository_url": "https://github.com/acme/shop"}}')
session=$(printf '%s' "$answer" | sed -n 's/.*"session_id":"\([^"]*\)".*/\1/p')
if [ -z "$session" ]; then
    echo "not started: $answer" >&2
    exit 1
fi
echo "started $session"
sleep "${WORK_SECONDS:-2}" # the slow work

: >"$state/last"
follow 1 2>/dev/null # an ordinary client says 0 at once; this one shows that a broken connection costs nothing
echo "broken after $(cat "$state/last")"
follow 0
until [ -e "$state/ended" ]; do
    sleep 1
    follow 0
done
echo "received $(wc -l <"$state/received" | tr -d ' ') events"
