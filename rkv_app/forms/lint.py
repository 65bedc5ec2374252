# SPDX-License-Identifier: MIT
"""Tells the author of forms what is wrong with them, each thing with file and line, before anybody is asked."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from rkv_app.forms.advice import advice
from rkv_app.forms.family import family_faults
from rkv_app.forms.faults import FormFault
from rkv_app.forms.loader import LoadedForm, checked, plain_value, read_bytes
from rkv_app.forms.model import Form, version_order
from rkv_app.forms.registry import OTHER_NAME
from rkv_app.foundation.closed_yaml import UNREADABLE, Place, line_of
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message

LOCK = "published.lock"


class Severity(StrEnum):
    """Whether a form can be used as it is."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    Attributes:
        code: stable, `RKV-FRM-nnn`.
        file: the form file, or the lock file.
        line: from 1.
    """

    code: str
    severity: Severity
    file: Path
    line: int
    message: Message


_Reader = Callable[[Path], LoadedForm | list[Finding]]


def lint(path: Path) -> tuple[Finding, ...]:
    """Returns what is wrong with a form file, or with every form file in a folder and the folders in it.

    A file is held against the other versions beside it, and against `published.lock` in its folder or the one above.

    Raises:
        UserError: RKV-FRM-034 there is no form file at `path`; RKV-SYS-002, RKV-SYS-004 it cannot be read.
    """
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise UserError(
            "RKV-FRM-034",
            message("There is no form file here."),
            message("Nothing was changed. Name a file that ends in .yaml, or a folder with such files."),
        )
    # Each version is also held against those beside it.
    read = cache(_read)
    return tuple(finding for file in files for finding in _in_file(file, read)) + tuple(_gone(path))


def _in_file(file: Path, read: _Reader) -> Iterator[Finding]:
    found = read(file)
    if isinstance(found, list):
        yield from found
        return
    form, lines = found.form, found.lines
    if _is_filed(file) and (form.id, form.version) != (file.parent.name, file.stem):
        yield Finding("RKV-FRM-003", Severity.ERROR, file, 1, OTHER_NAME)
        return
    yield from _published(file, found)
    others = [other.form for other in _older(file, form, read)]
    for code, severity, fault in (
        *(("RKV-FRM-033", Severity.ERROR, fault) for fault in family_faults(form, others, reused=True)),
        *(("RKV-FRM-039", Severity.WARNING, fault) for fault in family_faults(form, others, reused=False)),
        *((code, Severity.WARNING, fault) for code, fault in advice(form)),
    ):
        yield Finding(code, severity, file, line_of(lines, fault.place), fault.message)


def _read(file: Path) -> LoadedForm | list[Finding]:
    data, sha256 = read_bytes(file)
    try:
        value, lines = plain_value(data, file.name)
    except UserError as problem:
        params = problem.message.params
        line = params.get("line")
        what = params.get("what")
        return [
            Finding(
                problem.code,
                Severity.ERROR,
                file,
                line if isinstance(line, int) else 1,
                what if isinstance(what, Message) else UNREADABLE,
            )
        ]
    form = checked(value)
    if isinstance(form, Form):
        return LoadedForm(form, sha256, lines)
    return [_not_a_form(file, lines, fault) for fault in form]


def _not_a_form(file: Path, lines: Mapping[Place, int], fault: FormFault) -> Finding:
    return Finding("RKV-FRM-003", Severity.ERROR, file, line_of(lines, fault.place), fault.message)


def _is_filed(file: Path) -> bool:
    """Whether a file lies as forms are kept: `<form id>/<version>.yaml`."""
    return file.stem[:2] == "20" and "." in file.stem


def _older(file: Path, form: Form, read: _Reader) -> Iterator[LoadedForm]:
    """The older versions of a form, newest first, as far as they can be read."""
    beside = [read(other) for other in file.parent.glob("*.yaml") if other != file]
    found = [one for one in beside if isinstance(one, LoadedForm)]
    same = [one for one in found if one.form.id == form.id]
    older = [one for one in same if version_order(one.form.version) < version_order(form.version)]
    yield from sorted(older, key=lambda one: version_order(one.form.version), reverse=True)


def _published(file: Path, read: LoadedForm) -> Iterator[Finding]:
    for folder in (file.parent, file.parent.parent):
        for line, digest, name in _locked(folder / LOCK):
            if folder / name == file and digest != read.sha256:
                told = message(
                    "This version is published and must not change; its digest is in line {line} of {file}. "
                    "Write a new version instead.",
                    line=line,
                    file=LOCK,
                )
                yield Finding("RKV-FRM-032", Severity.ERROR, file, 1, told)


def _gone(path: Path) -> Iterator[Finding]:
    """What the lock names and is not there."""
    lock = path / LOCK
    for line, _, name in _locked(lock):
        if not (path / name).is_file():
            told = message("The published form {name} is not here. Old versions stay for ever.", name=name)
            yield Finding("RKV-FRM-032", Severity.ERROR, lock, line, told)


def _locked(lock: Path) -> Iterator[tuple[int, str, str]]:
    """Line, digest and name of every published file, as `sha256sum` writes them."""
    if lock.is_file():
        for line, text in enumerate(read_bytes(lock)[0].decode("utf-8", "replace").splitlines(), 1):
            digest, _, name = text.partition("  ")
            if name:
                yield line, digest, name
