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
from rkv_app.forms.registry import Forms, Source
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.foundation.resources import own_lists_folders
from rkv_app.reference.loader import KINDS, own_list
from rkv_app.usecases.workspace import Workspace

_FILES: Final = "*.yaml"
# An organisation has some dozens; a folder that somebody has put everything into is not read to its end.
_MOST: Final = 500


class OwnKind(StrEnum):
    """What a folder is for."""

    FORMS = "forms"
    LISTS = "lists"


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
    """A folder that is looked into. `files` is empty where it is not there, or has none."""

    kind: OwnKind
    path: Path
    files: tuple[OwnFile, ...]


def own_files(ws: Workspace) -> tuple[OwnFolder, ...]:
    """Reads every own file anew and returns the folders, that of the forms first."""
    folder = ws.forms.own_folder
    forms = (OwnFolder(OwnKind.FORMS, folder, tuple(_forms(ws.forms, folder))),) if folder is not None else ()
    lists = (OwnFolder(OwnKind.LISTS, one, tuple(_lists(one))) for one in own_lists_folders())
    return (*forms, *lists)


def in_our_place(forms: Forms, path: Path) -> tuple[Finding, ...]:
    """Forms with an id that the app ships, outside the folder of shipped forms: the app would never look at them."""
    files = sorted(path.rglob(_FILES)) if path.is_dir() else [path]
    told = message("The app comes with a form of this id and will never look at this one. Choose another id.")
    return tuple(
        Finding("RKV-FRM-041", Severity.ERROR, file, 1, told)
        for file in files
        if forms.source_of(file.parent.name) is Source.SHIPPED and not forms.ships(file)
    )


def _forms(forms: Forms, folder: Path) -> Iterator[OwnFile]:
    here = {f"{one.form_id}/{one.version}.yaml" for one in forms.entries() if one.source is Source.ORGANISATION}
    for path in _found(folder):
        name = path.relative_to(folder).as_posix()
        try:
            found = (*lint(path), *in_our_place(forms, path))
        except UserError as problem:
            yield OwnFile(name, is_used=False, faults=(OwnFault(problem.code, 0, problem.message),))
            continue
        faults = [OwnFault(one.code, one.line, one.message) for one in found if one.severity is Severity.ERROR]
        if name not in here and not faults:
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
            told = message("The app has no list of this name. It has: {names}.", names=", ".join(sorted(kinds)))
            faults = (OwnFault("RKV-REF-005", 0, told),)
        else:
            try:
                own_list(kind, folder)
            except UserError as problem:
                faults = (OwnFault(problem.code, 0, problem.message),)
        yield OwnFile(path.relative_to(folder).as_posix(), is_used=not faults, faults=faults)


def _found(folder: Path) -> list[Path]:
    return sorted(folder.rglob(_FILES))[:_MOST] if folder.is_dir() else []
