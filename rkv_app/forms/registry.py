# SPDX-License-Identifier: MIT
"""The forms in a folder: `<form id>/<version>.yaml`, every version for ever, each pinned by its digest."""

import re
from pathlib import Path

from rkv_app.domain.evaluations import FormPin
from rkv_app.forms.loader import LoadedForm, load_form
from rkv_app.forms.model import Form
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message

# The same as FormId and Version in the model: a pin may come from a packet, and becomes part of a path.
_FORM_ID = re.compile(r"[a-z][a-z0-9-]{0,63}")
_VERSION = re.compile(r"20[0-9]{2}\.[1-9][0-9]{0,2}")


class Forms:
    """Finds forms and keeps what it has read. Used from one thread at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[tuple[str, str], LoadedForm] = {}

    def newest(self, form_id: str) -> Form:
        """Returns the highest version of a form.

        Raises:
            UserError: RKV-FRM-004 there is no such form, and all that `load_form` raises.
        """
        versions = self._versions(form_id)
        if not versions:
            raise _no_such_form(form_id)
        return self.get(form_id, max(versions, key=_in_order))

    def get(self, form_id: str, version: str) -> Form:
        """Returns one version of a form. Raises as `newest`."""
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

    def _versions(self, form_id: str) -> list[str]:
        if not _FORM_ID.fullmatch(form_id):
            return []
        return [path.stem for path in (self._folder / form_id).glob("*.yaml") if _VERSION.fullmatch(path.stem)]

    def _load(self, form_id: str, version: str) -> LoadedForm:
        known = self._read.get((form_id, version))
        if known is not None:
            return known
        if version not in self._versions(form_id):
            raise _no_such_form(form_id, version)
        path = self._folder / form_id / f"{version}.yaml"
        loaded = load_form(path)
        if (loaded.form.id, loaded.form.version) != (form_id, version):
            raise UserError(
                "RKV-FRM-003",
                message(
                    "{file}, line {line}: {what}",
                    file=path.name,
                    line=1,
                    what=message("The id or version in the file is not the one in its name and folder."),
                ),
                message("The form is not used. Correct the line, then try again."),
            )
        self._read[form_id, version] = loaded
        return loaded


def _in_order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _no_such_form(form_id: str, version: str = "") -> UserError:
    return UserError(
        "RKV-FRM-004",
        message("The form {form} is not in this version of the app.", form=f"{form_id} {version}".strip()[:120]),
        message("Nothing was changed. A newer version of the app may have it."),
    )
