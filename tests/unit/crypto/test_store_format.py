# SPDX-License-Identifier: MIT
"""An outsider opens a header with nothing but what `docs/formats/store.md` says."""

import base64
import hashlib
import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from rkv_app.crypto.identity import Identity
from rkv_app.crypto.kdf import KdfCost
from rkv_app.crypto.key_header import header_bytes, new_header
from rkv_app.crypto.keyslots import add_office, add_passphrase, add_quick, add_recovery
from rkv_app.crypto.recovery_words import new_recovery_words, word_list

Openssl = Callable[..., subprocess.CompletedProcess[bytes]]

STORE = "c0d7cf9c-d0e8-41b3-892d-a1bb9c138613"
KEY = bytes(range(32))
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WORDS = new_recovery_words()


@pytest.fixture(scope="module")
def content(identity: Identity) -> dict:
    made = add_passphrase(new_header(STORE), KEY, "på tide å øve", KdfCost(8192, 1, 1), "Kontoret", NOW)
    made = add_recovery(made, KEY, WORDS, "Ark i safen", NOW)
    made = add_quick(made, KEY, bytes(32), NOW + timedelta(hours=8), "start-1", NOW)
    made = add_office(made, KEY, identity.sealing_certificate, "Kontoret på Ås", NOW)
    first_line, _, body = header_bytes(made, KEY).partition(b"\n")
    assert first_line.decode() == f"rkv-store/2 {hashlib.sha256(body).hexdigest()}"
    return json.loads(body)


def written(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def associated(content: dict, slot: dict) -> bytes:
    return written(["rkv-store/2", content["store"], {name: slot[name] for name in slot if name != "wrapped"}])


def opened(content: dict, slot: dict, wrapping_key: bytes) -> bytes:
    nonce, wrapped = base64.b64decode(slot["nonce"]), base64.b64decode(slot["wrapped"])
    return AESGCM(wrapping_key).decrypt(nonce, wrapped, associated(content, slot))


def expanded(secret: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, None, info).derive(secret)


def test_a_passphrase(content: dict) -> None:
    slot = content["slots"][0]
    kdf = slot["kdf"]
    derived = Argon2id(
        salt=base64.b64decode(slot["salt"]),
        length=32,
        iterations=kdf["iterations"],
        lanes=kdf["lanes"],
        memory_cost=kdf["memory_kib"],
    ).derive("på tide å øve".encode())

    assert opened(content, slot, derived) == KEY


def test_recovery_words(content: dict) -> None:
    bits = "".join(f"{word_list().index(word):011b}" for word in WORDS.split())
    secret = int(bits[:256], 2).to_bytes(32, "big")

    assert int(bits[256:], 2) == hashlib.sha256(secret).digest()[0]
    assert opened(content, content["slots"][1], expanded(secret, b"rkv-store/2 recovery")) == KEY


def test_quick_unlock(content: dict) -> None:
    assert opened(content, content["slots"][2], expanded(bytes(32), b"rkv-store/2 quick unlock")) == KEY


def test_an_office_key_with_openssl(content: dict, openssl: Openssl, tmp_path: Path) -> None:
    slot = content["slots"][3]
    (tmp_path / "wrapped.der").write_bytes(base64.b64decode(slot["wrapped"]))

    done = openssl(
        *("cms", "-decrypt", "-binary", "-inform", "DER", "-in", "wrapped.der"),
        *("-inkey", "seal-key.pem", "-recip", "seal-cert.pem", "-out", "content"),
    )

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "content").read_bytes() == KEY + hashlib.sha256(associated(content, slot)).digest()


def test_the_seal(content: dict) -> None:
    nonce, tag = (base64.b64decode(content["seal"][name]) for name in ("nonce", "tag"))
    sealed = written({name: content[name] for name in ("slots", "store")})

    assert AESGCM(expanded(KEY, b"rkv-store/2 header seal")).decrypt(nonce, tag, sealed) == b""
