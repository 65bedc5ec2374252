# SPDX-License-Identifier: MIT
"""The forms in folders: `<form id>/<version>.yaml`, every version for ever, each pinned by its digest.

The forms that come with the app and those of an organisation lie in different folders and are told apart wherever they
are shown. An organisation's form can never stand in for one of ours: an id that we ship is only looked for among ours.
Nor can a file in a folder stand in for a version that came in a packet, or such a version be changed.
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
from rkv_app.foundation.added_packets import AddedFile, AddedKind, AddedPacket, added_packets, is_whole
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
    """One version of a form that is here, not read yet.

    Attributes:
        packet: that it came in; None for a file in a folder.
    """

    form_id: str
    version: str
    source: Source
    packet: AddedPacket | None = None


@dataclass(frozen=True, slots=True)
class FormFile:
    """A form with its pin, be it among those that are here or in a file of its author's."""

    form: Form
    pin: FormPin


class Forms:
    """Finds forms and keeps what it has read. Used from one thread at a time.

    Args:
        folder: of the forms that come with the app.
        own: of the organisation's own forms; it need not be there.
        packets: of the forms that were added as a whole, see `foundation.added_packets`; it need not be there.
    """

    def __init__(self, folder: Path, own: Path | None = None, packets: Path | None = None) -> None:
        self._shipped = folder
        self._own = own
        self._packets = packets
        self._read: dict[tuple[str, str], LoadedForm] = {}
        self._by_digest: dict[str, LoadedForm] = {}

    @property
    def own_folder(self) -> Path | None:
        """Where the organisation's own forms lie; it need not be there."""
        return self._own

    @property
    def packets_folder(self) -> Path | None:
        """Where what was added as a whole lies; it need not be there."""
        return self._packets

    def entries(self) -> tuple[FormEntry, ...]:
        """Returns every version of every form that is here, ours first, by id and then oldest first."""
        ours = _ids(self._shipped)
        theirs = (_ids(self._own) | {file.id for _, file in self._added()}) - ours
        found = [
            *((form_id, Source.SHIPPED) for form_id in sorted(ours)),
            *((form_id, Source.ORGANISATION) for form_id in sorted(theirs)),
        ]
        return tuple(
            FormEntry(form_id, version, source, self.came_in(form_id, version))
            for form_id, source in found
            for version in self.versions(form_id)
        )

    def versions(self, form_id: str) -> tuple[str, ...]:
        """Returns the versions of a form that can be used, oldest first; none where there is no such form."""
        if not _FORM_ID.fullmatch(form_id):
            return ()
        if shipped := _versions(self._shipped / form_id):
            return tuple(sorted(shipped, key=version_order))
        added = self._added(form_id)
        beside = _versions(self._own / form_id) if self._own is not None else set()
        usable = {file.version for packet, file in added if is_whole(packet, file)}
        usable |= beside - {file.version for _, file in added}
        return tuple(sorted(usable, key=version_order))

    def source_of(self, form_id: str) -> Source | None:
        """Returns whose a form is, or None where there is no such form."""
        if not _FORM_ID.fullmatch(form_id):
            return None
        if _versions(self._shipped / form_id):
            return Source.SHIPPED
        return Source.ORGANISATION if self.versions(form_id) else None

    def came_in(self, form_id: str, version: str) -> AddedPacket | None:
        """Returns the packet that a version of a form came in, the first that is whole; None for a file in a folder."""
        if self.source_of(form_id) is Source.SHIPPED:
            return None
        came = [(packet, file) for packet, file in self._added(form_id) if file.version == version]
        whole = (packet for packet, file in came if is_whole(packet, file))
        return next(whole, came[0][0] if came else None)

    def digest_here(self, form_id: str, version: str) -> str:
        """Returns the SHA-256 that a version of an organisation's form has, or had when it came; empty where none is.

        Raises:
            UserError: RKV-SYS-002 the file cannot be read.
        """
        for _, file in self._added(form_id):
            if file.version == version:
                return file.sha256
        path = self._own / form_id / f"{version}.yaml" if self._own is not None else None
        return read_bytes(path)[1] if path is not None and path.is_file() else ""

    def content(self, form_id: str, version: str) -> bytes:
        """Returns the file of a form as it is now. Raises as `get`, but for what is wrong in it."""
        return read_bytes(self._path(form_id, version))[0]

    def ships(self, file: Path) -> bool:
        """Whether a file lies among the forms that come with the app."""
        return file.resolve().is_relative_to(self._shipped.resolve())

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
        path = self._path(form_id, version)
        data, sha256 = read_bytes(path)
        loaded = self._by_digest.get(sha256) or load_form(data, sha256, path.name)
        if (loaded.form.id, loaded.form.version) != (form_id, version):
            raise not_a_form(path.name, 1, OTHER_NAME)
        self._read[form_id, version] = self._by_digest[sha256] = loaded
        return loaded

    def _path(self, form_id: str, version: str) -> Path:
        if version in self.versions(form_id):
            packet = self.came_in(form_id, version)
            if packet is not None:
                names = (file.name for file in packet.files if (file.id, file.version) == (form_id, version))
                return packet.folder / next(names)
            folder = self._shipped if self.source_of(form_id) is Source.SHIPPED else self._own
            if folder is not None:
                return folder / form_id / f"{version}.yaml"
        elif self.came_in(form_id, version) is not None:
            raise changed_since(form_id, version)
        raise _no_such_form(form_id, version)

    def _added(self, form_id: str = "") -> list[tuple[AddedPacket, AddedFile]]:
        """The forms that came in packets, in the order in which they were added."""
        return [
            (packet, file)
            for packet in added_packets(self._packets)
            for file in packet.files
            if file.kind is AddedKind.FORM and file.id == (form_id or file.id)
        ]


def changed_since(form_id: str, version: str) -> UserError:
    """RKV-FRM-043: a form that came in a packet is not the file any more that came."""
    return UserError(
        "RKV-FRM-043",
        message(
            "The form {form} came in a packet, and its file was changed or taken away since. It is not used.",
            form=f"{form_id} {version}"[:120],
        ),
        message("All answers are kept. Add the packet once more; that puts the file right."),
        ExitStatus.DAMAGED,
    )


def _ids(folder: Path | None) -> set[str]:
    if folder is None:
        return set()
    return {path.name for path in folder.glob("*") if _FORM_ID.fullmatch(path.name) and _versions(path)}


def _versions(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.yaml") if _VERSION.fullmatch(path.stem)}


def _no_such_form(form_id: str, version: str = "") -> UserError:
    return UserError(
        "RKV-FRM-004",
        message("The form {form} is not in this version of the app.", form=f"{form_id} {version}".strip()[:120]),
        message("Nothing was changed. A newer version of the app may have it."),
    )
