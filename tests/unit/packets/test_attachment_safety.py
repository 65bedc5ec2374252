# SPDX-License-Identifier: MIT
"""What a stranger attached is looked at, named and marked before anybody opens it, and never opened by the program."""

import io
import os
import sys
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.packets.attachment_safety import Danger, examine, mark_as_downloaded, shown_name

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAIN_PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF"


def pdf(more: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj << /Type /Catalog " + more + b" >> endobj\n%%EOF"


def office(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b"<w/>")
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def in_object_stream(content: bytes) -> bytes:
    packed = zlib.compress(content)
    return pdf(b"") + b"\n2 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n" + packed + b"\nendstream"


TEMPLATE = (
    b'<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://127.0.0.1/evil.dotm" TargetMode="External"/>'
)
FOUND = {
    "javascript": (pdf(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), {Danger.SCRIPT}),
    "javascript in hexadecimal": (pdf(b"/OpenAction << /S /J#61vaScript /#4a#53 (x) >>"), {Danger.SCRIPT}),
    "javascript in an object stream": (in_object_stream(b"1 0 << /S /JavaScript /JS (x) >>"), {Danger.SCRIPT}),
    "launch": (pdf(b"/OpenAction << /S /Launch /F (cmd.exe) >>"), {Danger.LAUNCHES}),
    "embedded file": (pdf(b"/Names << /EmbeddedFiles 3 0 R >>"), {Danger.CARRIES_FILES}),
    "form that sends": (pdf(b"/A << /S /SubmitForm /F (http://127.0.0.1) >>"), {Danger.SENDS}),
    "encrypted": (pdf(b"/Encrypt 4 0 R"), {Danger.LOCKED}),
    "object stream that does not inflate": (
        pdf(b"") + b"<< /Type /ObjStm >>\nstream\r\nnot deflated",
        {Danger.NOT_EXAMINED},
    ),
    "macros": (office(**{"word/vbaProject.bin": b"x"}), {Danger.UNKNOWN_KIND, Danger.MACROS}),
    "embedded object": (office(**{"word/embeddings/oleObject1.bin": b"x"}), {Danger.CARRIES_FILES}),
    "template from the network": (office(**{"word/_rels/settings.xml.rels": TEMPLATE}), {Danger.SENDS}),
    "program": (b"MZ\x90\0" + bytes(100), {Danger.UNKNOWN_KIND}),
    "web page": (b"<html><script>alert(1)</script></html>", {Danger.UNKNOWN_KIND}),
    "drawing with a script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', {Danger.UNKNOWN_KIND}),
    "script": (b"#!/bin/sh\nrm -rf /\n", {Danger.UNKNOWN_KIND}),
    "old Word": (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), {Danger.UNKNOWN_KIND}),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_could_act_by_itself_is_found(name: str) -> None:
    content, dangers = FOUND[name]
    found = examine(content)
    assert set(found.dangers) == dangers
    assert found.code == ("RKV-PKT-045" if Danger.UNKNOWN_KIND in dangers else "RKV-PKT-046")
    assert len(found.warnings) == len(dangers)
    assert all(str(warning).endswith(".") for warning in found.warnings)


@pytest.mark.parametrize("content", [PLAIN_PDF, office(), b"Bl\xc3\xa5b\xc3\xa6r\n", b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_an_honest_document_is_taken_without_a_warning(content: bytes) -> None:
    found = examine(content)
    assert (found.dangers, found.allowed, found.code) == ((), True, "")


def test_a_kind_other_than_the_sender_says_is_no_document() -> None:
    assert examine(PLAIN_PDF, DOCX).dangers == (Danger.OTHER_KIND,)
    assert examine(PLAIN_PDF, DOCX).code == "RKV-PKT-045"
    assert examine(PLAIN_PDF, "application/pdf").allowed


def test_a_file_of_any_size_is_looked_at_in_little_memory(tmp_path: Path) -> None:
    bomb = zlib.compress(bytes(80 * 2**20), 9)
    large = tmp_path / "large.pdf"
    with large.open("wb") as out:
        out.write(pdf(b""))
        for _ in range(300):
            out.write(b"<< /Type /ObjStm >>\nstream\r\n" + bomb[:60_000] + b"\nendstream\n")
        out.write(pdf(b"/S /Launch"))
    with large.open("rb") as content:
        tracemalloc.start()
        found = examine(content)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert Danger.NOT_EXAMINED in found.dangers
    assert peak < 16 * 2**20


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([*(content for content, _ in FOUND.values()), PLAIN_PDF]), st.integers(0, 2000), st.binary())
def test_no_content_breaks_the_search(content: bytes, place: int, put: bytes) -> None:
    at = place % len(content)
    examine(content[:at] + put + content[at + len(put) :])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("søknad.pdf", "søknad.pdf"),
        ("regning\u202efdp.exe", r"regning\u{202e}fdp.exe"),
        ("a\nb\0.txt", r"a\u{000a}b\u{0000}.txt"),
        ("usynlig\u200b.pdf", r"usynlig\u{200b}.pdf"),
    ],
)
def test_a_name_is_shown_with_what_nobody_sees_written_out(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_long_name_keeps_its_ending() -> None:
    assert len(shown_name("a" * 500 + ".pdf.exe")) == 120
    assert shown_name("a" * 500 + ".pdf.exe").endswith(".pdf.exe")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="extended attributes as Linux has them")
def test_a_saved_file_is_marked_as_come_from_outside(tmp_path: Path) -> None:
    saved = tmp_path / "a.pdf"
    saved.write_bytes(PLAIN_PDF)
    if mark_as_downloaded(saved):
        assert os.getxattr(saved, "user.xdg.origin.url")
    assert saved.read_bytes() == PLAIN_PDF


def test_a_file_that_cannot_be_marked_is_no_failure(tmp_path: Path) -> None:
    assert mark_as_downloaded(tmp_path / "nothing-here") is False
