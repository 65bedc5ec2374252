# SPDX-License-Identifier: MIT
"""The format's document is enough: a reader written from it alone reads every type, and refuses what it must."""

import ast
import shutil
from pathlib import Path

import pytest

from rkv_app.crypto.codes import code_words
from rkv_app.crypto.identity import pem_files
from rkv_app.domain.exchange import MessageType
from rkv_app.packets.opening import open_packet
from support import broken_files, hand_made, outside_reader
from support import packet_samples as samples

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed")
SOURCE = Path(outside_reader.__file__)


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    for name, pem in pem_files(samples.identity("county")).items():
        (tmp_path / name).write_bytes(pem)
    return tmp_path


@pytest.mark.parametrize("kind", list(samples.CONTENTS), ids=lambda kind: kind.value)
def test_it_reads_every_type_with_a_key_and_with_the_code(keys: Path, kind: MessageType) -> None:
    built = samples.built(kind)
    packet = keys / built.file_name
    packet.write_bytes(built.data)
    ours = open_packet(built.data, samples.identity("county"))
    read = outside_reader.read(packet, keys, key=keys / "seal-key.pem", certificate=keys / "seal-cert.pem")
    assert read.message["type"] == kind.value
    assert read.message["meldingId"] == ours.message_id
    assert read.files == dict(ours.documents)
    assert outside_reader.read(packet, keys, code=samples.CODE).message == read.message
    assert outside_reader.read(packet, keys, code=", ".join(code_words(samples.CODE))).message == read.message


# What stock tools let through is for a reader to refuse by itself, as the document says.
SEEN_BY_IT = [
    "cbc-enveloped",
    "cbc-in-auth-enveloped",
    "tag-of-4-bytes",
    "tag-flipped",
    "bytes-after-the-seal",
    "name-upwards",
    "name-twice-in-another-case",
    "no-signature-file",
    "manifest-names-another-signature",
    "two-manifests",
    "file-not-covered",
    "file-changed-after-signing",
    "unknown-file-in-meta-inf",
    "signer-is-not-the-sender",
    "forwarded-under-a-new-seal",
    "json-key-twice",
]


@pytest.mark.parametrize("name", SEEN_BY_IT)
def test_it_refuses_what_the_document_says_to_refuse(tmp_path: Path, name: str) -> None:
    packet = tmp_path / "hostile.rkvpakke"
    packet.write_bytes(broken_files.sealed_form(name))
    with pytest.raises(outside_reader.Refused):
        outside_reader.read(packet, tmp_path, code=hand_made.CODE)


def test_it_is_short_and_knows_nothing_of_this_program() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 150
    imported = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(text))
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else []
        )
    }  # fmt: skip
    assert imported <= {"base64", "dataclasses", "json", "pathlib", "re", "subprocess", "typing", "zipfile"}
