# SPDX-License-Identifier: MIT
"""The forms and lists of the user's own organisation: where they lie, which are used, and what is wrong with others.

Ours are never among them, and an own form never stands in for one of ours; see `forms.registry` and `reference`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from rkv_app.forms.lint import Finding, Severity, lint
from rkv_app.forms.registry import Forms, Source, changed_since
from rkv_app.foundation.added_packets import (
    AddedFile,
    AddedKind,
    AddedPacket,
    Provenance,
    added_lists,
    added_packets,
    is_whole,
    unreadable_packets,
)
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.foundation.resources import own_lists_folders
from rkv_app.reference.loader import KINDS, list_of_packet, own_list
from rkv_app.usecases.workspace import Workspace

_FILES: Final = "*.yaml"
# An organisation has some dozens; a folder that somebody has put everything into is not read to its end.
_MOST: Final = 500
OUR_ID: Final = message("The app comes with a form of this id and will never look at this one. Choose another id.")


class OwnKind(StrEnum):
    """What a folder is for."""

    FORMS = "forms"
    LISTS = "lists"
    PACKET = "packet"


@dataclass(frozen=True, slots=True)
class OwnFault:
    """What is wrong with a file. `line` is from 1, or 0 where the message says it itself."""

    code: str
    line: int
    message: Message


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of the organisation's.

    Attributes:
        name: within its folder.
        is_used: whether the app works with it; a file with a fault may be, where the fault does not stop that.
    """

    name: str
    is_used: bool
    faults: tuple[OwnFault, ...]


@dataclass(frozen=True, slots=True)
class OwnFolder:
    """A folder that is looked into. `files` is empty where it is not there, or has none.

    Attributes:
        came: where its files came from, for what was added as a whole.
        faults: what is wrong with all of it.
    """

    kind: OwnKind
    path: Path
    files: tuple[OwnFile, ...]
    came: Provenance | None = None
    faults: tuple[OwnFault, ...] = ()


def own_files(ws: Workspace) -> tuple[OwnFolder, ...]:
    """Reads every own file anew and returns the folders: what was added as a whole, then that of the forms."""
    folder = ws.forms.own_folder
    forms = (OwnFolder(OwnKind.FORMS, folder, tuple(_forms(ws.forms, folder))),) if folder is not None else ()
    lists = (OwnFolder(OwnKind.LISTS, one, tuple(_lists(one))) for one in own_lists_folders())
    return (*_packets(ws.forms), *forms, *lists)


def in_our_place(forms: Forms, path: Path) -> tuple[Finding, ...]:
    """Forms with an id that the app ships, outside the folder of shipped forms: the app would never look at them."""
    files = sorted(path.rglob(_FILES)) if path.is_dir() else [path]
    return tuple(
        Finding("RKV-FRM-041", Severity.ERROR, file, 1, OUR_ID)
        for file in files
        if forms.source_of(file.parent.name) is Source.SHIPPED and not forms.ships(file)
    )


def _packets(forms: Forms) -> Iterator[OwnFolder]:
    for packet in added_packets(forms.packets_folder):
        files = tuple(_of_packet(forms, packet, file) for file in packet.files)
        yield OwnFolder(OwnKind.PACKET, packet.folder, files, packet.provenance)
    for folder in unreadable_packets(forms.packets_folder):
        told = message("The record of who this packet came from cannot be read, so nothing in it is used.")
        yield OwnFolder(OwnKind.PACKET, folder, (), faults=(OwnFault("RKV-REF-008", 0, told),))


def _of_packet(forms: Forms, packet: AddedPacket, file: AddedFile) -> OwnFile:
    name = f"{file.id} {file.version}"
    try:
        if file.kind is AddedKind.FORM:
            if forms.source_of(file.id) is Source.SHIPPED:
                return OwnFile(name, is_used=False, faults=(OwnFault("RKV-FRM-041", 0, OUR_ID),))
            if not is_whole(packet, file):
                raise changed_since(file.id, file.version)
            forms.fresh(file.id, file.version)
            return OwnFile(name, is_used=True, faults=())
        kind = next((kind for kind in KINDS if kind.name == file.id), None)
        if kind is None:
            return OwnFile(name, is_used=False, faults=(OwnFault("RKV-REF-005", 0, no_such_list()),))
        list_of_packet(kind, packet, file)
    except UserError as problem:
        return OwnFile(name, is_used=False, faults=(OwnFault(problem.code, 0, problem.message),))
    return OwnFile(name, is_used=(packet, file) in added_lists(forms.packets_folder, file.id), faults=())


def _forms(forms: Forms, folder: Path) -> Iterator[OwnFile]:
    entries = [one for one in forms.entries() if one.source is Source.ORGANISATION]
    here = {f"{one.form_id}/{one.version}.yaml" for one in entries if one.packet is None}
    packed = {f"{one.form_id}/{one.version}.yaml" for one in entries if one.packet is not None}
    for path in _found(folder):
        name = path.relative_to(folder).as_posix()
        try:
            found = (*lint(path), *in_our_place(forms, path))
        except UserError as problem:
            yield OwnFile(name, is_used=False, faults=(OwnFault(problem.code, 0, problem.message),))
            continue
        faults = [OwnFault(one.code, one.line, one.message) for one in found if one.severity is Severity.ERROR]
        if name in packed:
            told = message("This version came in a packet too. That one is used, and this file is not.")
            faults.append(OwnFault("RKV-PKT-069", 0, told))
        elif name not in here and not faults:
            faults.append(
                OwnFault(
                    "RKV-REF-006",
                    0,
                    message("A form is looked for in a folder named as its id, in a file named as its version."),
                )
            )
        yield OwnFile(name, is_used=name in here and _opens(forms, path), faults=tuple(faults))


def _opens(forms: Forms, path: Path) -> bool:
    try:
        forms.fresh(path.parent.name, path.stem)
    except UserError:
        return False
    return True


def _lists(folder: Path) -> Iterator[OwnFile]:
    kinds = {kind.name: kind for kind in KINDS}
    for path in _found(folder):
        kind = kinds.get(path.stem) if path.parent == folder else None
        faults: tuple[OwnFault, ...] = ()
        if kind is None:
            faults = (OwnFault("RKV-REF-005", 0, no_such_list()),)
        else:
            try:
                own_list(kind, folder)
            except UserError as problem:
                faults = (OwnFault(problem.code, 0, problem.message),)
        yield OwnFile(path.relative_to(folder).as_posix(), is_used=not faults, faults=faults)


def no_such_list() -> Message:
    """What is told of a file that is named as no list is."""
    names = ", ".join(sorted(kind.name for kind in KINDS))
    return message("The app has no list of this name. It has: {names}.", names=names)


def _found(folder: Path) -> list[Path]:
    return sorted(folder.rglob(_FILES))[:_MOST] if folder.is_dir() else []
