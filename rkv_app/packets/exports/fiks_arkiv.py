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

_NAMESPACE: Final = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1"
_CATALOGUE: Final = "https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/metadatakatalog/v1"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
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
    root = etree.Element(f"{{{_NAMESPACE}}}arkivmelding", nsmap={None: _NAMESPACE, "m": _CATALOGUE, "xsi": _XSI})
    _fields(root, system=SYSTEM, antallFiler=str(len(files)))
    case = _child(root, "mappe", "saksmappe")
    _fields(case, tittel=CASE_TITLE, offentligTittel=CASE_TITLE, opprettetAv=SYSTEM)
    _shield(case)
    _foreign_key(_child(case, "referanseEksternNoekkel"), facts.conversation_id)
    _fields(case, saksdato=moment.date().isoformat())
    post = _child(root, "registrering", "journalpost")
    _fields(post, opprettetDato=moment.isoformat(timespec="seconds"), opprettetAv=SYSTEM)
    parent = _child(post, "referanseForelderMappe")
    _foreign_key(_child(parent, "referanseEksternNoekkel", m=True), facts.conversation_id)
    _shield(post)
    for number, file in enumerate(files, start=1):
        _document(post, facts, number, file)
    _fields(post, tittel=title_of(facts.type), offentligTittel=CASE_TITLE)
    _fields(_child(post, "virksomhetsspesifikkeMetadata"), messageId=facts.message_id, samtaleId=facts.conversation_id)
    sender = _child(post, "korrespondansepart")
    _code(sender, "korrespondanseparttype", "EA", "Avsender")
    _fields(sender, korrespondansepartNavn=unit_of(facts))
    _foreign_key(_child(post, "referanseEksternNoekkel"), facts.message_id)
    _code(post, "journalposttype", "I", "Inngående dokument")
    _code(post, "journalstatus", "M", "Midlertidig registrering av innkommet dokument")
    _fields(post, dokumentetsDato=moment.date().isoformat())
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _document(post: etree._Element, facts: ArchiveFacts, number: int, file: Described) -> None:
    document = _child(post, "dokumentbeskrivelse")
    _code(document, "dokumenttype", "SØKNAD", "Søknad")
    _code(document, "dokumentstatus", "F", "Dokumentet er ferdigstilt")
    _fields(document, tittel=title_of(facts.type) if file.main else f"Vedlegg {number - 1}")
    _code(document, "tilknyttetRegistreringSom", *(("H", "Hoveddokument") if file.main else ("V", "Vedlegg")))
    _fields(document, dokumentnummer=str(number))
    thing = _child(document, "dokumentobjekt")
    _fields(thing, versjonsnummer="1")
    _code(thing, "variantformat", *(("A", "Arkivformat") if file.main else ("P", "Produksjonsformat")))
    ending = file.name.rpartition(".")[2].upper()
    _code(thing, "format", *_FORMATS.get(file.media_type, (ending, ending)))
    _fields(
        thing,
        mimeType=file.media_type,
        filnavn=file.name,
        referanseDokumentfil=file.name,
        sjekksum=file.sha256,
        sjekksumAlgoritme="SHA-256",
        filstoerrelse=str(file.size),
    )


def _shield(parent: etree._Element) -> None:
    shield = _child(parent, "skjerming")
    _code(shield, "tilgangsrestriksjon", "UO", ACCESS)
    _fields(shield, skjermingshjemmel=LEGAL_GROUND)


def _code(parent: etree._Element, name: str, code: str, description: str) -> None:
    element = _child(parent, name)
    _child(element, "kode", m=True).text = code
    _child(element, "beskrivelse", m=True).text = description


def _foreign_key(element: etree._Element, key: str) -> None:
    _child(element, "fagsystem", m=True).text = SYSTEM
    _child(element, "noekkel", m=True).text = key


def _child(parent: etree._Element, name: str, kind: str = "", *, m: bool = False) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_CATALOGUE if m else _NAMESPACE}}}{name}")
    if kind:
        element.set(f"{{{_XSI}}}type", kind)
    return element


def _fields(parent: etree._Element, **texts: str) -> None:
    for name, text in texts.items():
        _child(parent, name).text = text
