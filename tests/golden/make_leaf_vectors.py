#!/usr/bin/env python3
"""Makes leaf_vectors.json: events, the preimages of their leaves, the leaves and the Merkle root over them.

An implementation of docs/log-format.md of its own, from the page alone and with nothing but the standard library, so
that the program and the page can be held against each other. Run it beside the file it writes:

    python3 tests/golden/make_leaf_vectors.py > tests/golden/leaf_vectors.json
"""
import datetime
import hashlib
import json
import uuid

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def field(value):
    """A presence byte, a big-endian length and the bytes; a lone zero byte for what is absent."""
    return b"\0" if value is None else b"\1" + len(value).to_bytes(4, "big") + value


def integer(number):
    return number.to_bytes(8, "big", signed=True)


def text(words):
    return None if words is None else words.encode("utf-8")


def identifier(words):
    return None if words is None else uuid.UUID(words).bytes


def instant(words):
    moment = datetime.datetime.strptime(words, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=datetime.timezone.utc)
    return integer((moment - EPOCH) // datetime.timedelta(microseconds=1))


FIELDS = [
    ("log_id", identifier), ("position", integer), ("event_id", identifier), ("stream_type", text),
    ("stream_id", identifier), ("stream_version", integer), ("type", text), ("schema_version", integer),
    ("workspace_id", identifier), ("actor_type", text), ("actor_id", identifier), ("via_type", text),
    ("via_id", identifier), ("origin", text), ("correlation_id", identifier), ("causation_id", identifier),
    ("depth", integer), ("recorded_at", instant), ("occurred_at", instant), ("data", text), ("personal", text),
]


def preimage(event):
    return b"\1" + b"".join(field(as_bytes(event.get(name))) for name, as_bytes in FIELDS)


def leaf(event):
    return hashlib.sha256(b"\0" + preimage(event)).digest()


def root(leaves):
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + root(leaves[:split]) + root(leaves[split:])).digest()


LEAST = {
    "log_id": "0190a1b2-0000-7000-8000-000000000001", "position": 1,
    "event_id": "0190a1b2-0000-7000-8000-000000000002", "stream_type": "user",
    "stream_id": "0190a1b2-0000-7000-8000-000000000003", "stream_version": 1, "type": "user.deleted",
    "schema_version": 1, "actor_type": "system", "via_type": "none", "origin": "command",
    "correlation_id": "0190a1b2-0000-7000-8000-000000000004", "depth": 0,
    "recorded_at": "2026-11-21T02:24:46.123456Z", "occurred_at": "2026-11-21T02:24:46.123456Z", "data": "{}",
}
FULL = {
    "workspace_id": "ffffffff-ffff-7fff-bfff-ffffffffffff", "actor_type": "api_key",
    "actor_id": "0190a1b2-0000-7000-8000-000000000005", "via_type": "api_key",
    "via_id": "0190a1b2-0000-7000-8000-000000000006", "origin": "import",
    "causation_id": "0190a1b2-0000-7000-8000-000000000007", "depth": 8,
    "personal": '[{"path":"/email","subject":"0190a1b2-0000-7000-8000-000000000003","key_version":1,'
                '"nonce":"AAAA","ciphertext":"c2VhbGVk"}]',
}


def vectors():
    yield "only what is required", {}
    yield "every optional field", FULL
    for name in ("workspace_id", "actor_id", "via_id", "causation_id", "personal"):
        yield "only the optional field " + name, {name: FULL[name]}
    yield "text beyond ASCII and odd white space, byte for byte", {
        "position": 8, "type": "issue.edited", "stream_type": "issue",
        "data": '{"title":"Grüße 漢字 🙂","custom_fields":{ "b" : 1,\n\t"a":"\\u00e9" }}'}
    yield "large numbers and a time before 1970", {
        "position": 9223372036854775807, "stream_version": 4294967296, "schema_version": 255, "depth": 256,
        "occurred_at": "1969-12-31T23:59:59.999999Z"}
    yield "empty personal is not absent personal", {"personal": ""}
    yield "data longer than 65535 bytes", {"data": '{"words":"' + "x" * 65536 + '"}'}


def main():
    made = []
    leaves = []
    for name, changes in vectors():
        event = {**LEAST, **changes}
        leaves.append(leaf(event))
        long = len(event["data"]) > 1000
        made.append({"name": name, "event": event,
                     **({"preimage_sha256": hashlib.sha256(preimage(event)).hexdigest()} if long
                        else {"preimage": preimage(event).hex()}),
                     "leaf": leaves[-1].hex()})
    roots = [root(leaves[:size]).hex() for size in range(len(leaves) + 1)]
    print(json.dumps({"format": 1, "vectors": made, "roots": roots}, ensure_ascii=False, indent=1))


main()
