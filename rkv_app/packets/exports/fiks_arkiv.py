# SPDX-License-Identifier: MIT
"""`arkivmelding.xml` as Fiks Arkiv V1 has it (message type no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett).

Another schema than the Noark 5 one in our packets, with another namespace, and not interchangeable with it. It says the
same: which files there are, and that they are exempt from public access; never who the candidate is or what was
assessed. Codes are those of Noark 5; an archive that uses others maps them when it takes the message in.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from lxml import etree

from rkv_app.foundation.clock import archive_time
from rkv_app.packets.arkivmelding import (
    ACCESS,
    CASE_TITLE,
    LEGAL_GROUND,
    SYSTEM,
    ArchiveFacts,
    Described,
    title_of,
    unit_of,
)
from rkv_app.packets.xml_writing import XSI, child, fields

_NAMESPACE: Final = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1"
_CATALOGUE: Final = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/metadatakatalog/v1"
# Code and name of a file format (Noark 5 M701); what is not listed goes by its ending.
_FORMATS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "application/pdf": ("PDF", "Portable Document Format"),
        "application/json": ("JSON", "JavaScript Object Notation"),
        "image/jpeg": ("JPEG", "JPEG"),
        "image/png": ("PNG", "PNG"),
        "text/plain": ("TXT", "Ren tekst"),
    }
)


def write_fiks_arkivmelding(facts: ArchiveFacts, files: Sequence[Described]) -> bytes:
    """Writes the description of `files`, in that order, the main document first, for the archive that receives them."""
    moment = archive_time(facts.at)
    root = etree.Element(f"{{{_NAMESPACE}}}arkivmelding", nsmap={None: _NAMESPACE, "m": _CATALOGUE, "xsi": XSI})
    fields(root, system=SYSTEM, antallFiler=str(len(files)))
    case = child(root, "mappe", "saksmappe")
    fields(case, tittel=CASE_TITLE, offentligTittel=CASE_TITLE, opprettetAv=SYSTEM)
    _shield(case)
    _foreign_key(child(case, "referanseEksternNoekkel"), facts.conversation_id)
    fields(case, saksdato=moment.date().isoformat())
    post = child(root, "registrering", "journalpost")
    fields(post, opprettetDato=moment.isoformat(timespec="seconds"), opprettetAv=SYSTEM)
    parent = child(post, "referanseForelderMappe")
    _foreign_key(child(parent, "referanseEksternNoekkel", space=_CATALOGUE), facts.conversation_id)
    _shield(post)
    for number, file in enumerate(files, start=1):
        _document(post, facts, number, file)
    fields(post, tittel=title_of(facts.type), offentligTittel=CASE_TITLE)
    fields(child(post, "virksomhetsspesifikkeMetadata"), messageId=facts.message_id, samtaleId=facts.conversation_id)
    sender = child(post, "korrespondansepart")
    _code(sender, "korrespondanseparttype", "EA", "Avsender")
    fields(sender, korrespondansepartNavn=unit_of(facts))
    _foreign_key(child(post, "referanseEksternNoekkel"), facts.message_id)
    _code(post, "journalposttype", "I", "Inngående dokument")
    _code(post, "journalstatus", "M", "Midlertidig registrering av innkommet dokument")
    fields(post, dokumentetsDato=moment.date().isoformat())
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _document(post: etree._Element, facts: ArchiveFacts, number: int, file: Described) -> None:
    document = child(post, "dokumentbeskrivelse")
    _code(document, "dokumenttype", "SØKNAD", "Søknad")
    _code(document, "dokumentstatus", "F", "Dokumentet er ferdigstilt")
    fields(document, tittel=title_of(facts.type) if file.main else f"Vedlegg {number - 1}")
    _code(document, "tilknyttetRegistreringSom", *(("H", "Hoveddokument") if file.main else ("V", "Vedlegg")))
    fields(document, dokumentnummer=str(number))
    thing = child(document, "dokumentobjekt")
    fields(thing, versjonsnummer="1")
    _code(thing, "variantformat", *(("A", "Arkivformat") if file.main else ("P", "Produksjonsformat")))
    ending = file.name.rpartition(".")[2].upper()
    _code(thing, "format", *_FORMATS.get(file.media_type, (ending, ending)))
    fields(
        thing,
        mimeType=file.media_type,
        filnavn=file.name,
        referanseDokumentfil=file.name,
        sjekksum=file.sha256,
        sjekksumAlgoritme="SHA-256",
        filstoerrelse=str(file.size),
    )


def _shield(parent: etree._Element) -> None:
    shield = child(parent, "skjerming")
    _code(shield, "tilgangsrestriksjon", "UO", ACCESS)
    fields(shield, skjermingshjemmel=LEGAL_GROUND)


def _code(parent: etree._Element, name: str, code: str, description: str) -> None:
    element = child(parent, name)
    child(element, "kode", space=_CATALOGUE).text = code
    child(element, "beskrivelse", space=_CATALOGUE).text = description


def _foreign_key(element: etree._Element, key: str) -> None:
    child(element, "fagsystem", space=_CATALOGUE).text = SYSTEM
    child(element, "noekkel", space=_CATALOGUE).text = key
