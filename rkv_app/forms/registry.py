# SPDX-License-Identifier: MIT
"""The forms in folders: `<form id>/<version>.yaml`, every version for ever, each pinned by its digest.

The forms that come with the app and those of an organisation lie in two folders and are told apart wherever they are
shown. An organisation's form can never stand in for one of ours: an id that we ship is only looked for among ours.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from rkv_app.domain.evaluations import FormPin
from rkv_app.forms.loader import LoadedForm, load_form, not_a_form, read_bytes
from rkv_app.forms.migrations import Step
from rkv_app.forms.model import Form, version_order
from rkv_app.forms.parts import FORM_ID_PATTERN, VERSION_PATTERN
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message

# A pin may come from a packet, and becomes part of a path.
_FORM_ID = re.compile(FORM_ID_PATTERN)
_VERSION = re.compile(VERSION_PATTERN)

OTHER_NAME = message("The id or version in the file is not the one in its name and folder.")


class Source(StrEnum):
    """Whose a form is."""

    SHIPPED = "shipped"
    ORGANISATION = "organisation"


@dataclass(frozen=True, slots=True)
class FormEntry:
    """One version of a form that is here, not read yet."""

    form_id: str
    version: str
    source: Source


class Forms:
    """Finds forms and keeps what it has read. Used from one thread at a time.

    Args:
        folder: of the forms that come with the app.
        own: of the organisation's own forms; it need not be there.
    """

    def __init__(self, folder: Path, own: Path | None = None) -> None:
        self._folders = {Source.SHIPPED: folder} | ({Source.ORGANISATION: own} if own is not None else {})
        self._read: dict[tuple[str, str], LoadedForm] = {}
        self._by_digest: dict[str, LoadedForm] = {}

    @property
    def own_folder(self) -> Path | None:
        """Where the organisation's own forms lie; it need not be there."""
        return self._folders.get(Source.ORGANISATION)

    def entries(self) -> tuple[FormEntry, ...]:
        """Returns every version of every form that is here, ours first, by id and then oldest first."""
        found: list[FormEntry] = []
        for source, folder in self._folders.items():
            ids = sorted(path.name for path in folder.glob("*") if _FORM_ID.fullmatch(path.name))
            found.extend(
                FormEntry(form_id, version, source)
                for form_id in ids
                if self.source_of(form_id) is source
                for version in self.versions(form_id)
            )
        return tuple(found)

    def versions(self, form_id: str) -> tuple[str, ...]:
        """Returns the versions of a form, oldest first; none where there is no such form."""
        source = self.source_of(form_id)
        return _versions(self._folders[source] / form_id) if source is not None else ()

    def source_of(self, form_id: str) -> Source | None:
        """Returns whose a form is, or None where there is no such form."""
        if not _FORM_ID.fullmatch(form_id):
            return None
        return next((source for source, folder in self._folders.items() if _versions(folder / form_id)), None)

    def ships(self, file: Path) -> bool:
        """Whether a file lies among the forms that come with the app."""
        return file.resolve().is_relative_to(self._folders[Source.SHIPPED].resolve())

    def newest(self, form_id: str) -> Form:
        """Returns the highest version of a form.

        Raises:
            UserError: RKV-FRM-004 there is no such form, and all that `load_form` raises.
        """
        versions = self.versions(form_id)
        if not versions:
            raise _no_such_form(form_id)
        return self.get(form_id, versions[-1])

    def get(self, form_id: str, version: str) -> Form:
        """Returns one version of a form. Raises as `newest`."""
        return self._load(form_id, version).form

    def fresh(self, form_id: str, version: str) -> Form:
        """Returns one version of a form as its file is now; what was read before is used where its digest is the same.

        Raises as `newest`.
        """
        self._read.pop((form_id, version), None)
        return self._load(form_id, version).form

    def pinned(self, pin: FormPin) -> Form:
        """Returns the very form that answers were given on.

        Raises:
            UserError: RKV-FRM-004 there is no such form here; RKV-FRM-005 its file is not the one that was pinned
                (status DAMAGED); and all that `load_form` raises.
        """
        loaded = self._load(pin.form_id, pin.version)
        if loaded.sha256 != pin.sha256:
            raise UserError(
                "RKV-FRM-005",
                message(
                    "The form {form} {version} on this machine is not the one that the answers were given on.",
                    form=pin.form_id,
                    version=pin.version,
                ),
                message("The answers are kept as they are. Install the app again, so that its forms are as published."),
                ExitStatus.DAMAGED,
            )
        return loaded.form

    def pin_of(self, form: Form) -> FormPin:
        """Returns the pin that answers on `form` are bound to. Raises as `newest`."""
        return FormPin(form.id, form.version, self._load(form.id, form.version).sha256)

    def steps(self, old: Form, version: str) -> tuple[Step, ...]:
        """Returns the way from a form to a newer version of it: in one step where that one says how, else by each.

        Raises as `newest`, RKV-FRM-004 also where `version` is not a newer one.
        """
        target = self.get(old.id, version)
        between = [found for found in self.versions(old.id) if version_order(old.version) < version_order(found)]
        if version not in between:
            raise _no_such_form(old.id, version)
        if any(migration.from_version == old.version for migration in target.migrations):
            return (Step(old, target),)
        forms = [old, *(self.get(old.id, found) for found in between[: between.index(version) + 1])]
        return tuple(Step(before, after) for before, after in pairwise(forms))

    def _load(self, form_id: str, version: str) -> LoadedForm:
        known = self._read.get((form_id, version))
        if known is not None:
            return known
        source = self.source_of(form_id)
        if source is None or version not in self.versions(form_id):
            raise _no_such_form(form_id, version)
        path = self._folders[source] / form_id / f"{version}.yaml"
        data, sha256 = read_bytes(path)
        loaded = self._by_digest.get(sha256) or load_form(data, sha256, path.name)
        if (loaded.form.id, loaded.form.version) != (form_id, version):
            raise not_a_form(path.name, 1, OTHER_NAME)
        self._read[form_id, version] = self._by_digest[sha256] = loaded
        return loaded


def _versions(folder: Path) -> tuple[str, ...]:
    found = [path.stem for path in folder.glob("*.yaml") if _VERSION.fullmatch(path.stem)]
    return tuple(sorted(found, key=version_order))


def _no_such_form(form_id: str, version: str = "") -> UserError:
    return UserError(
        "RKV-FRM-004",
        message("The form {form} is not in this version of the app.", form=f"{form_id} {version}".strip()[:120]),
        message("Nothing was changed. A newer version of the app may have it."),
    )
