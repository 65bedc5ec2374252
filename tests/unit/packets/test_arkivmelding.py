# SPDX-License-Identifier: MIT
"""The archive is told what the files are, and nothing about the person."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from rkv_app.domain.exchange import MessageType
from rkv_app.packets.arkivmelding import ArchiveFacts, ArchiveFile, describes, write_arkivmelding
from support import packet_forgery as forgery
from support import packet_samples as samples

FACTS = ArchiveFacts(
    type=MessageType.APPLICATION,
    message_id="11111111-2222-4333-8444-555555555555",
    conversation_id=samples.CONVERSATION,
    unit="Nav Øvingsby",
    at=samples.AT,
)
FILES = (
    ArchiveFile(name="hoveddokument.pdf", media_type="application/pdf", data=samples.PDF, main=True),
    ArchiveFile(name="rkv.json", media_type="application/json", data=b"{}"),
)
NOARK = {"n": "http://www.arkivverket.no/standarder/noark5/arkivmelding"}


@pytest.mark.parametrize("kind", list(MessageType), ids=lambda kind: kind.value)
def test_it_follows_the_noark_schema(shared: Path, kind: MessageType) -> None:
    schema = etree.XMLSchema(etree.parse(shared / "schemas/arkivmelding-noark5/arkivmelding.xsd"))
    schema.assertValid(etree.fromstring(write_arkivmelding(replace(FACTS, type=kind), FILES)))


def test_every_file_is_named_as_in_the_container_with_format_size_and_digest() -> None:
    root = etree.fromstring(write_arkivmelding(FACTS, FILES))
    assert root.findtext("n:antallFiler", namespaces=NOARK) == "2"
    names = root.xpath("//n:referanseDokumentfil/text()", namespaces=NOARK)
    assert names == ["hoveddokument.pdf", "rkv.json"]
    described = root.xpath("//n:dokumentbeskrivelse/n:beskrivelse/text()", namespaces=NOARK)
    assert hashlib.sha256(samples.PDF).hexdigest() in described[0]
    assert f"filstoerrelse {len(samples.PDF)};" in described[0]


def test_it_is_exempt_from_public_access_with_the_legal_ground() -> None:
    root = etree.fromstring(write_arkivmelding(FACTS, FILES))
    assert set(root.xpath("//n:skjerming/n:tilgangsrestriksjon/text()", namespaces=NOARK)) == {"Unntatt offentlighet"}
    assert "Offl. § 13" in root.findtext(".//n:skjermingshjemmel", "", namespaces=NOARK)


def test_the_systems_own_metadata_is_the_two_ids_alone() -> None:
    root = etree.fromstring(write_arkivmelding(FACTS, FILES))
    (own,) = root.xpath("//n:virksomhetsspesifikkeMetadata", namespaces=NOARK)
    assert [etree.QName(child).localname for child in own] == ["messageId", "samtaleId"]


def test_no_person_is_named_in_the_packets_archive_description() -> None:
    text = forgery.honest().files["arkivmelding.xml"].decode()
    for word in ("Mann", "Åse", "Kari", "KM9001", "Øvingsfaget", "Øvingskafeen"):
        assert word not in text


def test_the_sender_without_a_unit_is_still_described(shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(shared / "schemas/arkivmelding-noark5/arkivmelding.xsd"))
    schema.assertValid(etree.fromstring(write_arkivmelding(replace(FACTS, unit="\x00 "), FILES)))


def test_a_list_that_differs_from_the_files_is_noticed() -> None:
    data = write_arkivmelding(FACTS, FILES)
    record = next(file for file in FILES if file.name == "rkv.json")
    others = [file for file in FILES if file is not record]
    assert describes(data, FILES)
    assert not describes(data, [*others, replace(record, data=b"{ }")])
    assert not describes(data, [record])
    assert not describes(data.replace(b"rkv.json", b"hoveddokument.pdf"), FILES)
