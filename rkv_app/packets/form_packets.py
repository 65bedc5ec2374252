# SPDX-License-Identifier: MIT
"""Packets of an organisation's forms and lists: signed like every packet, sealed to nobody, for many receivers.

They hold no personal data. The container is the inner one of the packet profile, read with the same checks and smaller
limits; see docs/formats/form-packet.md.
"""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, Final

from rkv_app.crypto import failures
from rkv_app.crypto.identity import Identity
from rkv_app.domain.exchange import Card
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.build import MESSAGE_NAME, signing_files
from rkv_app.packets.checking import SignedContainer, check_own_meta, check_signed_container
from rkv_app.packets.container import NewFile, read_container, write_container
from rkv_app.packets.files import beginning_of
from rkv_app.packets.form_messages import (
    FormMessage,
    PackedForm,
    PackedList,
    is_form_message,
    read_form_message,
    write_form_message,
)
from rkv_app.packets.json_reading import MAX_JSON
from rkv_app.packets.problems import invalid_message, not_forms, too_large, wrong_signer
from rkv_app.packets.zip_reading import check_structure

_MAX_SIZE: Final = 32 * 2**20
_YAML: Final = "application/yaml"
_ZIP_MARK: Final = b"PK"


@dataclass(frozen=True, slots=True, repr=False)
class NewForm:
    """One version of a form, to pack or to add."""

    id: str
    version: str
    data: bytes

    @property
    def sha256(self) -> str:
        """64 hexadecimal digits."""
        return _sha256(self.data).hex()


@dataclass(frozen=True, slots=True, repr=False)
class NewList:
    """A list, to pack or to add; `id` is its name."""

    id: str
    checked_on: date
    data: bytes

    @property
    def version(self) -> str:
        """As that of a form."""
        return self.checked_on.isoformat()

    @property
    def sha256(self) -> str:
        """64 hexadecimal digits."""
        return _sha256(self.data).hex()


@dataclass(frozen=True, slots=True, repr=False)
class FormPacket:
    """A packet that is intact and signed by the sender it names. How far that sender is trusted is not decided here.

    Attributes:
        contents: every form and list by entry name.
        manifest_sha256: SHA-256 of the signed manifest, 64 hexadecimal digits.
        signer_chain: further certificates that came along with the signature; they may be anything.
        signed_at: what the signer's clock said, or None.
    """

    message: FormMessage
    contents: Mapping[str, bytes]
    manifest_sha256: str
    signer_chain: tuple[bytes, ...]
    signed_at: datetime | None


def build_form_packet(
    forms: Sequence[NewForm], lists: Sequence[NewList], *, sender: Card, edition: str, identity: Identity, at: datetime
) -> bytes:
    """Signs forms and lists. The same files at the same moment give the same bytes but for those of the signature.

    Args:
        forms: no version of a form twice.
        lists: no list twice.
        sender: whose keys `identity` holds.
        edition: what people call this packet, such as the day it was made.
        identity: who signs.
        at: the moment of signing.

    Raises:
        UserError: RKV-PKT-012 too many or too large files; RKV-PKT-016, RKV-PKT-044 a text is too long.
        ValueError: the sender's card is not of the keys that sign.
    """
    if sender.signing_certificate != identity.signing_certificate:
        raise ValueError("the sender's card is not of the keys that sign")
    packed_forms = tuple(
        PackedForm(id=one.id, versjon=one.version, sha256=one.sha256, stoerrelse=len(one.data))
        for one in sorted(forms, key=lambda one: (one.id, one.version))
    )
    packed_lists = tuple(
        PackedList(id=one.id, kontrollert=one.checked_on, sha256=one.sha256, stoerrelse=len(one.data))
        for one in sorted(lists, key=lambda one: one.id)
    )
    data = {(one.id, one.version): one.data for one in forms} | {(one.id, ""): one.data for one in lists}
    files = [
        NewFile(MESSAGE_NAME, write_form_message(sender, at, edition, packed_forms, packed_lists)),
        *(NewFile(one.name, data[one.id, one.version]) for one in packed_forms),
        *(NewFile(one.name, data[one.id, ""]) for one in packed_lists),
    ]
    covered = [
        (one.name, "application/json" if one.name == MESSAGE_NAME else _YAML, _sha256(bytes(one.data)))
        for one in files
        if isinstance(one.data, bytes)
    ]
    _, meta = signing_files(covered, identity, at)
    out = io.BytesIO()
    write_container(out, (*files, *meta))
    if out.tell() > _MAX_SIZE:
        raise _over_limit()
    return out.getvalue()


def looks_like_forms(file: BinaryIO) -> bool:
    """Whether a file says that it is a packet of forms; nothing of it is checked but that it is a container."""
    if not _is_bare(file) or file.seek(0, io.SEEK_END) > _MAX_SIZE:
        return False
    try:
        return _message_in(read_container(file).files) is not None
    except UserError:
        return False


def read_form_packet(file: BinaryIO) -> FormPacket:
    """Reads a packet after every check: size, container, signature, coverage, digests, message, files.

    Raises:
        UserError: RKV-PKT-005, RKV-PKT-006 the signature; RKV-PKT-010 to 017 and 034 to 044 what is inside, as for
            other packets; RKV-PKT-066 it is another kind of packet.
    """
    if not _is_bare(file):
        raise not_forms()
    _check_sizes(file)
    signed = check_signed_container(file)
    if signed.signature.weak:
        raise failures.weak_signature()
    data = _message_in(signed.container.files)
    if data is None:
        raise not_forms()
    check_own_meta(signed)
    read = read_form_message(data)
    if read.sender.signing_certificate != signed.signature.certificate:
        raise wrong_signer()
    _check_files(read, signed)
    return FormPacket(
        message=read,
        contents={one.name: signed.container.files[one.name] for one in read.files},
        manifest_sha256=signed.manifest_sha256,
        signer_chain=signed.signature.chain,
        signed_at=signed.signature.signed_at,
    )


def _is_bare(file: BinaryIO) -> bool:
    file.seek(0)
    mark = file.read(len(_ZIP_MARK))
    file.seek(0)
    return mark == _ZIP_MARK


def _message_in(files: Mapping[str, bytes]) -> bytes | None:
    if MESSAGE_NAME not in files:
        return None
    data = beginning_of(files, MESSAGE_NAME, MAX_JSON + 1)
    return data if is_form_message(data) else None


def _check_sizes(file: BinaryIO) -> None:
    """Before anything is inflated: forms are text, and the limits of other packets are far above what these need."""
    entries = check_structure(file)
    if file.seek(0, io.SEEK_END) > _MAX_SIZE or sum(entry.size for entry, _ in entries.values()) > _MAX_SIZE:
        # Whoever sends an application here by mistake is better told that.
        if "hoveddokument.pdf" in entries:
            raise not_forms()
        raise _over_limit()


def _check_files(read: FormMessage, signed: SignedContainer) -> None:
    files = signed.container.files
    told = {one.name: one for one in read.files}
    if not told or len(told) != len(read.files) or told.keys() != files.keys() - {MESSAGE_NAME}:
        raise invalid_message(message("its list of files is not the files in the packet"))
    for name, one in told.items():
        if one.sha256 != files.digest(name).hex() or one.size != files.size(name):
            raise invalid_message(message("its list of files is not the files in the packet"))


def _over_limit() -> UserError:
    return too_large(message("its files are over {limit} MiB together", limit=_MAX_SIZE // 2**20))


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
