#!/usr/bin/env python3
"""Runs an agent against a made-up server, once for each thing that can happen to a run: check_agent.py AGENT ..."""
import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

RUN = {"id": "0190a1b2-c3d4-7e5f-8a9b-000000000001", "prompt": "hello", "fencing_token": 7, "lease_seconds": 1, "status": "running"}
EXECUTIONS = "/api/v1/workspaces/acme/executions"
LIMIT_SECONDS = 60
AGENT = []


class Server(ThreadingHTTPServer):
    """Answers each path as `answers` says: a list of (status, body), the last one for ever. What was asked stands in `calls`."""

    def __init__(self, answers, beaten=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.beaten, self.calls, self.lock = answers, beaten, [], threading.Lock()
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, path, key, token, body):
        what = path.removeprefix(EXECUTIONS).removeprefix("/" + RUN["id"])
        with self.lock:
            self.calls.append((what, key, token, body))
            answers = self.answers[what]
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if what == "/heartbeat" and self.beaten:
            self.beaten.touch()
        return answer

    def made(self, what):
        with self.lock:
            return [call for call in self.calls if call[0] == what]


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, reply = self.server.answer(self.path, self.headers["Idempotency-Key"], self.headers["Authorization"], body)
        text = b"" if reply is None else json.dumps(reply).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


def problem(status, code):
    return status, {"status": status, "code": code, "detail": "No."}


class Agent(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.beaten = Path(folder.name) / "beaten"

    def run_agent(self, answers, *command):
        server = Server({":claim": [(200, RUN)], "/heartbeat": [(200, RUN)], "/complete": [(200, RUN)], "/fail": [(200, RUN)], **answers}, self.beaten)
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        address = f"http://127.0.0.1:{server.server_address[1]}"
        settings = {**os.environ, "DAYBOOK_URL": address, "DAYBOOK_WORKSPACE": "acme", "DAYBOOK_TOKEN": "secret"}
        dashes = ["--"] if command else []
        self.ended = subprocess.run([*AGENT, "--once", *dashes, *command], env=settings, timeout=LIMIT_SECONDS, capture_output=True, text=True)
        return server

    # A command that ends once a heartbeat was heard.
    def once_beaten(self, rest):
        return ["sh", "-c", f'until [ -e "{self.beaten}" ]; do :; done; {rest}']

    def test_a_run_is_claimed_kept_and_completed_with_its_token(self):
        server = self.run_agent({}, *self.once_beaten("tr a-z A-Z"))
        self.assertEqual(self.ended.returncode, 0, self.ended.stderr)
        self.assertEqual(len(server.made(":claim")), 1)
        self.assertEqual(server.made(":claim")[0][2], "Bearer secret")
        self.assertGreaterEqual(len(server.made("/heartbeat")), 1)
        (_, key, _, body), = server.made("/complete")
        self.assertTrue(key)
        self.assertEqual(body, {"fencing_token": 7, "response": "HELLO"})

    def test_without_a_command_the_prompt_is_the_response(self):
        server = self.run_agent({})
        self.assertEqual(server.made("/complete")[0][3]["response"], "hello")

    def test_a_heartbeat_that_finds_nobody_is_tried_again(self):
        server = self.run_agent({"/heartbeat": [(503, None), (200, RUN)]}, *self.once_beaten("cat"))
        self.assertEqual(server.made("/complete")[0][3]["response"], "hello")

    def test_finishing_is_repeated_with_one_key_until_it_is_answered(self):
        server = self.run_agent({"/complete": [(503, None), (200, RUN)]})
        first, second = server.made("/complete")
        self.assertEqual(first[1], second[1])
        self.assertEqual(first[3], second[3])

    def test_what_fails_says_why(self):
        server = self.run_agent({}, "sh", "-c", "echo 'no model' >&2; exit 3")
        self.assertEqual(server.made("/fail")[0][3], {"fencing_token": 7, "error": "no model"})
        self.assertEqual(server.made("/complete"), [])

    def test_what_the_command_says_it_used_goes_along_however_it_ends(self):
        told = 'echo \'{"usage": {"input": 3, "output": 5}, "reported_cost": 0.25, "mood": 1}\' > "$DAYBOOK_USED"'
        used = {"usage": {"input": 3, "output": 5}, "reported_cost": 0.25}
        server = self.run_agent({}, "sh", "-c", f"cat; {told}")
        self.assertEqual(server.made("/complete")[0][3], {"fencing_token": 7, "response": "hello", **used})
        server = self.run_agent({}, "sh", "-c", f"{told}; exit 3")
        self.assertEqual(server.made("/fail")[0][3], {"fencing_token": 7, "error": "the command ended with 3", **used})

    def test_what_cannot_be_read_of_it_is_left_out(self):
        for nonsense in ("{", "7"):
            server = self.run_agent({}, "sh", "-c", f"cat; echo '{nonsense}' > \"$DAYBOOK_USED\"")
            self.assertEqual(server.made("/complete")[0][3], {"fencing_token": 7, "response": "hello"})

    def test_a_lease_that_is_lost_ends_the_work_and_nothing_more_is_said(self):
        server = self.run_agent({"/heartbeat": [problem(409, "stale-fencing-token")]}, "sh", "-c", "while :; do :; done")
        self.assertEqual(server.made("/complete") + server.made("/fail"), [])
        self.assertEqual(len(server.made("/heartbeat")), 1)

    def test_a_finish_that_is_refused_is_not_repeated(self):
        server = self.run_agent({"/complete": [problem(409, "stale-fencing-token")]})
        self.assertEqual(len(server.made("/complete")), 1)
        self.assertEqual(self.ended.returncode, 0)

    def test_where_there_is_nothing_to_do_nothing_is_done(self):
        for answer in ((204, None), problem(409, "agent-busy"), problem(402, "budget-exceeded")):
            server = self.run_agent({":claim": [answer]})
            self.assertEqual(self.ended.returncode, 0, self.ended.stderr)
            self.assertEqual(len(server.calls), 1)

    def test_who_is_not_let_in_ends(self):
        self.run_agent({":claim": [problem(401, "unauthenticated")]})
        self.assertEqual(self.ended.returncode, 1)
        self.assertIn("unauthenticated", self.ended.stderr)
        self.assertNotIn("secret", self.ended.stderr)


if __name__ == "__main__":
    AGENT = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
