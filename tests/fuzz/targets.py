# SPDX-License-Identifier: MIT
"""What is fuzzed: every parser that meets bytes from strangers, each with what it must never say yes to.

A target takes any bytes and returns whether they were accepted. A refusal is a UserError; every other exception is a
crash, and accepting what nobody made is an AssertionError. The keys are fixed, so a kept corpus goes on opening.
"""

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from unittest.mock import patch

from rkv_app.crypto import passwords
from rkv_app.crypto.envelope import OpenWith, SpokenCode, unseal
from rkv_app.crypto.signing import verify_detached
from rkv_app.foundation.errors import UserError
from rkv_app.packets import attachment_safety
from rkv_app.packets.cards import read_card, read_payload
from rkv_app.packets.checking import check_signed_container
from rkv_app.packets.container import read_container
from rkv_app.packets.json_reading import canonical_json, clean_text
from rkv_app.packets.manifest import Manifest, Reference, read_manifest, write_manifest
from rkv_app.packets.messages import read_message
from rkv_app.packets.xml_reading import parse_untrusted_xml
from support import broken_files, hand_made, honest_parts

PLAIN = b"what was sealed " * 8
SIGNED = b"what was signed"
FILES: Mapping[str, bytes] = {"a.txt": b"one" * 30, "b.txt": b"two"}


@dataclass(frozen=True)
class Target:
    """A parser, and honest inputs to start from.

    Attributes:
        accepts: whether it takes some bytes.
        longest: how many bytes an input may have.
    """

    accepts: Callable[[bytes], bool]
    seeds: Callable[[], Mapping[str, bytes]]
    longest: int = 4096


def _opened(data: bytes, opener: OpenWith) -> bool:
    out = io.BytesIO()
    try:
        unseal(io.BytesIO(data), out, opener)
    except UserError:
        return False
    assert out.getvalue() == PLAIN, "a seal was accepted around other bytes"
    return True


def _cms_with_key(data: bytes) -> bool:
    return _opened(data, hand_made.identity("county"))


def _cms_with_code(data: bytes) -> bool:
    # The real derivation is there to be slow; the parser in front of it is what is tried here.
    with patch.object(passwords, "derive", _quick_derivation):
        return _opened(data, SpokenCode(hand_made.CODE))


def _quick_derivation(secret: bytes, salt: bytes, iterations: int) -> bytes:
    if (salt, iterations) == (hand_made.SALT, hand_made.ITERATIONS):
        return _right_key(secret)
    return hashlib.sha256(secret + salt).digest()


@cache
def _right_key(secret: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", secret, hand_made.SALT, hand_made.ITERATIONS, 32)


def _cms_seeds() -> Mapping[str, bytes]:
    by_key = hand_made.key_info(hand_made.identity("county").sealing_certificate)
    by_code = hand_made.code_info()
    other = hand_made.key_info(hand_made.identity("adviser").sealing_certificate)
    definite = hand_made.Seal(infos=[by_key]).around(PLAIN)
    return {
        "key": definite,
        "key-and-others": hand_made.Seal(infos=[other, by_key, by_code]).around(PLAIN),
        "code": hand_made.Seal(infos=[by_code]).around(PLAIN),
        "streamed": hand_made.streamed([by_key, by_code], PLAIN),
    }


def _signature(data: bytes) -> bool:
    try:
        found = verify_detached(data, SIGNED)
    except UserError:
        return False
    assert found.certificate == hand_made.identity("adviser").signing_certificate, "somebody else's signature"
    return True


def _signature_seeds() -> Mapping[str, bytes]:
    signer = hand_made.identity("adviser")
    return {"cades": hand_made.signed_data(SIGNED, signer.signing_key, signer.signing_certificate)}


def _zip(data: bytes) -> bool:
    try:
        found = read_container(data)
    except UserError:
        return False
    # Whoever opens the file with a stock tool must see the very files that were checked.
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name != "mimetype"]
        assert sorted(names) == sorted({**found.files, **found.meta}), "other files than unzip sees"
        for name, content in {**found.files, **found.meta}.items():
            assert archive.read(name) == content, "other content than unzip sees"
    return True


def _signed_zip(data: bytes) -> bool:
    try:
        found = check_signed_container(data)
    except UserError:
        return False
    assert dict(found.container.files) == FILES, "a signature was accepted over other files"
    return True


def _zip_seeds() -> Mapping[str, bytes]:
    files = honest_parts.signed(FILES, {"META-INF/manifest.xml": b"<manifest/>"})
    return {
        "stored": honest_parts.zipped(files),
        "deflated": honest_parts.zipped(files, deflate=True),
        "descriptors": honest_parts.zipped(files, deflate=True, descriptors=True),
    }


def _manifest(data: bytes) -> bool:
    try:
        found = read_manifest(data)
    except UserError:
        return False
    assert len({each.name for each in found.references}) == len(found.references) > 0, "a name twice, or none"
    assert all(len(each.digest) == 32 for each in found.references), "no digest"
    assert read_manifest(write_manifest(found)) == found, "it reads otherwise the second time"
    return True


def _manifest_seeds() -> Mapping[str, bytes]:
    digest = hashlib.sha256(b"x").digest()
    references = (Reference("rkv.json", "application/json", digest, root=True), Reference("a.pdf", "a/b", digest))
    written = write_manifest(Manifest("META-INF/signature-1.p7s", references))
    return {
        "ours": written,
        "aliases": written.replace(b"/02918/", b"/2918/").replace(b"2001/04/xmlenc#", b"2000/09/xmldsig#"),
    }


def _xml(data: bytes) -> bool:
    try:
        root = parse_untrusted_xml(data)
    except UserError:
        return False
    assert not root.getroottree().docinfo.doctype, "a document type"
    return True


def _xml_seeds() -> Mapping[str, bytes]:
    return {
        "archive": honest_parts.message_files()["arkivmelding.xml"],
        "doctype": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        "utf16": '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"),
        "nested": b"<a>" * 20 + b"</a>" * 20,
    }


def _message(data: bytes) -> bool:
    try:
        found = read_message(data)
    except UserError:
        return False
    tree = json.loads(data)
    assert tree["schema"] == "rkv-pakke/1", "another schema"
    assert found.message_id == tree["meldingId"], "another message"
    plain = found.model_dump(mode="json", by_alias=True)
    _assert_clean(plain)
    assert read_message(canonical_json(plain)) == found, "it reads otherwise the second time"
    return True


def _assert_clean(value: object) -> None:
    if isinstance(value, str):
        assert clean_text(value) == value, "hidden signs were left"
    elif isinstance(value, dict):
        for part in value.values():
            _assert_clean(part)
    elif isinstance(value, list):
        for part in value:
            _assert_clean(part)


def _message_seeds() -> Mapping[str, bytes]:
    return {kind: files["rkv.json"] for kind, files in honest_parts.every_message().items()}


def _card(data: bytes) -> bool:
    try:
        found = read_card(data)
    except UserError:
        return False
    assert found == honest_parts.card("adviser"), "a card that its owner did not sign"
    return True


def _card_seeds() -> Mapping[str, bytes]:
    payload = honest_parts.card_payload("adviser")
    return {"card": honest_parts.card_file("adviser", payload)}


def _card_payload(data: bytes) -> bool:
    """What a stranger may have signed: here any bytes count as signed."""
    try:
        found = read_payload(data)
    except UserError:
        return False
    _assert_clean(found.party.name)
    return True


def _card_payload_seeds() -> Mapping[str, bytes]:
    payload = honest_parts.card_payload("adviser")
    return {"payload": payload, "spaced": json.dumps(json.loads(payload), indent=1).encode()}


def _attachment(data: bytes) -> bool:
    """The search for what could act by itself refuses nothing; it must only come to an end."""
    return attachment_safety.examine(data).allowed


def _attachment_seeds() -> Mapping[str, bytes]:
    return {
        "pdf": broken_files.pdf(b"/OpenAction << /S /J#61vaScript /JS (x) >>"),
        "objects": honest_parts.PDF
        + b"<< /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n"
        + zlib.compress(b"1 0 << /S /Launch >>"),
        "docx": broken_files.office(**{"word/embeddings/a.bin": b"x", "word/_rels/settings.xml.rels": b"<a/>"}),
    }


TARGETS: Mapping[str, Target] = {
    "cms-key": Target(_cms_with_key, _cms_seeds, 2048),
    "cms-code": Target(_cms_with_code, _cms_seeds, 2048),
    "signature": Target(_signature, _signature_seeds, 2048),
    "zip": Target(_zip, _zip_seeds),
    "zip-signed": Target(_signed_zip, _zip_seeds),
    "manifest": Target(_manifest, _manifest_seeds),
    "xml": Target(_xml, _xml_seeds),
    "message": Target(_message, _message_seeds, 16384),
    "card": Target(_card, _card_seeds, 8192),
    "card-payload": Target(_card_payload, _card_payload_seeds, 8192),
    "attachment": Target(_attachment, _attachment_seeds),
}
