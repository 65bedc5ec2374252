# SPDX-License-Identifier: MIT
"""What is known of an attachment before anybody opens it: its kind by content, and what in it could act by itself.

Nothing here runs, renders or unpacks an attachment. The search is bounded and can be hidden from, so nothing found is
no promise: attachments are marked as downloaded when they are saved, and other programs then open them with care.
"""

import ctypes
import io
import os
import re
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

from rkv_app.domain.media_types import HEAD, MACROS, TAIL, TEXT, media_type
from rkv_app.foundation.i18n import Message, message

ALLOWED: Final = frozenset(
    {
        "application/pdf",
        "image/png",
        "image/jpeg",
        "image/tiff",
        "image/heic",
        TEXT,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.oasis.opendocument.text",
    }
)
"""Kinds that may be received and shown as documents; everything else may be saved, after a warning."""

_UNSPECIFIED: Final = "application/octet-stream"
_PIECE: Final = 2**20
_OVERLAP: Final = 4096
_MOST_STREAMS: Final = 200
_MOST_INFLATED: Final = 2**20
_MOST_ENTRIES: Final = 5_000
_MOST_RELATIONS: Final = 100
_LONGEST_NAME: Final = 120

# Names of PDF (ISO 32000-2, 12.6.4, 7.11.4, 12.7.8, 13.7) that act or carry, followed by the end of a name.
_PDF_NAME: Final = re.compile(
    rb"/(JavaScript|JS|Launch|SubmitForm|ImportData|RichMedia|XFA|EmbeddedFiles?|GoToE|Encrypt|ObjStm)(?=[\s()<>\[\]{}/%])"
)
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"/ObjStm\b[^\0]{0,2000}?stream\r?\n", re.DOTALL)
_EXTERNAL: Final = re.compile(rb"""TargetMode\s*=\s*["']External["']""")
_REACHES_OUT: Final = re.compile(rb"/(attachedTemplate|oleObject|frame|subDocument|externalLink|image)[\"']")
_CARRIED: Final = re.compile(r"(^|/)(embeddings|activeX)/|^Object \d+/|oleObject", re.IGNORECASE)


class Danger(StrEnum):
    """What about an attachment calls for care, most serious first."""

    UNKNOWN_KIND = "unknown_kind"
    OTHER_KIND = "other_kind"
    MACROS = "macros"
    SCRIPT = "script"
    LAUNCHES = "launches"
    SENDS = "sends"
    CARRIES_FILES = "carries_files"
    LOCKED = "locked"
    NOT_EXAMINED = "not_examined"


_PDF_DANGERS: Final[Mapping[bytes, Danger]] = MappingProxyType(
    {
        b"JavaScript": Danger.SCRIPT,
        b"JS": Danger.SCRIPT,
        b"XFA": Danger.SCRIPT,
        b"Launch": Danger.LAUNCHES,
        b"RichMedia": Danger.LAUNCHES,
        b"SubmitForm": Danger.SENDS,
        b"ImportData": Danger.SENDS,
        b"EmbeddedFile": Danger.CARRIES_FILES,
        b"EmbeddedFiles": Danger.CARRIES_FILES,
        b"GoToE": Danger.CARRIES_FILES,
        b"Encrypt": Danger.LOCKED,
    }
)
_WARNINGS: Final[Mapping[Danger, Message]] = MappingProxyType(
    {
        Danger.UNKNOWN_KIND: message("It is not of a kind that this program takes for a document."),
        Danger.OTHER_KIND: message("It is of another kind than the sender says."),
        Danger.MACROS: message("It has macros: small programs that run when it is opened."),
        Danger.SCRIPT: message("It has scripts that may run when it is opened."),
        Danger.LAUNCHES: message("It may start other programs when it is opened."),
        Danger.SENDS: message("It may fetch or send data over the network."),
        Danger.CARRIES_FILES: message("It has other files inside it."),
        Danger.LOCKED: message("It is protected with a password, so it could not be examined."),
        Danger.NOT_EXAMINED: message("It could not be examined in full."),
    }
)


@dataclass(frozen=True, slots=True)
class Safety:
    """What was found about an attachment.

    Attributes:
        kind: media type by content, or None where it is of no known kind.
        dangers: what calls for care, most serious first.
    """

    kind: str | None
    dangers: tuple[Danger, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it may be taken for a document: a kind on the list, and the one that the sender says."""
        return self.kind in ALLOWED and Danger.OTHER_KIND not in self.dangers and Danger.MACROS not in self.dangers

    @property
    def code(self) -> str:
        """The finding's stable code: RKV-PKT-045 no document, RKV-PKT-046 a document to be careful with, or empty."""
        if not self.allowed:
            return "RKV-PKT-045"
        return "RKV-PKT-046" if self.dangers else ""

    @property
    def warnings(self) -> tuple[Message, ...]:
        """A sentence for each danger."""
        return tuple(_WARNINGS[danger] for danger in self.dangers)


def examine(content: bytes | BinaryIO, told_type: str = _UNSPECIFIED) -> Safety:
    """Looks at an attachment without opening it, holding a few MiB of it at most.

    Args:
        content: its bytes, or a seekable file.
        told_type: the media type that the sender gave it.
    """
    file = io.BytesIO(content) if isinstance(content, bytes) else content
    head, tail = _ends(file)
    kind = media_type(head, tail)
    found: set[Danger] = set()
    if kind not in ALLOWED:
        found.add(Danger.UNKNOWN_KIND)
    elif told_type not in (kind, _UNSPECIFIED):
        found.add(Danger.OTHER_KIND)
    if head.startswith(b"%PDF-"):
        found |= _in_pdf(file)
    elif head.startswith(b"PK\x03\x04"):
        found |= _in_zip(file)
    return Safety(kind, tuple(danger for danger in Danger if danger in found))


def shown_name(name: str) -> str:
    r"""A file name from a stranger as it may stand on screen: one line, every unseen sign written out as `\u{202e}`."""
    seen = "".join(
        rf"\u{{{ord(sign):04x}}}" if unicodedata.category(sign)[0] == "C" or sign in "\u2028\u2029" else sign
        for sign in name
    )
    if len(seen) <= _LONGEST_NAME:
        return seen
    # The ending tells the kind, so the middle goes.
    return f"{seen[: _LONGEST_NAME - 21]}…{seen[-20:]}"


def mark_as_downloaded(path: Path) -> bool:
    """Marks a saved file as come from outside, so that other programs open it with care. Never fails.

    Linux: the extended attribute `user.xdg.origin.url` (freedesktop.org); Windows: the Mark of the Web
    (`Zone.Identifier`, zone 3); macOS: `com.apple.quarantine`. Returns whether the file system took the mark.
    """
    try:
        if sys.platform == "win32":
            return _mark_for_windows(path)
        if sys.platform == "darwin":
            return _mark_for_macos(path)
        os.setxattr(path, "user.xdg.origin.url", b"about:rkv-packet")
    except (OSError, AttributeError, ValueError):
        return False
    return True


def _mark_for_windows(path: Path) -> bool:
    stream = os.open(f"{path}:Zone.Identifier", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        os.write(stream, b"[ZoneTransfer]\r\nZoneId=3\r\n")
    finally:
        os.close(stream)
    return True


def _mark_for_macos(path: Path) -> bool:
    # 0081: quarantined, not yet opened by the user. Python has no setxattr there.
    value = b"0081;00000000;rkv_app;"
    system = ctypes.CDLL(None, use_errno=True)
    return bool(system.setxattr(os.fsencode(path), b"com.apple.quarantine", value, len(value), 0, 0) == 0)


def _ends(file: BinaryIO) -> tuple[bytes, bytes]:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(HEAD)
    file.seek(max(0, size - TAIL))
    return head, file.read(TAIL)


def _in_pdf(file: BinaryIO) -> set[Danger]:
    """Dangers in a PDF: its names are looked for in the file and in its object streams, where most of them hide."""
    found: set[Danger] = set()
    places: list[int] = []
    for offset, window in _windows(file):
        names = _pdf_names(window)
        found |= {_PDF_DANGERS[name] for name in names if name in _PDF_DANGERS}
        starts = [offset + start.end() for start in _STREAM.finditer(window)]
        if b"ObjStm" in names and not starts:
            found.add(Danger.NOT_EXAMINED)
        places += [start for start in starts if start not in places[-_MOST_STREAMS:]]
        if len(places) > _MOST_STREAMS:
            found.add(Danger.NOT_EXAMINED)
            break
    for place in places[:_MOST_STREAMS]:
        file.seek(place)
        inflated, whole = _inflated(file.read(_PIECE))
        found |= {_PDF_DANGERS[name] for name in _pdf_names(inflated) if name in _PDF_DANGERS}
        if not whole:
            found.add(Danger.NOT_EXAMINED)
    return found


def _pdf_names(data: bytes) -> set[bytes]:
    # A name may be written with hexadecimal escapes (ISO 32000-2, 7.3.5).
    plain = _ESCAPED.sub(_unescaped, data) if b"#" in data else data
    return set(_PDF_NAME.findall(plain + b" "))


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape.group(1), 16)])


def _windows(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The file in pieces, each with where it begins and with the end of the one before it."""
    offset, before = 0, b""
    file.seek(0)
    while piece := file.read(_PIECE):
        yield offset - len(before), before + piece
        offset, before = offset + len(piece), piece[-_OVERLAP:]


def _inflated(data: bytes) -> tuple[bytes, bool]:
    """What a deflated stream begins with, and whether that is all of it."""
    engine = zlib.decompressobj()
    try:
        return engine.decompress(data, _MOST_INFLATED), engine.eof
    except zlib.error:
        return b"", False


def _in_zip(file: BinaryIO) -> set[Danger]:
    """Dangers in an office file, by the names in it and by where its relations point (ECMA-376 part 2, 6.5)."""
    found: set[Danger] = set()
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if any(MACROS.search(name) for name in names):
                found.add(Danger.MACROS)
            if any(_CARRIED.search(name) for name in names):
                found.add(Danger.CARRIES_FILES)
            relations = [entry for entry in entries if entry.filename.lower().endswith(".rels")]
            if len(entries) > _MOST_ENTRIES or len(relations) > _MOST_RELATIONS:
                found.add(Danger.NOT_EXAMINED)
            for entry in relations[:_MOST_RELATIONS]:
                with archive.open(entry) as content:
                    told = content.read(_MOST_INFLATED)
                if _EXTERNAL.search(told) and _REACHES_OUT.search(told):
                    found.add(Danger.SENDS)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError):
        # RuntimeError: an encrypted entry; the others: a zip that only some programs can read.
        found.add(Danger.NOT_EXAMINED)
    return found
