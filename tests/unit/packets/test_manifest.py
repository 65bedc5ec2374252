# SPDX-License-Identifier: MIT
"""The manifest is read as strictly as it is written, and XML can do nothing but be read."""

import pytest

from rkv_app.foundation.errors import UserError
from rkv_app.packets.manifest import Manifest, Reference, read_manifest, write_manifest
from rkv_app.packets.xml_reading import parse_untrusted_xml

REFERENCES = (
    Reference("a.xml", "application/xml", b"\1" * 32, root=True),
    Reference("b.pdf", "application/pdf", b"\2" * 32),
)
HONEST = Manifest("META-INF/signature-1.p7s", REFERENCES)


def test_what_is_written_is_read_back() -> None:
    assert read_manifest(write_manifest(HONEST)) == HONEST


def edited(old: str, new: str) -> bytes:
    text = write_manifest(HONEST).decode()
    assert old in text
    return text.replace(old, new).encode()


SECOND_REFERENCE = '<asic:SigReference URI="x" MimeType="y"/><asic:DataObjectReference URI="a.xml"'
WRONG = {
    "no_signature": edited("SigReference", "Other"),
    "two_signatures": edited('<asic:DataObjectReference URI="a.xml"', SECOND_REFERENCE),
    "a_file_twice": edited("b.pdf", "a.xml"),
    "sha1_digests": edited("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha1"),
    "a_short_digest": edited("AQEBAQEBAQEBAQEB", ""),
    "another_root": edited("ASiCManifest", "ASiCEvidence"),
    "another_namespace": edited("02918/v1.2.1", "02918/v9"),
    "a_critical_extension": edited("</asic:ASiCManifest>", "<asic:ASiCManifestExtensions/></asic:ASiCManifest>"),
    "no_files": write_manifest(Manifest("META-INF/signature-1.p7s", ())),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_manifest_that_is_not_exactly_right_is_refused(case: str) -> None:
    with pytest.raises(UserError) as caught:
        read_manifest(WRONG[case])
    assert caught.value.code == ("RKV-PKT-040" if case == "two_signatures" else "RKV-PKT-013")


def test_the_names_older_norwegian_writers_use_are_understood() -> None:
    old = edited("http://www.w3.org/2001/04/xmlenc#sha256", "http://www.w3.org/2000/09/xmldsig#sha256")
    assert read_manifest(old.replace(b"02918/", b"2918/")) == HONEST


LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
UNSAFE = {
    "a_document_type": b'<!DOCTYPE a SYSTEM "http://localhost/x.dtd"><a/>',
    "an_external_entity": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    "billion_laughs": f'<!DOCTYPE a [<!ENTITY e0 "ha">{LAUGHS}]><a>&e8;</a>'.encode(),
    "a_document_type_in_utf16": '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><a/>'.encode(
        "utf-16"
    ),
    "a_document_type_in_utf7": b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE a+AD4-<a/>',
    "not_xml": b"hello",
    "nothing": b"",
    "cut_short": b"<a><b>",
    "too_deep": b"<a>" * 5000 + b"</a>" * 5000,
    "too_large": b"<a>" + b" " * (4 * 2**20) + b"</a>",
}


@pytest.mark.parametrize("case", UNSAFE)
def test_unsafe_xml_is_refused(case: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_untrusted_xml(UNSAFE[case])
    assert caught.value.code == "RKV-PKT-015"
