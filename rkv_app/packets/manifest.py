# SPDX-License-Identifier: MIT
"""The signed list of files, `META-INF/ASiCManifest.xml` (ETSI EN 319 162-1, annex A.4), and the unsigned ODF list."""

import base64
import binascii
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from lxml import etree

from rkv_app.foundation.i18n import message
from rkv_app.packets.container import MIMETYPE
from rkv_app.packets.files import digest_of
from rkv_app.packets.problems import changed_after_signing, not_one_signature, wrong_manifest
from rkv_app.packets.xml_reading import parse_untrusted_xml

MANIFEST_NAME: Final = "META-INF/ASiCManifest.xml"
ODF_MANIFEST_NAME: Final = "META-INF/manifest.xml"

_ASIC: Final = "http://uri.etsi.org/02918/v1.2.1#"
_DSIG: Final = "http://www.w3.org/2000/09/xmldsig#"
_ODF: Final = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
# Older Norwegian writers (Difi, KS) use this URI, which no standard defines; they mean the one above.
_SHA256_ALIAS: Final = "http://www.w3.org/2000/09/xmldsig#sha256"
# They also leave a digit out of the namespace.
_ASIC_ALIAS: Final = "http://uri.etsi.org/2918/v1.2.1#"
_SIGNATURE_TYPE: Final = "application/x-pkcs7-signature"


@dataclass(frozen=True, slots=True)
class Reference:
    """One file in the manifest.

    Attributes:
        name: entry name in the container.
        digest: SHA-256 of the content, 32 bytes.
        root: whether it is the file a reader starts at (`Rootfile`).
    """

    name: str
    media_type: str
    digest: bytes
    root: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest says: where its signature lies, and the files it covers."""

    signature_name: str
    references: tuple[Reference, ...]


def write_manifest(manifest: Manifest) -> bytes:
    """Writes the bytes that are to be signed."""
    root = etree.Element(f"{{{_ASIC}}}ASiCManifest", nsmap={"asic": _ASIC, "ds": _DSIG})
    etree.SubElement(root, f"{{{_ASIC}}}SigReference", URI=manifest.signature_name, MimeType=_SIGNATURE_TYPE)
    for reference in manifest.references:
        element = etree.SubElement(
            root, f"{{{_ASIC}}}DataObjectReference", URI=reference.name, MimeType=reference.media_type
        )
        if reference.root:
            element.set("Rootfile", "true")
        etree.SubElement(element, f"{{{_DSIG}}}DigestMethod", Algorithm=_SHA256)
        etree.SubElement(element, f"{{{_DSIG}}}DigestValue").text = base64.b64encode(reference.digest).decode("ascii")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def read_manifest(data: bytes) -> Manifest:
    """Reads a manifest.

    Raises:
        UserError: RKV-PKT-013 not a manifest this profile knows, RKV-PKT-015 XML that is not accepted, RKV-PKT-040
            it does not name one signature.
    """
    root = parse_untrusted_xml(data)
    space = next((each for each in (_ASIC, _ASIC_ALIAS) if root.tag == f"{{{each}}}ASiCManifest"), None)
    if space is None:
        raise wrong_manifest(message("it is not readable"))
    signatures: list[str] = []
    references: list[Reference] = []
    for element in root:
        if element.tag == f"{{{space}}}SigReference":
            signatures.append(element.get("URI", ""))
        elif element.tag == f"{{{space}}}DataObjectReference":
            references.append(_read_reference(element))
        else:
            # Extensions may be critical, and this program knows none.
            raise wrong_manifest(message("it has a part that this program does not know"))
    if len(signatures) != 1 or not signatures[0]:
        raise not_one_signature(message("the list does not name one signature"))
    if len({reference.name for reference in references}) != len(references) or not references:
        raise wrong_manifest(message("it names a file twice, or none"))
    return Manifest(signatures[0], tuple(references))


def check_coverage(manifest: Manifest, files: Mapping[str, bytes]) -> None:
    """Checks that the manifest names every file and no other, and that each is as it was signed.

    Raises:
        UserError: RKV-PKT-013 a file is missing or not covered, RKV-PKT-014 a file was changed.
    """
    named = {reference.name for reference in manifest.references}
    if named - files.keys():
        raise wrong_manifest(message("a file that it names is missing"))
    if files.keys() - named:
        raise wrong_manifest(message("there is a file that it does not name"))
    for reference in manifest.references:
        if digest_of(files, reference.name) != reference.digest:
            raise changed_after_signing()


def write_odf_manifest(references: Sequence[Reference]) -> bytes:
    """Writes `META-INF/manifest.xml` (OpenDocument 1.2, part 3). It is not signed, so readers ignore what it says."""
    root = etree.Element(f"{{{_ODF}}}manifest", nsmap={"manifest": _ODF})
    root.set(f"{{{_ODF}}}version", "1.2")
    for path, media_type in (("/", MIMETYPE.decode("ascii")), *((each.name, each.media_type) for each in references)):
        entry = etree.SubElement(root, f"{{{_ODF}}}file-entry")
        entry.set(f"{{{_ODF}}}full-path", path)
        entry.set(f"{{{_ODF}}}media-type", media_type)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _read_reference(element: etree._Element) -> Reference:
    children = list(element)
    if [child.tag for child in children] != [f"{{{_DSIG}}}DigestMethod", f"{{{_DSIG}}}DigestValue"]:
        raise wrong_manifest(message("a file in it has not exactly one digest"))
    method, value = children
    if method.get("Algorithm") not in (_SHA256, _SHA256_ALIAS):
        raise wrong_manifest(message("a digest in it is made in a way that is not accepted"))
    try:
        digest = base64.b64decode("".join((value.text or "").split()), validate=True)
    except (binascii.Error, ValueError):
        digest = b""
    if len(digest) != hashlib.sha256().digest_size:
        raise wrong_manifest(message("a digest in it is not readable"))
    return Reference(
        element.get("URI", ""),
        element.get("MimeType", ""),
        digest,
        root=element.get("Rootfile", "") in ("true", "1"),
    )
