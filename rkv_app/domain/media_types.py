# SPDX-License-Identifier: MIT
"""What kind of file some content is, and what it may be called. By content alone: anybody can rename a file.

Only kinds that document work are known here. Programs, scripts, web pages, drawings with scripts in them, office files
with macros and plain zip files are of no known kind.
"""

import re
import struct
import unicodedata
from collections.abc import Mapping
from typing import Final

HEAD: Final = 4096
"""How many bytes of the beginning are looked at."""
TAIL: Final = 256 * 1024
"""How many bytes of the end are looked at: there a zip file has its list of files."""

PDF: Final = "application/pdf"
TEXT: Final = "text/plain"
_HEIC: Final = "image/heic"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Endings that a name may have, by kind; the first one is added where it has another.
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    PDF: (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/tiff": (".tif", ".tiff"),
    _HEIC: (".heic", ".heif"),
    TEXT: (".txt", ".md", ".csv"),
    _WORD: (".docx",),
    _SHEET: (".xlsx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.etsi.asic-e+zip": (".asice", ".sce", ".rkvpakke"),
    "application/pkcs7-mime": (".rkvpakke", ".p7m"),
}
_BEGINNINGS: Final = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"})
# CMS AuthEnvelopedData (RFC 5083), by its object identifier: a sealed packet.
_SEALED: Final = bytes.fromhex("060b2a864886f70d0109100117")
# OpenDocument and ASiC say their type in the first file in the zip, which is named so and is not compressed.
_SAYS_ITS_TYPE: Final = b"mimetype"
_SAID_TYPES: Final = frozenset({"application/vnd.oasis.opendocument.text", "application/vnd.etsi.asic-e+zip"})
_OFFICE_TYPES: Final = {"word/document.xml": _WORD, "xl/workbook.xml": _SHEET}
MACROS: Final = re.compile(r"vbaProject\.bin$|^Basic/|^Scripts/|macrosheets/", re.IGNORECASE)

_CONTROL: Final = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# A text that another program would run or draw.
_CODE: Final = re.compile(rb"\s*(<[!?a-z/]|#!|@echo|%!ps|\{\\rtf)", re.IGNORECASE)

_END_OF_ZIP: Final = struct.Struct("<4s4H2IH")
_ZIP_ENTRY: Final = struct.Struct("<4s6H3I5H2I")

_LONGEST_NAME: Final = 120
_NOT_IN_NAMES: Final = frozenset('<>:"|?*')
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def media_type(head: bytes, tail: bytes) -> str | None:
    """Returns the media type of some content, or None where it is of no known kind.

    Args:
        head: its first `HEAD` bytes.
        tail: its last `TAIL` bytes.
    """
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    if head.startswith(b"PK\x03\x04"):
        return _type_of_zip(head, tail)
    if head.startswith(b"0") and _SEALED in head[:24]:
        return "application/pkcs7-mime"
    if head[4:8] == b"ftyp":
        return _HEIC if _HEIC_BRANDS & _brands(head) else None
    if head and is_text(head) and not _CODE.match(head.removeprefix(b"\xef\xbb\xbf")):
        return TEXT
    return None


def may_be_known(head: bytes) -> bool:
    """Whether content that begins so can be of a known kind: there is no need to read on where it cannot."""
    return head.startswith(b"PK\x03\x04") or media_type(head, b"") is not None


def is_text(content: bytes) -> bool:
    """Whether a stretch of content has no byte that never stands in a text (UTF-8, or an older 8-bit encoding)."""
    return _CONTROL.search(content) is None


def safe_name(name: str, kind: str) -> str:
    """Returns a name to keep content under: no folders, nothing unseen, an ending that fits `kind`.

    A name that would open the content with another program than its kind's gets that kind's ending added.
    """
    # Format characters can turn the reading direction around and hide an ending (U+202E).
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
        if character.isspace() or (unicodedata.category(character)[0] != "C" and character not in _NOT_IN_NAMES)
    )
    seen = " ".join(kept.split()).strip(" .")
    stem, dot, ending = seen.rpartition(".")
    endings = _ENDINGS[kind]
    if not (stem and f".{ending}".lower() in endings):
        stem, dot, ending = seen or "_", "", endings[0]
    if _RESERVED.match(stem):
        stem = f"_{stem}"
    return f"{stem[: _LONGEST_NAME - len(ending) - 1].rstrip(' .')}{dot}{ending}"


def _brands(head: bytes) -> frozenset[bytes]:
    """What an ISO base media file (ISO/IEC 14496-12, 4.3) says it can be read as."""
    (size,) = struct.unpack(">I", head[:4])
    box = head[8 : min(size, len(head))]
    return frozenset(box[start : start + 4] for start in range(0, len(box), 4))


def _type_of_zip(head: bytes, tail: bytes) -> str | None:
    names = _names_in_zip(tail)
    if not names or any(MACROS.search(name) for name in names):
        return None
    if head[30:38] == _SAYS_ITS_TYPE:
        (length,) = struct.unpack("<I", head[18:22])
        said = head[38 : 38 + length].decode("ascii", "replace")
        return said if said in _SAID_TYPES else None
    if "[Content_Types].xml" not in names:
        return None
    return next((found for name, found in _OFFICE_TYPES.items() if name in names), None)


def _names_in_zip(tail: bytes) -> frozenset[str]:
    """The names in a zip file's list (APPNOTE.TXT 4.3.12, 4.3.16); none where the list does not lie within `tail`."""
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or end + _END_OF_ZIP.size > len(tail):
        return frozenset()
    _, _, _, _, count, size, _, _ = _END_OF_ZIP.unpack_from(tail, end)
    place, names = end - size, set()
    for _ in range(count):
        if place < 0 or place + _ZIP_ENTRY.size > end:
            return frozenset()
        entry = _ZIP_ENTRY.unpack_from(tail, place)
        signature, name_length, extra, comment = entry[0], entry[10], entry[11], entry[12]
        begin = place + _ZIP_ENTRY.size
        if signature != b"PK\x01\x02":
            return frozenset()
        names.add(tail[begin : begin + name_length].decode("utf-8", "replace"))
        place = begin + name_length + extra + comment
    return frozenset(names)
