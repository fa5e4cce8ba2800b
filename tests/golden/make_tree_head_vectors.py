#!/usr/bin/env python3
"""Makes tree_head_vectors.json: the bytes that a tree head signs, and their Ed25519 signatures.

An implementation of the page docs/log-format.md of its own; the signatures come from the package `cryptography`
(python3-cryptography). Run it beside the file it writes:

    python3 tests/golden/make_tree_head_vectors.py > tests/golden/tree_head_vectors.json
"""
import hashlib
import json
import uuid

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

CASES = [
    (bytes(range(32)), "0190b6a4-7c00-7abc-8def-0123456789ab", 1, 1, hashlib.sha256(b"\0one").digest(), 1795239465250001),
    (bytes(range(32)), "0190b6a4-7c00-7abc-8def-0123456789ab", 1795248000, 5_000_000_000,
     hashlib.sha256(b"\1many").digest(), 1795248001000000),
    (b"\xff" * 32, "ffffffff-ffff-4fff-bfff-ffffffffffff", 2, 0, hashlib.sha256(b"").digest(), -1),
]


def integer(number):
    return number.to_bytes(8, "big", signed=True)


def vector(seed, log, epoch, size, root, signed_at):
    message = b"daybook tree head 1\n" + uuid.UUID(log).bytes + integer(epoch) + integer(size) + root + integer(signed_at)
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return {"seed": seed.hex(), "public_key": public.hex(), "log_id": log, "epoch": epoch, "size": size, "root": root.hex(),
            "signed_at_us": signed_at, "message": message.hex(), "signature": key.sign(message).hex()}


print(json.dumps([vector(*case) for case in CASES], indent=2))
