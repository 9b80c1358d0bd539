"""Starts a session, is busy with something else, connects late and still gets every event, each once.

    python3 late_client.py [http://localhost:8000]

Needs Python 3.8 and nothing else. Environment: SLUICE_ORG (demo), SLUICE_TOKEN (none: trust mode), WORK_SECONDS (2).
"""

import http.client
import io
import json
import os
import sys
import time
import urllib.error
import urllib.request

BASE = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000"
HEADERS = {"x-org-id": os.environ.get("SLUICE_ORG", "demo")}
if "SLUICE_TOKEN" in os.environ:
    HEADERS["Authorization"] = "Bearer " + os.environ["SLUICE_TOKEN"]
JOB = {
    "user_id": "example",
    "user_prompt": "hello",
    "github_credentials": {"access_token": "not-a-real-token", "repository_url": "https://github.com/acme/shop"},
}


def start():
    headers = {**HEADERS, "Content-Type": "application/json"}
    request = urllib.request.Request(BASE + "/api/refactor", json.dumps(JOB).encode(), headers)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["session_id"]


def events(session, after):
    """Yields (id, type, data) from behind the id `after` on; an event counts when the blank line after it came."""
    headers = {**HEADERS, "Accept": "text/event-stream"}
    if after:
        headers["Last-Event-ID"] = after
    request = urllib.request.Request(f"{BASE}/api/refactor/{session}/sse", headers=headers)
    # twice the longest silence of a healthy stream
    with urllib.request.urlopen(request, timeout=30) as response:
        id, type, data = after, "message", []
        # newline=None: any of LF, CR LF and CR ends a line, and nothing else does
        for line in io.TextIOWrapper(response, encoding="utf-8", newline=None):
            field, _, value = line.rstrip("\n").partition(":")
            value = value[1:] if value.startswith(" ") else value
            if line == "\n":
                if data:
                    yield id, type, "\n".join(data)
                type, data = "message", []
            elif field == "id":
                id = value
            elif field == "event":
                type = value
            elif field == "data":
                data.append(value)


def main():
    session = start()
    print("started", session)
    time.sleep(float(os.environ.get("WORK_SECONDS", "2")))  # the slow work

    last, received, ended, shown = "", 0, False, False
    while not ended:
        try:
            for last, type, data in events(session, last):
                received += 1
                print("event", last, type, data)
                ended = type in ("complete", "error")
                if ended or not shown:
                    break  # before the end: on purpose, once, to show that a broken connection costs nothing
            if not ended and not shown:
                shown = True
                print("broken after", last)
                continue
        except urllib.error.HTTPError:
            raise  # refused: trying again would not help
        except (OSError, http.client.HTTPException) as lost:
            print("connection lost:", lost, file=sys.stderr)
        if not ended:
            time.sleep(1)
    print("received", received, "events")


main()
