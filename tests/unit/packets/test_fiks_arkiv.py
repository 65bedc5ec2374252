# SPDX-License-Identifier: MIT
"""The archive description for Fiks Arkiv follows its schema, and tells nothing of the person."""

import hashlib
from pathlib import Path

import pytest
from lxml import etree

from rkv_app.domain.exchange import MessageType
from rkv_app.packets.arkivmelding import ArchiveFacts, ArchiveFile, MeasuredArchiveFile, write_arkivmelding
from rkv_app.packets.exports.fiks_arkiv import write_fiks_arkivmelding
from support import packet_samples as samples

SCHEMA = "schemas/fiks-arkiv-v1/no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd"
NS = {
    "a": "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1",
    "m": "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/metadatakatalog/v1",
}
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
    ArchiveFile(name="vedlegg-01.docx", media_type="application/x-something", data=b"PK"),
)


@pytest.mark.parametrize("unit", ["Nav Øvingsby", "\x00 ", "<&\u202e>"])
def test_it_follows_the_schema_of_fiks_arkiv(shared: Path, unit: str) -> None:
    facts = ArchiveFacts(
        type=FACTS.type, message_id=FACTS.message_id, conversation_id=FACTS.conversation_id, unit=unit, at=FACTS.at
    )
    schema = etree.XMLSchema(etree.parse(shared / SCHEMA))
    schema.assertValid(etree.fromstring(write_fiks_arkivmelding(facts, FILES)))


def test_every_file_is_listed_with_name_type_size_and_digest() -> None:
    root = etree.fromstring(write_fiks_arkivmelding(FACTS, FILES))
    assert root.findtext("a:antallFiler", namespaces=NS) == "3"
    listed = [
        tuple(each.findtext(f"a:{name}", "", NS) for name in ("referanseDokumentfil", "mimeType", "filstoerrelse"))
        for each in root.iterfind(".//a:dokumentobjekt", NS)
    ]
    assert listed == [(file.name, file.media_type, str(len(file.data))) for file in FILES]
    sums = root.xpath("//a:sjekksum/text()", namespaces=NS)
    assert sums == [hashlib.sha256(file.data).hexdigest() for file in FILES]


def test_the_main_document_is_the_first_and_only_one() -> None:
    root = etree.fromstring(write_fiks_arkivmelding(FACTS, FILES))
    assert root.xpath("//a:tilknyttetRegistreringSom/m:kode/text()", namespaces=NS) == ["H", "V", "V"]


def test_it_is_exempt_from_public_access_with_the_legal_ground() -> None:
    root = etree.fromstring(write_fiks_arkivmelding(FACTS, FILES))
    shields = root.findall(".//a:skjerming", NS)
    assert len(shields) == 2
    for shield in shields:
        assert shield.findtext("a:tilgangsrestriksjon/m:kode", namespaces=NS) == "UO"
        assert "Offl. § 13" in shield.findtext("a:skjermingshjemmel", "", NS)


def test_the_entry_lies_in_the_case_of_the_conversation() -> None:
    root = etree.fromstring(write_fiks_arkivmelding(FACTS, FILES))
    case = root.findtext("a:mappe/a:referanseEksternNoekkel/m:noekkel", namespaces=NS)
    parent = root.findtext("a:registrering/a:referanseForelderMappe/m:referanseEksternNoekkel/m:noekkel", namespaces=NS)
    assert case == parent == FACTS.conversation_id
    (own,) = root.xpath("//a:virksomhetsspesifikkeMetadata", namespaces=NS)
    assert [etree.QName(child).localname for child in own] == ["messageId", "samtaleId"]


def test_files_that_are_only_measured_are_described_the_same() -> None:
    measured = [
        MeasuredArchiveFile(
            name=file.name, media_type=file.media_type, size=file.size, sha256=file.sha256, main=file.main
        )
        for file in FILES
    ]
    assert write_fiks_arkivmelding(FACTS, measured) == write_fiks_arkivmelding(FACTS, FILES)
    assert write_arkivmelding(FACTS, measured) == write_arkivmelding(FACTS, FILES)
