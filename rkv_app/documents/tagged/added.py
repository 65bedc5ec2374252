# SPDX-License-Identifier: MIT
"""Objects written as text behind a finished file, as an incremental update (ISO 32000-1 § 7.5.6).

A form has some thirteen hundred fields and elements that refer to each other. To make them with a PDF library key by
key, and to have them looked through and written by it, takes twice as long as all the rest of the form.
"""

import hashlib
import re
import struct
from collections.abc import Iterable
from itertools import accumulate
from typing import TypeAlias

from pikepdf import Object, Pdf

# Where an object lies (ISO 32000-1 table 18): alone at an offset, or together with others in a stream at an index.
_ALONE, _TOGETHER = 1, 2
_PLACE = struct.Struct(">BII")
_END = re.compile(rb"startxref\s+(\d+)")
_TAIL = 64
# Letters that are the same byte in a text string as in Latin-1 (ISO 32000-1 annex D.2), without those that the mark of
# another encoding begins with.
_LATIN = re.compile("[ -~\u00a1-\u00ac\u00ae-\u00ee\u00f0-\u00fd]*")
# Those among them that need no escape in a literal string (§ 7.3.4.2).
_PLAIN = re.compile("[ -'*-[\\]-~\u00a1-\u00ac\u00ae-\u00ee\u00f0-\u00fd]*")
_ENCODING = "latin-1"


# Where an object lies: how, then an offset, or the number of a stream and the object's order in it.
_Where: TypeAlias = tuple[int, int, int]


class AddedObjects:
    """Objects behind a file. Their numbers are known before they are written, so they can refer to each other."""

    def __init__(self, file: bytes, pdf: Pdf) -> None:
        """Begins behind `file`; `pdf` is what was read from it."""
        self._file = file
        self._pdf = pdf
        self._next = int(pdf.trailer.Size)
        # Objects that go together into one stream, and those that are streams themselves.
        self._together: dict[int, str] = {}
        self._alone: dict[int, str] = {}

    def reserve(self) -> int:
        """A number for an object that is written later with `put`."""
        self._next += 1
        return self._next - 1

    def put(self, number: int, text: str) -> None:
        """Writes the object of a reserved number; a letter of `text` is a byte."""
        self._together[number] = text

    def add(self, text: str) -> int:
        """Writes an object and returns its number; not for streams."""
        number = self.reserve()
        self._together[number] = text
        return number

    def add_stream(self, entries: str, data: str) -> int:
        """Writes a stream and returns its number; `entries` are those of its dictionary, but for its length."""
        number = self.reserve()
        self._alone[number] = f"<<{entries}/Length {len(data)}>>stream\n{data}\nendstream"
        return number

    def extend(self, known: Object, entries: str) -> None:
        """Writes a dictionary of the file anew, with more entries, which it must not have yet."""
        said = known.unparse(resolved=True).decode(_ENCODING)
        self._together[known.objgen[0]] = f"{said.removesuffix('>>')}{entries}>>"

    def written(self) -> bytes:
        """The file with the objects behind it: most in one object stream (§ 7.5.7), which is read as a whole."""
        stream = self.reserve()
        texts = self._together.values()
        offsets = accumulate((len(text) + 1 for text in texts), initial=0)
        head = " ".join([f"{number} {offset}" for number, offset in zip(self._together, offsets, strict=False)]) + "\n"
        body = "\n".join(texts).encode(_ENCODING)
        places: dict[int, _Where] = {number: (_TOGETHER, stream, order) for order, number in enumerate(self._together)}
        # Written piece by piece behind the file: that of a long document is large, and so is what is added to it.
        out = bytearray(self._file)
        for number, text in self._alone.items():
            places[number] = (_ALONE, len(out), 0)
            out += f"{number} 0 obj\n{text}\nendobj\n".encode(_ENCODING)
        places[stream] = (_ALONE, len(out), 0)
        known = f"/Type/ObjStm/N {len(texts)}/First {len(head)}/Length {len(head) + len(body)}"
        out += f"{stream} 0 obj\n<<{known}>>stream\n{head}".encode("ascii")
        out += body
        out += b"\nendstream\nendobj\n"
        del body
        with memoryview(out) as whole:
            second = hashlib.blake2b(whole[len(self._file) :], digest_size=16).hexdigest()
        out += self._table(places, len(out), second)
        return bytes(out)

    def _table(self, places: dict[int, _Where], at: int, second: str) -> bytes:
        """The cross-reference stream (§ 7.5.8) of what was added; it lies behind it, `at` an offset in the file.

        The `second` identifier of a file changes with its content (§ 14.4).
        """
        own = self.reserve()
        places[own] = (_ALONE, at, 0)
        numbers = sorted(places)
        data = b"".join([_PLACE.pack(*places[number]) for number in numbers])
        starts = [number for number in numbers if number - 1 not in places]
        ends = [number for number in numbers if number + 1 not in places]
        ranges = " ".join(f"{start} {end - start + 1}" for start, end in zip(starts, ends, strict=True))
        trailer, before = self._pdf.trailer, _END.findall(self._file[-_TAIL:])[-1].decode()
        first = bytes(trailer.ID[0]).hex()
        known = (
            f"/Type/XRef/W[1 4 4]/Index[{ranges}]/Size {self._next}/Length {len(data)}/Prev {before}"
            f"/Root {_reference(trailer.Root)}/Info {_reference(trailer.Info)}/ID[<{first}><{second}>]"
        )
        head, tail = f"{own} 0 obj\n<<{known}>>stream\n", f"\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n"
        return head.encode("ascii") + data + tail.encode("ascii")


def _reference(known: Object) -> str:
    number, generation = known.objgen
    return f"{number} {generation} R"


def text_string(text: str) -> str:
    """A text string (ISO 32000-1 § 7.9.2.2) as it stands in the text of an object."""
    if _PLAIN.fullmatch(text):
        return f"({text})"
    if _LATIN.fullmatch(text):
        escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        return f"({escaped})"
    return f"<feff{text.encode('utf-16-be').hex()}>"


def array_of(numbers: Iterable[int]) -> str:
    """An array of references to objects."""
    return f"[{' '.join([f'{number} 0 R' for number in numbers])}]"
