# SPDX-License-Identifier: MIT
"""The dated lists: Nav measures, legal bases, what counties ask for. Shipped ones, and an organisation's own over them.

An organisation's own lists come in packets, and lie as files of the same names in the folders of
`foundation.resources.own_lists_folders`, which stand over those of packets. A file of theirs that cannot be used is
left out whole, and `faulty_lists` says why: no case may wait for a list.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from rkv_app.domain.reference import (
    CountyDocuments,
    DocumentItem,
    Entry,
    Everyday,
    EvidenceType,
    LegalBasis,
    Measure,
    Retention,
    RoadRule,
    Side,
    applying,
    entry_label,
    with_own,
)
from rkv_app.foundation.added_packets import added_lists
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language, Words
from rkv_app.foundation.resources import own_lists_folders, own_packets_dir, resources_dir
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.reference import loader
from rkv_app.reference.loader import Kind, list_of_packet, own_list, read_list

E = TypeVar("E", bound=Entry)


def measures(language: str) -> Mapping[str, str]:
    """Returns Nav's measures (tiltak): code to label in `language` (nb, nn, en)."""
    return _labels(all_measures(), language)


def legal_bases(language: str) -> Mapping[str, str]:
    """Returns the grounds for sharing, also former and coming ones: code to label in `language` (nb, nn, en)."""
    return _labels(all_legal_bases(), language)


def offered_measures(language: str, day: date) -> Mapping[str, str]:
    """Returns the measures that can be chosen on `day`: code to label."""
    return _labels(applying(all_measures(), day), language)


def offered_legal_bases(language: str, day: date) -> Mapping[str, str]:
    """Returns the grounds that one who shares can choose on `day`: code to label."""
    grounds = applying(_list(loader.LEGAL_BASES), day)
    return _labels((one for one in grounds if one.side is not Side.RECEIVER), language)


def all_measures() -> Sequence[Measure]:
    """Returns every measure with its dates and source."""
    return _list(loader.MEASURES)


def all_legal_bases() -> Sequence[LegalBasis]:
    """Returns every ground with its dates and source."""
    return _list(loader.LEGAL_BASES)


def evidence_types() -> Sequence[EvidenceType]:
    """Returns the kinds of evidence."""
    return _list(loader.EVIDENCE_TYPES)


def document_items() -> Sequence[DocumentItem]:
    """Returns what counties may ask for."""
    return _list(loader.DOCUMENT_ITEMS)


def county_documents() -> Sequence[CountyDocuments]:
    """Returns what each county wants, the general list first."""
    return _list(loader.COUNTY_DOCUMENTS)


def retention() -> Sequence[Retention]:
    """Returns how long things are kept by default."""
    return _list(loader.RETENTION)


def road_rules() -> Mapping[str, RoadRule]:
    """Returns the rules behind the roads to a final competence, by code."""
    return {one.code: one for one in _list(loader.ROAD_RULES)}


def everyday_words() -> Sequence[Everyday]:
    """Returns what people say of their work, and what curricula write for it."""
    return _list(loader.EVERYDAY_WORDS)


def all_lists() -> Mapping[str, Sequence[Entry]]:
    """Returns every list by its name."""
    return {kind.name: _list(kind) for kind in loader.KINDS}


def faults_in(folder: Path) -> tuple[UserError, ...]:
    """Returns what is wrong with the lists in a folder: the first fault of each file that cannot be used.

    Raises:
        UserError: RKV-SYS-004 there is no such folder.
    """
    if not folder.is_dir():
        raise explain_os_error(FileNotFoundError(), folder)
    faults = []
    for kind in loader.KINDS:
        try:
            own_list(kind, folder)
        except UserError as problem:
            faults.append(problem)
    return tuple(faults)


def faulty_lists() -> tuple[UserError, ...]:
    """Returns what is wrong with the organisation's own lists where they usually lie: those files are left out."""
    in_folders = (fault for folder in own_lists_folders() if folder.is_dir() for fault in faults_in(folder))
    return (*_faults_in_packets(), *in_folders)


def _faults_in_packets() -> Iterator[UserError]:
    for kind in loader.KINDS:
        for packet, file in added_lists(own_packets_dir(), kind.name):
            try:
                list_of_packet(kind, packet, file)
            except UserError as problem:
                yield problem


def _labels(entries: Iterable[Entry], language: str) -> Mapping[str, str]:
    words = Words(Language(language))
    return {one.code: entry_label(words, one) for one in entries}


def _list(kind: Kind[E]) -> tuple[E, ...]:
    entries = read_list(kind, _shipped())
    for packet, file in added_lists(own_packets_dir(), kind.name):
        try:
            entries = with_own(entries, list_of_packet(kind, packet, file))
        except UserError:
            continue
    for folder in own_lists_folders():
        try:
            entries = with_own(entries, own_list(kind, folder))
        except UserError:
            continue
    return entries


def _shipped() -> Path:
    return resources_dir() / "reference"
