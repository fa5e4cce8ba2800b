#!/usr/bin/env python3
"""An agent for Daybook: claims runs, works on them, keeps its lease, says how they ended.

    DAYBOOK_URL=http://127.0.0.1:8000 DAYBOOK_WORKSPACE=acme DAYBOOK_TOKEN=... agent.py [--once] [-- COMMAND ...]

COMMAND reads the prompt from standard input and prints the response; without one the response is the prompt. What it used it may write,
as JSON, into the file that DAYBOOK_USED names: {"usage": {"input": 12, "output": 30}, "reported_cost": 0.01, "currency": "USD"}.
"""
import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import uuid

IDLE_SECONDS = 2            # between two questions for work when there is none
RETRY_SECONDS = 1           # between two tries to reach a server that is away
HEARTBEATS_A_LEASE = 3
REQUEST_TIMEOUT_SECONDS = 30
ERROR_CHARACTERS_MAX = 4000  # of what a command said when it failed
RETRIED = (429, 500, 502, 503, 504)
USED = ("usage", "reported_cost", "currency")  # what a command may say of it
NOT_NOW = (402, 409)        # to a claim: a budget is spent, or as many run at once as may


class Refused(Exception):
    """The server has answered, and the answer is no."""

    def __init__(self, status, problem):
        super().__init__(f"{status} {problem.get('code', '')}: {problem.get('detail', '')}")
        self.status = status


class Away(Exception):
    """Nobody has answered, or not now: the same may be asked again."""


class Stopped(Exception):
    pass


class Daybook:
    """Daybook's HTTP API as far as an agent needs it. Any number of threads."""

    def __init__(self, url, workspace, token):
        self.base = f"{url.rstrip('/')}/api/v1/workspaces/{workspace}/executions"
        self.token = token

    def post(self, path, body, key=None):
        """The reply's JSON, None where it has none."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        if key:
            headers["Idempotency-Key"] = key
        request = urllib.request.Request(self.base + path, json.dumps(body).encode(), headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=REQUEST_TIMEOUT_SECONDS) as reply:
                text = reply.read()
                return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            if error.code in RETRIED:
                raise Away(f"the server says {error.code}") from error
            try:
                problem = json.loads(error.read())
            except ValueError:
                problem = {}
            raise Refused(error.code, problem) from error
        except OSError as error:
            raise Away(str(error)) from error


class Lease:
    """Keeps a run while work on it goes on, on a thread of its own. `lost` is set when somebody else may have it."""

    def __init__(self, daybook, run):
        self.daybook, self.run = daybook, run
        self.lost, self.done = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self.keep, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.thread.join()

    def keep(self):
        pause = max(self.run["lease_seconds"] / HEARTBEATS_A_LEASE, 0.2)
        while not self.done.wait(pause):
            try:
                self.daybook.post(f"/{self.run['id']}/heartbeat", {"fencing_token": self.run["fencing_token"]})
            except Away:
                continue  # the next one may come in time
            except Refused as refused:
                say(f"run {self.run['id']} is not ours any more: {refused}")
                self.lost.set()
                return


def say(words):
    print(words, file=sys.stderr, flush=True)


def end_group(leader):
    """A command, and what it has started itself."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        pass


def told_in(file):
    """What the command has written about what it used; nothing where it has not."""
    if not os.path.exists(file):
        return {}
    try:
        with open(file, encoding="utf-8") as text:
            told = json.load(text)
        return {name: told[name] for name in USED if name in told}
    except (ValueError, TypeError) as error:
        say(f"what the command says it used cannot be read: {error}")
        return {}


def work(command, run, lease, stop):
    """What finishing the run will say, besides the token: the end of the path, and the body."""
    if not command:
        return "complete", {"response": run.get("prompt") or ""}
    with tempfile.TemporaryDirectory() as folder:
        used = os.path.join(folder, "used.json")
        end, body = carry_out(command, run, lease, stop, used)
        return end, {**body, **told_in(used)}


def carry_out(command, run, lease, stop, used):
    prompt = run.get("prompt") or ""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
                               env={**os.environ, "DAYBOOK_USED": used})
    texts = {}
    talk = threading.Thread(target=lambda: texts.update(zip(("out", "err"), process.communicate(prompt))), daemon=True)
    talk.start()
    while talk.is_alive():
        talk.join(0.1)
        if lease.lost.is_set() or stop.is_set():
            end_group(process.pid)
    if stop.is_set():
        raise Stopped
    if process.returncode == 0:
        return "complete", {"response": texts["out"]}
    error = texts["err"].strip()[:ERROR_CHARACTERS_MAX] or f"the command ended with {process.returncode}"
    return "fail", {"error": error}


def finish(daybook, run, end, body):
    """Says it until it is answered. The key makes it happen once, however often it is said."""
    key = str(uuid.uuid4())
    while True:
        try:
            daybook.post(f"/{run['id']}/{end}", {"fencing_token": run["fencing_token"], **body}, key)
            return say(f"run {run['id']}: {end}")
        except Away as away:
            say(f"{away}; trying again")
            time.sleep(RETRY_SECONDS)
        except Refused as refused:
            return say(f"run {run['id']} could not be finished: {refused}")


def run_one(daybook, command, stop):
    """Whether there was a run."""
    try:
        run = daybook.post(":claim", {})
    except Refused as refused:
        if refused.status not in NOT_NOW:
            raise
        say(str(refused))
        return False
    if run is None:
        return False
    say(f"run {run['id']}: claimed")
    with Lease(daybook, run) as lease:
        try:
            end, body = work(command, run, lease, stop)
        except Stopped:
            end, body = "fail", {"error": "The agent was stopped."}
        except OSError as error:
            end, body = "fail", {"error": f"The command could not be run: {error}"}
        if not lease.lost.is_set():
            finish(daybook, run, end, body)
    return True


def settings():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--once", action="store_true", help="one run, if there is one, and end")
    parser.add_argument("command", nargs="*", help="reads the prompt, prints the response")
    arguments = parser.parse_args()
    missing = [name for name in ("DAYBOOK_WORKSPACE", "DAYBOOK_TOKEN") if not os.environ.get(name)]
    if missing:
        parser.error(f"{' and '.join(missing)} must be set")
    return arguments


def main():
    arguments = settings()
    daybook = Daybook(os.environ.get("DAYBOOK_URL") or "http://127.0.0.1:8000", os.environ["DAYBOOK_WORKSPACE"], os.environ["DAYBOOK_TOKEN"])
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    while not stop.is_set():
        try:
            worked = run_one(daybook, arguments.command, stop)
        except Away as away:
            say(f"{away}; trying again")
            stop.wait(RETRY_SECONDS)
            continue
        except Refused as refused:
            say(str(refused))
            return 1
        if arguments.once:
            return 0
        if not worked:
            stop.wait(IDLE_SECONDS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
