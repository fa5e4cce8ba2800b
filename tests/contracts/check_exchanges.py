"""Checks every exchange the end-to-end tests had with a server against schemas/openapi.json.

check_exchanges.py FOLDER      the folder that DAYBOOK_TEST_EXCHANGES named; every operation must have been called with success
check_exchanges.py --can-fail  shows that each kind of deviation is found
"""
import collections
import copy
import json
import pathlib
import sys

try:
    import jsonschema  # noqa: F401
except ImportError:
    print("Skipped: python3-jsonschema is not installed.")
    sys.exit(77)
from exchanges import Contract

shown_max = 40


def load_contract():
    return Contract(json.loads(pathlib.Path("schemas/openapi.json").read_text()))


def check(folder):
    contract = load_contract()
    found = collections.OrderedDict()
    statuses = collections.defaultdict(set)
    count = 0
    for file in sorted(pathlib.Path(folder).glob("*.jsonl")):
        for line in file.open(errors="surrogateescape"):
            exchange = json.loads(line)
            count += 1
            operation = contract.find(exchange["method"], exchange["target"].partition("?")[0])
            name = operation["operationId"] if operation else "no operation"
            statuses[name].add(exchange["status"])
            for complaint in contract.complaints(exchange):
                found.setdefault((name, exchange["status"], complaint), []).append(exchange)
    for (name, status, complaint), exchanges in list(found.items())[:shown_max]:
        first = exchanges[0]
        print(f"{name} ({status}), {len(exchanges)} times, first at {first['method']} {first['target'][:160]}: {complaint}")
    never = sorted(name for name in contract.by_id if not any(200 <= s < 300 for s in statuses[name]))
    for name in never:
        print(f"{name} was never called with success: call it in an end-to-end test")
    print(f"{count} exchanges of {len(statuses)} operations; {len(found)} kinds of complaint, {len(never)} operations never called")
    return bool(found or never or not count)


def a_good_exchange():
    problem = {"type": "urn:daybook:problem:not-found", "title": "Not Found", "status": 404, "detail": "There is no such issue.",
               "instance": "/api/v1/workspaces/acme/issues/ABC-1", "code": "not-found", "request_id": "r1"}
    return {"method": "GET", "target": "/api/v1/workspaces/acme/issues/ABC-1", "sent": "", "status": 404,
            "headers": [["Content-Type", "application/problem+json"], ["X-Request-Id", "r1"]], "body": json.dumps(problem)}


def a_good_page():
    return {"method": "GET", "target": "/api/v1/workspaces/acme/labels?limit=50", "sent": "", "status": 200,
            "headers": [["Content-Type", "application/json"], ["X-Request-Id", "r1"], ["Daybook-Position", "7"],
                        ["Daybook-Log", "0198c0de-0000-7000-8000-000000000001.1"], ["ETag", '"v1-7"']],
            "body": json.dumps({"data": [], "page": {"next": None, "prev": None, "limit": 50}})}


def changed_body(exchange, change):
    body = json.loads(exchange["body"])
    change(body)
    return {**exchange, "body": json.dumps(body)}


def without_header(exchange, name):
    return {**exchange, "headers": [h for h in exchange["headers"] if h[0] != name]}


def with_header(exchange, name, value):
    return {**without_header(exchange, name), "headers": without_header(exchange, name)["headers"] + [[name, value]]}


def wrong_exchanges():
    refusal, page = a_good_exchange(), a_good_page()
    yield "an undocumented status", {**refusal, "status": 418}
    yield "a success on an unknown path", {**page, "target": "/api/v1/nowhere"}
    yield "a missing member", changed_body(refusal, lambda b: b.pop("code"))
    yield "an unknown member", changed_body(refusal, lambda b: b.update(stack="main.cpp:1"))
    yield "a member of another type", changed_body(refusal, lambda b: b.update(status="404"))
    yield "an unknown member of a page", changed_body(page, lambda b: b["page"].update(total=3))
    yield "a row that lacks everything", changed_body(page, lambda b: b["data"].append({}))
    yield "another content type", with_header(refusal, "Content-Type", "text/html")
    yield "no content type", without_header(page, "Content-Type")
    yield "a missing header field", without_header(page, "Daybook-Position")
    yield "a broken header field", with_header(page, "Daybook-Position", "seven")
    yield "a body that is not JSON", {**page, "body": "<html>"}
    yield "an undocumented parameter that is accepted", {**page, "target": page["target"] + "&secret=1"}
    yield "a parameter out of range that is accepted", {**page, "target": page["target"].replace("50", "5000")}
    yield "a body after deletion", {"method": "DELETE", "target": "/api/v1/workspaces/acme/labels/1", "sent": "", "status": 204,
                                    "headers": page["headers"], "body": "{}"}
    yield "an undocumented body that is accepted", {
        "method": "POST", "target": "/api/v1/auth/logout", "sent": '{"refresh_token":"a","everywhere":true}', "status": 204,
        "headers": page["headers"], "body": ""}


def can_fail():
    contract = load_contract()
    broken = 0
    for exchange in (a_good_exchange(), a_good_page()):
        complaints = contract.complaints(copy.deepcopy(exchange))
        if complaints:
            broken += 1
            print(f"{exchange['target']} is as it should be, and yet: {complaints}")
    for what, exchange in wrong_exchanges():
        complaints = contract.complaints(exchange)
        print(f"{what}: {complaints[0] if complaints else 'NOT FOUND'}")
        broken += not complaints
    return bool(broken)


if len(sys.argv) != 2:
    print(__doc__)
    sys.exit(2)
sys.exit(1 if (can_fail() if sys.argv[1] == "--can-fail" else check(sys.argv[1])) else 0)
