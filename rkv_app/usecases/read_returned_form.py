# SPDX-License-Identifier: MIT
"""Read a form that was filled in outside the app: what it says, what is the matter with it, and what to do next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rkv_app.documents.fillable_binding import Asked, form_in_code
from rkv_app.documents.returned.answers import Confirmed, Understood, understood
from rkv_app.documents.returned.codes import code_in_pdf, code_in_picture
from rkv_app.documents.returned.file import MOST_BYTES, Change, ReturnedFile, Shape, read_file
from rkv_app.documents.returned.refusals import damaged, not_ours, other_picture, too_much
from rkv_app.documents.returned.verdicts import WITHOUT_FIELDS, Verdict, next_step
from rkv_app.domain.media_types import HEAD, media_type
from rkv_app.forms.problems import Problem
from rkv_app.forms.registry import FormFile, Forms
from rkv_app.forms.validation import check
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message
from rkv_app.usecases.incoming_files import read_incoming

_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
# As scanners and some telephones save them.
_OTHER_PICTURES = frozenset({"image/tiff", "image/heic"})
_NO_SUCH_FORM = "RKV-FRM-004"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReturnedForm:
    """A form that came back.

    Attributes:
        request_id: the request that it says it belongs to; empty for a form that belongs to no case.
        asked: the request that it brings along; None where only a square code tells of it.
        in_code: id and version of the form, where only a square code tells of it and it belongs to no case.
        changes: what was changed, where the verdict is ALTERED.
        answers: item path to value; nothing where the fields are gone or the form is not here.
        unclear: item path to what stands there and is no answer.
        confirmed: what stands below the answers.
        problems: what is missing or wrong.
    """

    verdict: Verdict
    request_id: str
    asked: Asked | None = None
    in_code: tuple[str, str] | None = None
    changes: frozenset[Change] = frozenset()
    answers: Mapping[str, object] = field(default_factory=dict)
    unclear: Mapping[str, str] = field(default_factory=dict)
    confirmed: Confirmed | None = None
    problems: Sequence[Problem] = ()

    @property
    def of_a_case(self) -> bool:
        """Whether it was made for a case."""
        return bool(self.request_id)


def read_returned_form(forms: Forms, path: Path, *, today: date, own: FormFile | None = None) -> ReturnedForm:
    """Reads a file that came back: a PDF, or a picture of paper. Changes nothing and runs nothing.

    Whether the request is ours and still open is not known here. `own` is looked at before the forms that are here.

    Raises:
        UserError: RKV-DOC-001 to -003 a page cannot be drawn; RKV-DOC-020 to -024, -032 the file is not read;
            RKV-FRM-005 the form here is not the one that was asked on;
            RKV-SYS-002, RKV-SYS-004, RKV-SYS-005 it is no file that can be read.
    """
    return read_returned(forms, read_incoming(path), today=today, own=own)


def read_returned(
    forms: Forms, data: bytes, *, today: date, key: bytes = b"", own: FormFile | None = None
) -> ReturnedForm:
    """Reads the content of a file that came back, see `read_returned_form`; a `key` tells forged digests too."""
    check_kind(data)
    if is_picture(data):
        return _by_code(Verdict.SCANNED, code_in_picture(data))
    found = read_file(data)
    if found.shape is not Shape.FIELDS:
        verdict = WITHOUT_FIELDS[found.shape]
        if found.asked is not None:
            return ReturnedForm(verdict=verdict, request_id=found.asked.request_id, asked=found.asked)
        return _by_code(verdict, code_in_pdf(data))
    return _filled(forms, found, today, key, own)


def step_after(found: ReturnedForm) -> Message:
    """What to do next with a form that came back."""
    of_a_request = found.of_a_case and (found.asked is None or found.asked.attested)
    return next_step(found.verdict, of_a_case=found.of_a_case, of_a_request=of_a_request)


def check_kind(data: bytes) -> None:
    """Refuses what is no PDF and no picture, or far too large.

    Raises:
        UserError: RKV-DOC-020, RKV-DOC-022; RKV-DOC-032 it is a picture of another kind.
    """
    if len(data) > MOST_BYTES:
        raise too_much()
    if media_type(data[:HEAD], b"") in _OTHER_PICTURES:
        raise other_picture()
    if not is_picture(data) and b"%PDF-" not in data[:1024]:
        raise damaged()


def is_picture(data: bytes) -> bool:
    """Whether a file begins as a JPEG or PNG picture does."""
    return data.startswith(_PICTURES)


def _filled(forms: Forms, found: ReturnedFile, today: date, key: bytes, own: FormFile | None) -> ReturnedForm:
    asked = found.asked
    if asked is None:
        raise not_ours()
    if found.changes or (key and not found.sealed_with(key)):
        changes = found.changes or frozenset(Change)
        return ReturnedForm(verdict=Verdict.ALTERED, request_id=asked.request_id, asked=asked, changes=changes)
    try:
        form = own.form if own is not None and own.pin == asked.form else forms.pinned(asked.form)
    except UserError as problem:
        if problem.code != _NO_SUCH_FORM:
            raise
        return ReturnedForm(verdict=Verdict.NEWER_FORM, request_id=asked.request_id, asked=asked)
    said = understood(form, asked.aims, found.values)
    problems = check(form, said.answers, asked.aims, today=today)
    return ReturnedForm(
        verdict=_verdict(said, problems, attested=asked.attested),
        request_id=asked.request_id,
        asked=asked,
        answers=said.answers,
        unclear=said.unclear,
        confirmed=said.confirmed,
        problems=problems,
    )


def _verdict(said: Understood, problems: Sequence[Problem], *, attested: bool) -> Verdict:
    if not said.answers and not said.unclear:
        return Verdict.EMPTY
    confirmed = said.confirmed.ticked and said.confirmed.name
    if problems or said.unclear or (attested and not confirmed):
        return Verdict.HALF_FILLED
    return Verdict.COMPLETE


def _by_code(verdict: Verdict, code: tuple[str, str] | None) -> ReturnedForm:
    if code is None:
        raise not_ours()
    of_form = form_in_code(code[0])
    return ReturnedForm(verdict=verdict, request_id="" if of_form else code[0], in_code=of_form)
