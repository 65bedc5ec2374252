# SPDX-License-Identifier: MIT
"""Forms and lists that travel together, checked before they do: nothing that lint refuses is packed or added."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from rkv_app.forms.lint import LOCK, Finding, Severity, lint
from rkv_app.forms.loader import load_form
from rkv_app.forms.registry import Forms, Source
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.foundation.safe_files import private_folder, write_atomically
from rkv_app.packets.form_packets import NewForm, NewList
from rkv_app.reference.loader import KINDS, checked_day, list_from_bytes
from rkv_app.usecases.folder_of_forms import FolderOfForms
from rkv_app.usecases.own_files import no_such_list


@dataclass(frozen=True, slots=True, repr=False)
class Bundle:
    """Forms and lists without an error in them."""

    forms: tuple[NewForm, ...]
    lists: tuple[NewList, ...]

    @property
    def files(self) -> tuple[NewForm | NewList, ...]:
        """Forms first."""
        return (*self.forms, *self.lists)


def bundle_in(folder: FolderOfForms, forms: Forms) -> Bundle:
    """Checks every form and list of a folder.

    A file named as a list is one; every other file is a form.

    Raises:
        UserError: RKV-FRM-034 there is none; RKV-FRM-044 one has an error; what `load_form` and `list_from_bytes`
            raise.
    """
    kinds = {kind.name for kind in KINDS}
    form_files: dict[str, bytes] = {}
    list_files: dict[str, bytes] = {}
    for name, data in folder.files.items():
        stem = PurePosixPath(name).stem
        if stem in list_files:
            raise refused(name, 1, message("the list is there twice"))
        if stem in kinds:
            list_files[stem] = data
        else:
            form_files[name] = data
    return checked_bundle(form_files, list_files, forms, lock=folder.lock)


def checked_bundle(
    form_files: Mapping[str, bytes], list_files: Mapping[str, bytes], forms: Forms, *, lock: bytes = b""
) -> Bundle:
    """Checks forms and lists, the forms also against the versions of them that are here; whose they are is not asked.

    Args:
        form_files: content by the name to tell faults with.
        list_files: content by the name of the list.
        forms: that are here.
        lock: content of `published.lock`, whose digests the forms must have.

    Raises:
        UserError: as `bundle_in`.
    """
    if not form_files and not list_files:
        raise UserError(
            "RKV-FRM-034",
            message("There is no form file here."),
            message("Nothing was changed. Name a file that ends in .yaml, or a folder with such files."),
        )
    lists = tuple(_checked_list(name, data) for name, data in sorted(list_files.items()))
    loaded = [(load_form(data, "", name).form, data) for name, data in sorted(form_files.items())]
    bundled = tuple(NewForm(form.id, form.version, data) for form, data in loaded)
    if len({(one.id, one.version) for one in bundled}) != len(bundled):
        raise refused(LOCK.removesuffix(".lock"), 1, message("a version of a form is there twice"))
    with private_folder() as stage:
        _stage(stage, bundled, forms, lock)
        for one in bundled:
            for finding in _errors(stage / one.id / f"{one.version}.yaml"):
                raise refused(f"{one.id}/{finding.file.name}", finding.line, finding.message)
    return Bundle(bundled, lists)


def _errors(path: Path) -> Iterator[Finding]:
    yield from (one for one in lint(path) if one.severity is Severity.ERROR)


def _stage(stage: Path, bundled: tuple[NewForm, ...], forms: Forms, lock: bytes) -> None:
    """Lays the forms out as they are kept, beside the versions that are here, so that lint sees the whole family."""
    if lock:
        write_atomically(stage / LOCK, lock)
    for form_id in sorted({one.id for one in bundled}):
        (stage / form_id).mkdir()
        if forms.source_of(form_id) is Source.ORGANISATION:
            for version in forms.versions(form_id):
                write_atomically(stage / form_id / f"{version}.yaml", forms.content(form_id, version))
    for one in bundled:
        write_atomically(stage / one.id / f"{one.version}.yaml", one.data, replace=True)


def _checked_list(name: str, data: bytes) -> NewList:
    kind = next((kind for kind in KINDS if kind.name == name), None)
    if kind is None:
        raise refused(f"{name}.yaml", 1, no_such_list())
    list_from_bytes(kind, data, f"{name}.yaml", own=True)
    return NewList(name, checked_day(data), data)


def refused(file: str, line: int, what: Message) -> UserError:
    """RKV-FRM-044: something that lint calls an error."""
    return UserError(
        "RKV-FRM-044",
        message("{file}, line {line}: {what}", file=file, line=line, what=what),
        message("Nothing was packed or added. Every form and list must be without errors first."),
        ExitStatus.NO,
    )
