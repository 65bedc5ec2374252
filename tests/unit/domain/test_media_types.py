# SPDX-License-Identifier: MIT
"""A file is what its content says, and its name says the same."""

import io
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rkv_app.domain.media_types import HEAD, TAIL, may_be_known, media_type, safe_name

_PDF = "application/pdf"
_ODT = "application/vnd.oasis.opendocument.text"
_ASIC = "application/vnd.etsi.asic-e+zip"


def _zipped(*names: str, says: str = "") -> bytes:
    octets = io.BytesIO()
    with zipfile.ZipFile(octets, "w") as archive:
        if says:
            archive.writestr("mimetype", says)
        for name in names:
            archive.writestr(name, "x" * 50)
    return octets.getvalue()


def _kind(octets: bytes) -> str | None:
    return media_type(octets[:HEAD], octets[-TAIL:])


_HEIC = (24).to_bytes(4, "big") + b"ftypmif1\0\0\0\0mif1heic"
_AVIF = (24).to_bytes(4, "big") + b"ftypavif\0\0\0\0mif1avif"
_SEALED = bytes.fromhex("3080060b2a864886f70d0109100117a080")


@pytest.mark.parametrize(
    ("octets", "kind"),
    [
        (b"%PDF-1.7\n", _PDF),
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"II*\0\x08", "image/tiff"),
        (b"MM\0*\0", "image/tiff"),
        (_HEIC, "image/heic"),
        (_SEALED, "application/pkcs7-mime"),
        ("# Notat\næøå".encode(), "text/plain"),
        ("navn;år\næøå;1".encode("cp1252"), "text/plain"),
        (b"\xef\xbb\xbfa,b\r\n", "text/plain"),
        (_zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "docx"),
        (_zipped("xl/workbook.xml", "[Content_Types].xml"), "xlsx"),
        (_zipped("content.xml", says=_ODT), _ODT),
        (_zipped("META-INF/manifest.xml", says=_ASIC), _ASIC),
    ],
)
def test_kinds_that_document_work_are_known(octets: bytes, kind: str) -> None:
    office = {"docx": "wordprocessingml.document", "xlsx": "spreadsheetml.sheet"}.get(kind)
    expected = f"application/vnd.openxmlformats-officedocument.{office}" if office else kind
    assert _kind(octets) == expected
    assert may_be_known(octets[:HEAD])


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"MZ\x90\0",
        b"\x7fELF\x02",
        b"\xca\xfe\xba\xbe\0\0\0\x34",
        b"#!/bin/sh\n",
        b"@echo off\r\n",
        b"  <!DOCTYPE html>",
        b"\xef\xbb\xbf<script>",
        b'<?xml version="1.0"?><svg/>',
        b"<svg onload=x>",
        b"{\\rtf1",
        b"%!PS-Adobe",
        b"\x1b[2J",
        "tekst".encode("utf-16"),
        _AVIF,
        _zipped("a.txt"),
        _zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        _zipped("content.xml", "Basic/script-lb.xml", says=_ODT),
        _zipped("[Content_Types].xml", "ppt/presentation.xml"),
        _zipped("x", says="application/epub+zip"),
        _zipped("[Content_Types].xml", "word/document.xml")[:-1],
        b"x" + _zipped("[Content_Types].xml", "word/document.xml"),
    ],
)
def test_everything_else_is_of_no_known_kind(octets: bytes) -> None:
    assert _kind(octets) is None


@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda some: b"PK\x03\x04" + some + b"PK\x05\x06" + some))
def test_no_content_is_an_error(octets: bytes) -> None:
    _kind(octets)
    may_be_known(octets)


@given(st.integers(0, 400), st.integers(0, 255))
def test_a_broken_list_of_files_is_no_error(place: int, value: int) -> None:
    octets = bytearray(_zipped("[Content_Types].xml", "word/document.xml", "a"))
    octets[place % len(octets)] = value
    _kind(bytes(octets))


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("Kursbevis Øst.PDF", _PDF, "Kursbevis Øst.PDF"),
        ("../../etc/passwd", _PDF, "passwd.pdf"),
        ("C:\\Users\\kari\\bevis.pdf", _PDF, "bevis.pdf"),
        ("bevis.pdf.exe", _PDF, "bevis.pdf.exe.pdf"),
        ("start.bat", "text/plain", "start.bat.txt"),
        ("liste.csv", "text/plain", "liste.csv"),
        ("be\u202evis\x00.pdf", _PDF, "bevis.pdf"),
        ("to\n\u00a0linjer.pdf", _PDF, "to linjer.pdf"),
        ("con.pdf", _PDF, "_con.pdf"),
        ("", _PDF, "_.pdf"),
        ("...", _PDF, "_.pdf"),
        (".pdf", _PDF, "pdf.pdf"),
        ('a<b>:"|?*.pdf', _PDF, "ab.pdf"),
    ],
)
def test_a_name_is_kept_without_what_could_mislead(name: str, kind: str, kept: str) -> None:
    assert safe_name(name, kind) == kept


@given(st.text(max_size=300))
@example("0\x85\x1b\r0")
def test_any_name_becomes_one_that_every_system_can_write(name: str) -> None:
    kept = safe_name(name, _PDF)
    assert 0 < len(kept) <= 120
    assert kept.lower().endswith(".pdf")
    assert not set('/\\<>:"|?*\0\n') & set(kept)
    assert kept == kept.strip()
    kept.encode()
    assert safe_name(kept, _PDF) == kept
