# SPDX-License-Identifier: MIT
"""`arkivmelding.xml`: what a public archive is told about a packet (Noark 5, the schema that eFormidling uses).

It says which files there are and that they are exempt from public access. It never says who the candidate is or what
was assessed: titles are general, and only the two message ids stand among the system's own metadata.
"""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from lxml import etree

from rkv_app.domain.exchange import MessageType
from rkv_app.foundation.clock import archive_time
from rkv_app.packets.json_reading import clean_text
from rkv_app.packets.xml_reading import parse_untrusted_xml
from rkv_app.packets.xml_writing import XSI, child, fields

ARCHIVE_NAME: Final = "arkivmelding.xml"
SYSTEM: Final = "rkv_app"
CASE_TITLE: Final = "Realkompetansevurdering"
ACCESS: Final = "Unntatt offentlighet"
# Offentleglova § 13 (duty of secrecy), with the duty itself in forvaltningsloven § 13.
LEGAL_GROUND: Final = "Offl. § 13, jf. fvl. § 13 første ledd nr. 1"

_NOARK: Final = "http://www.arkivverket.no/standarder/noark5/arkivmelding"
_UNKNOWN_UNIT: Final = "Ukjent enhet"
_TITLES: Final[Mapping[MessageType, str]] = MappingProxyType(
    {
        MessageType.REQUEST: "Forespørsel om praksisvurdering",
        MessageType.EVALUATION: "Praksisvurdering",
        MessageType.APPLICATION: "Søknad om realkompetansevurdering",
        MessageType.RECEIPT: "Kvittering for mottatt søknad",
        MessageType.SUPPLEMENT_REQUEST: "Forespørsel om flere opplysninger",
        MessageType.SUPPLEMENT: "Tilleggsdokumentasjon til søknad",
        MessageType.OUTCOME: "Vedtak om realkompetansevurdering",
    }
)


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class ArchiveFile:
    """A document of the packet as the archive is told about it."""

    name: str
    media_type: str
    data: bytes
    main: bool = False

    @property
    def size(self) -> int:
        """Length of the content in bytes."""
        return len(self.data)

    @property
    def sha256(self) -> str:
        """Digest of the content, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class MeasuredArchiveFile:
    """As `ArchiveFile`, for content that is not in memory.

    Attributes:
        sha256: digest of the content, in hexadecimal.
    """

    name: str
    media_type: str
    size: int
    sha256: str
    main: bool = False


Described = ArchiveFile | MeasuredArchiveFile


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFacts:
    """What the archive is told beside the files.

    Attributes:
        message_id, conversation_id: UUIDs.
        unit: name of the sending organisation or its unit; never a person.
    """

    type: MessageType
    message_id: str
    conversation_id: str
    unit: str
    at: datetime


def write_arkivmelding(facts: ArchiveFacts, files: Sequence[Described]) -> bytes:
    """Writes the archive description of `files`, in that order, the main document first."""
    writer = _Writer(facts)
    root = etree.Element(f"{{{_NOARK}}}arkivmelding", nsmap={None: _NOARK, "xsi": XSI})
    fields(root, system=SYSTEM, meldingId=facts.message_id, tidspunkt=writer.moment, antallFiler=str(len(files)))
    case = child(root, "mappe", "saksmappe")
    fields(case, systemID=facts.conversation_id, tittel=CASE_TITLE, opprettetDato=writer.moment, opprettetAv=SYSTEM)
    writer.add_shield(case)
    writer.add_journal_post(case, files)
    fields(
        case,
        saksdato=writer.day,
        administrativEnhet=writer.unit,
        saksansvarlig=writer.unit,
        saksstatus="Under behandling",
    )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def describes(arkivmelding: bytes, files: Sequence[Described]) -> bool:
    """Whether an archive description lists exactly these files, with their sizes and digests.

    Raises:
        UserError: RKV-PKT-015, XML that is not accepted.
    """
    root = parse_untrusted_xml(arkivmelding)
    listed: dict[str, str] = {}
    for document in root.iter(f"{{{_NOARK}}}dokumentbeskrivelse"):
        name = document.findtext(f"{{{_NOARK}}}dokumentobjekt/{{{_NOARK}}}referanseDokumentfil", "")
        if name in listed:
            return False
        listed[name] = document.findtext(f"{{{_NOARK}}}beskrivelse", "")
    return listed == {file.name: _describe(file) for file in files}


def title_of(kind: MessageType) -> str:
    """What an archive is told that a message is; the same for every candidate."""
    return _TITLES[kind]


def unit_of(facts: ArchiveFacts) -> str:
    """The sending unit as an archive is told of it; never empty, which no schema takes."""
    return clean_text(facts.unit).strip() or _UNKNOWN_UNIT


class _Writer:
    """Holds what every element repeats."""

    def __init__(self, facts: ArchiveFacts) -> None:
        local = archive_time(facts.at)
        self.moment = local.isoformat(timespec="seconds")
        self.day = local.date().isoformat()
        self.unit = unit_of(facts)
        self._facts = facts

    def add_journal_post(self, case: etree._Element, files: Sequence[Described]) -> None:
        facts = self._facts
        post = child(case, "basisregistrering", "journalpost")
        fields(
            post,
            systemID=self._derived_id("journalpost"),
            opprettetDato=self.moment,
            opprettetAv=SYSTEM,
            arkivertDato=self.moment,
            arkivertAv=SYSTEM,
            referanseForelderMappe=facts.conversation_id,
        )
        self.add_shield(post)
        for number, file in enumerate(files, start=1):
            self._add_document(post, number, file)
        fields(post, tittel=title_of(facts.type), offentligTittel=CASE_TITLE)
        own = child(post, "virksomhetsspesifikkeMetadata")
        fields(own, messageId=facts.message_id, samtaleId=facts.conversation_id)
        fields(post, journalposttype="Utgående dokument", journalstatus="Ekspedert", journaldato=self.day)
        party = child(post, "korrespondansepart")
        fields(party, korrespondanseparttype="Avsender", korrespondansepartNavn=self.unit)

    def add_shield(self, parent: etree._Element) -> None:
        shield = child(parent, "skjerming")
        fields(
            shield,
            tilgangsrestriksjon=ACCESS,
            skjermingshjemmel=LEGAL_GROUND,
            skjermingMetadata="Tittel og korrespondansepart",
            skjermingDokument="Skjerming av hele dokumentet",
        )

    def _add_document(self, post: etree._Element, number: int, file: Described) -> None:
        document = child(post, "dokumentbeskrivelse")
        fields(
            document,
            systemID=self._derived_id(file.name),
            dokumenttype=title_of(self._facts.type),
            dokumentstatus="Dokumentet er ferdigstilt",
            tittel=title_of(self._facts.type) if file.main else f"Vedlegg {number - 1}",
            beskrivelse=_describe(file),
            opprettetDato=self.moment,
            opprettetAv=SYSTEM,
            tilknyttetRegistreringSom="Hoveddokument" if file.main else "Vedlegg",
            dokumentnummer=str(number),
            tilknyttetDato=self.moment,
            tilknyttetAv=SYSTEM,
        )
        fields(
            child(document, "dokumentobjekt"),
            versjonsnummer="1",
            variantformat="Arkivformat" if file.main else "Produksjonsformat",
            opprettetDato=self.moment,
            opprettetAv=SYSTEM,
            referanseDokumentfil=file.name,
        )

    def _derived_id(self, part: str) -> str:
        return str(uuid.uuid5(uuid.UUID(self._facts.message_id), part))


def _describe(file: Described) -> str:
    """Format, size and digest as text: this Noark schema has no elements `format`, `filstoerrelse` and `sjekksum`."""
    return f"format {file.media_type}; filstoerrelse {file.size}; sjekksum SHA-256 {file.sha256}"
