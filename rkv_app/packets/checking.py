# SPDX-License-Identifier: MIT
"""The checks of a packet after its seal is off, in the order that lets nothing unchecked be used.

First the container and its signature, which any ASiC-E file with a CAdES signature may pass; then what the profile
`rkv-pakke/1` asks for beyond that.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import BinaryIO, Final

from rkv_app.crypto.envelope import OpenWith, SealingKey
from rkv_app.crypto.identity import Identity, key_id, sealing_key_ids
from rkv_app.crypto.signing import Signature, verify_detached
from rkv_app.foundation.i18n import message
from rkv_app.packets.arkivmelding import ARCHIVE_NAME, MeasuredArchiveFile, describes
from rkv_app.packets.build import MAIN_NAME, MESSAGE_NAME
from rkv_app.packets.container import META_FOLDER, Container, read_container
from rkv_app.packets.files import beginning_of
from rkv_app.packets.json_reading import MAX_JSON
from rkv_app.packets.manifest import MANIFEST_NAME, ODF_MANIFEST_NAME, Manifest, check_coverage, read_manifest
from rkv_app.packets.messages import FOR_CODE, FileRole, PacketMessage, read_message
from rkv_app.packets.problems import (
    invalid_message,
    name_not_allowed,
    nobody_signed,
    not_for_you,
    not_one_signature,
    not_our_format,
    unknown_in_folder,
    wrong_signer,
)
from rkv_app.packets.xml_reading import MAX_XML

# `ASiCManifest*.xml`, but neither the archive nor the evidence record manifest (EN 319 162-1, annex A.7).
_MANIFEST: Final = re.compile(r"META-INF/ASiCManifest[^/]*\.xml", re.IGNORECASE)
_SIGNATURE: Final = re.compile(r"META-INF/signature[^/]*\.p7s", re.IGNORECASE)
_XADES: Final = re.compile(r"META-INF/signatures?[^/]*\.xml", re.IGNORECASE)
_OWN_SIGNATURE: Final = re.compile(r"META-INF/signature-[0-9a-f-]{36}\.p7s")


@dataclass(frozen=True, slots=True, repr=False)
class SignedContainer:
    """A container whose signature, digests and coverage hold; nothing is said about who signed."""

    container: Container
    manifest: Manifest
    manifest_sha256: str
    signature: Signature


def check_signed_container(source: bytes | BinaryIO) -> SignedContainer:
    """Checks an ASiC-E container with one CAdES signature: structure, signature, coverage, digests, in that order.

    Raises:
        UserError: RKV-PKT-005 and 006 the signature, RKV-PKT-010 to 015 everything else.
    """
    container = read_container(source)
    manifests = [name for name in container.meta if _MANIFEST.fullmatch(name)]
    signatures = [name for name in container.meta if _SIGNATURE.fullmatch(name)]
    if not manifests and any(_XADES.fullmatch(name) for name in container.meta):
        raise not_our_format(message("it is signed as XAdES, which this program does not check"))
    if not manifests and not signatures and MESSAGE_NAME in container.files:
        raise nobody_signed()
    if not manifests and not signatures:
        raise not_our_format(message("it is not signed"))
    if len(manifests) != 1 or len(signatures) != 1:
        raise not_one_signature(message("there must be exactly one list and one signature"))
    signed_bytes = container.meta[manifests[0]]
    signature = verify_detached(container.meta[signatures[0]], signed_bytes)
    manifest = read_manifest(signed_bytes)
    if manifest.signature_name != signatures[0]:
        raise not_one_signature(message("the list names another signature"))
    check_coverage(manifest, container.files)
    return SignedContainer(container, manifest, hashlib.sha256(signed_bytes).hexdigest(), signature)


def check_profile(signed: SignedContainer) -> PacketMessage:
    """Checks what the profile asks for beyond a signed container, and returns the message in it.

    Raises:
        UserError: RKV-PKT-005 the signer is not the sender, RKV-PKT-010 a file of the profile is missing, RKV-PKT-011
            a file in META-INF that the profile does not know, RKV-PKT-016 and 017 the message.
    """
    files = signed.container.files
    if not {ARCHIVE_NAME, MAIN_NAME, MESSAGE_NAME} <= files.keys():
        raise not_our_format(message("it is a signed container, but not a packet of this program"))
    check_own_meta(signed)
    read = read_message(beginning_of(files, MESSAGE_NAME, MAX_JSON + 1))
    if read.sender.signing_certificate != signed.signature.certificate:
        raise wrong_signer()
    _check_files(read, signed)
    return read


def check_own_meta(signed: SignedContainer) -> None:
    """Checks that META-INF holds what our own containers have there, and nothing else.

    Raises:
        UserError: RKV-PKT-036 the signature has another name; RKV-PKT-041 there is something else.
    """
    for name in signed.container.meta:
        if name.lower() not in _known_meta(signed.manifest.signature_name):
            raise unknown_in_folder(META_FOLDER)
    if not _OWN_SIGNATURE.fullmatch(signed.manifest.signature_name):
        raise name_not_allowed()


def check_recipient(read: PacketMessage, opener: OpenWith) -> None:
    """Checks that the sender meant the packet for whoever opens it: stops a signed packet from being sealed anew.

    Raises:
        UserError: RKV-PKT-002.
    """
    if isinstance(opener, Identity):
        mine = sealing_key_ids(opener)
    elif isinstance(opener, SealingKey):
        mine = frozenset({key_id(opener.certificate)})
    else:
        mine = frozenset({FOR_CODE})
    if mine.isdisjoint(read.recipients):
        raise not_for_you()


def archive_list_agrees(read: PacketMessage, signed: SignedContainer) -> bool:
    """Whether `arkivmelding.xml` lists the files of the packet; a difference is shown, the record is `rkv.json`.

    Raises:
        UserError: RKV-PKT-015, XML that is not accepted.
    """
    files = signed.container.files
    told = [*((entry.name, entry.media_type) for entry in read.files), (MESSAGE_NAME, "application/json")]
    measured = [
        MeasuredArchiveFile(name=name, media_type=kind, size=files.size(name), sha256=files.digest(name).hex())
        for name, kind in told
    ]
    return describes(beginning_of(files, ARCHIVE_NAME, MAX_XML + 1), measured)


def _known_meta(signature_name: str) -> frozenset[str]:
    return frozenset({MANIFEST_NAME.lower(), ODF_MANIFEST_NAME.lower(), signature_name.lower()})


def _check_files(read: PacketMessage, signed: SignedContainer) -> None:
    files = signed.container.files
    digests = {reference.name: reference.digest.hex() for reference in signed.manifest.references}
    told = {entry.name: entry for entry in read.files}
    if len(told) != len(read.files) or told.keys() != files.keys() - {ARCHIVE_NAME, MESSAGE_NAME}:
        raise invalid_message(message("its list of files is not the files in the packet"))
    for name, entry in told.items():
        if entry.sha256 != digests[name] or entry.size != files.size(name):
            raise invalid_message(message("its list of files is not the files in the packet"))
    if [entry.name for entry in read.files if entry.role is FileRole.MAIN] != [MAIN_NAME]:
        raise invalid_message(message("it does not name one main document"))
    if beginning_of(files, MAIN_NAME, 5) != b"%PDF-":
        raise invalid_message(message("the main document is not a PDF"))
