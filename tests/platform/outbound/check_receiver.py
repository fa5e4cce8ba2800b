#!/usr/bin/env python3
"""The receiver that docs/webhooks.md prints takes what was signed for it and nothing else."""
import base64
import hashlib
import hmac
import os
import re
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import ThreadingHTTPServer
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "webhooks.md"
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
# The example that libraries of the specification are tested with.
ID, SENT_AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def printed():
    (text,) = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.M | re.S)
    names = {"__name__": "receiver"}
    exec(compile(text, str(PAGE), "exec"), names)
    return names


def headers(**changed):
    fields = {"webhook-id": ID, "webhook-timestamp": str(SENT_AT), "webhook-signature": SIGNATURE}
    return fields | {name.replace("_", "-"): value for name, value in changed.items()}


def check_signatures(is_genuine):
    taken = {
        "the example": (SECRET, headers(), BODY, SENT_AT),
        "one of several": (SECRET, headers(webhook_signature="v1,AAAA v1a,xyz " + SIGNATURE), BODY, SENT_AT + 200),
    }
    refused = {
        "another body": (SECRET, headers(), BODY + b" ", SENT_AT),
        "another id": (SECRET, headers(webhook_id="msg_2"), BODY, SENT_AT),
        "another time": (SECRET, headers(webhook_timestamp=str(SENT_AT + 1)), BODY, SENT_AT),
        "another secret": ("whsec_" + base64.b64encode(b"x" * 24).decode(), headers(), BODY, SENT_AT),
        "an old message": (SECRET, headers(), BODY, SENT_AT + 301),
        "one of the future": (SECRET, headers(), BODY, SENT_AT - 301),
        "no signature": (SECRET, headers(webhook_signature=""), BODY, SENT_AT),
        "no number": (SECRET, headers(webhook_timestamp="soon"), BODY, SENT_AT),
        "a signature that is not ASCII": (SECRET, headers(webhook_signature="v1,é"), BODY, SENT_AT),
        "nothing": (SECRET, {}, b"", SENT_AT),
    }
    yield from (f"{what} is refused" for what, given in taken.items() if not is_genuine(*given))
    yield from (f"{what} is taken" for what, given in refused.items() if is_genuine(*given))


def status_of(url, fields, body):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, fields), timeout=10) as reply:
            return reply.status
    except urllib.error.HTTPError as error:
        return error.code


def check_server(receiver):
    """Over HTTP: genuine, again, and forged."""
    body = b'{"type":"issue.opened","data":{"subject":"a"}}'
    sent_at = str(int(time.time()))
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    digest = hmac.new(key, f"{ID}.{sent_at}.".encode() + body, hashlib.sha256).digest()
    fields = headers(webhook_timestamp=sent_at, webhook_signature="v1," + base64.b64encode(digest).decode())
    os.environ["WEBHOOK_SECRET"] = SECRET
    receiver.log_message = lambda *_: None
    server = ThreadingHTTPServer(("127.0.0.1", 0), receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    for expected, given in (204, body), (204, body), (401, body + b" "):
        status = status_of(url, fields, given)
        if status != expected:
            yield f"{given!r} is answered {status}, not {expected}"
    server.shutdown()
    if receiver.seen != {ID}:
        yield f"it has seen {receiver.seen}"


def main():
    names = printed()
    wrong = [*check_signatures(names["is_genuine"]), *check_server(names["Receiver"])]
    print("\n".join(wrong) if wrong else "The receiver of docs/webhooks.md does what the page says.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
