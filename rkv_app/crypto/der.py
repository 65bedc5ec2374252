# SPDX-License-Identifier: MIT
"""Just enough ASN.1 for CMS: a DER writer, and a BER reader that streams and trusts no length it is told.

The reader takes indefinite lengths and segmented octet strings (X.690 clauses 8.1.3.6 and 8.7), because other
programs stream; it refuses long-form tags, which CMS does not use.
"""

import io
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

INTEGER: Final = 0x02
BIT_STRING: Final = 0x03
OCTET_STRING: Final = 0x04
NULL: Final = 0x05
OBJECT_IDENTIFIER: Final = 0x06
SEQUENCE: Final = 0x30
SET: Final = 0x31

CHUNK: Final = 1024 * 1024
"""Most bytes of content that are held at once."""

_CONSTRUCTED: Final = 0x20
_LONG_FORM_TAG: Final = 0x1F
_END_OF_CONTENTS: Final = 0x00
_MOST_LENGTH_OCTETS: Final = 8
_NODE_CHARGE: Final = 8
_SHORT_SEGMENT: Final = 256
_MOST_SHORT_SEGMENTS: Final = 1000


class MalformedError(Exception):
    """The bytes are not the BER they should be, or are more than the reader was allowed to take in."""


class TooLargeError(MalformedError):
    """The bytes ask for more memory, depth or pieces than the reader was allowed."""


def context(number: int, *, constructed: bool = True) -> int:
    """The identifier octet of a context-specific tag."""
    return 0x80 | number | (_CONSTRUCTED if constructed else 0)


def length_octets(length: int) -> bytes:
    """A definite length in its shortest form (X.690 clause 10.1)."""
    if length < 0x80:
        return bytes([length])
    octets = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(octets)]) + octets


def tlv(tag: int, *parts: bytes) -> bytes:
    """One value: identifier octet, definite length, the parts as content."""
    return opening(tag, b"".join(parts), 0)


def opening(tag: int, content: bytes, to_come: int) -> bytes:
    """The beginning of a value: identifier octet, definite length, `content`; `to_come` octets more will follow."""
    return bytes([tag]) + length_octets(len(content) + to_come) + content


def sequence(*parts: bytes) -> bytes:
    """A SEQUENCE of encoded values."""
    return tlv(SEQUENCE, *parts)


def set_of(*parts: bytes) -> bytes:
    """A SET OF encoded values, in DER's order (X.690 clause 11.6)."""
    return tlv(SET, *sorted(parts))


def integer(value: int) -> bytes:
    """A non-negative INTEGER."""
    return tlv(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def octet_string(octets: bytes) -> bytes:
    """An OCTET STRING."""
    return tlv(OCTET_STRING, octets)


def oid(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER from its dotted form, encoded with identifier and length."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    return tlv(OBJECT_IDENTIFIER, *(_base128(arc) for arc in (first * 40 + second, *rest)))


def _base128(arc: int) -> bytes:
    octets = [arc & 0x7F]
    while arc := arc >> 7:
        octets.append(0x80 | arc & 0x7F)
    return bytes(reversed(octets))


class Node(NamedTuple):
    """One value that was read whole.

    Attributes:
        tag: identifier octet.
        raw: the value's bytes exactly as they came, identifier and length included.
        content: content octets of a primitive value; empty for a constructed one.
        children: the values inside a constructed one.
    """

    tag: int
    raw: bytes
    content: bytes
    children: tuple["Node", ...]

    def child(self, index: int, tag: int) -> "Node":
        """The child at `index`, which must carry `tag`.

        Raises:
            MalformedError: there is no such child, or it is something else.
        """
        if index >= len(self.children) or self.children[index].tag != tag:
            raise MalformedError
        return self.children[index]

    def tagged(self, tag: int) -> "Node | None":
        """The first child with `tag`, if any."""
        return next((child for child in self.children if child.tag == tag), None)

    def octets(self) -> bytes:
        """The bytes of an octet string, in one piece or in segments, whatever tag it carries."""
        if self.tag & _CONSTRUCTED:
            return b"".join(self._segment(child) for child in self.children)
        return self.content

    def number(self) -> int:
        """The value of an INTEGER.

        Raises:
            MalformedError: it is no INTEGER, negative, or longer than 8 octets.
        """
        if self.tag != INTEGER or not 1 <= len(self.content) <= _MOST_LENGTH_OCTETS or self.content[0] & 0x80:
            raise MalformedError
        return int.from_bytes(self.content, "big")

    @staticmethod
    def _segment(child: "Node") -> bytes:
        if child.tag & ~_CONSTRUCTED != OCTET_STRING:
            raise MalformedError
        return child.octets()


class Header(NamedTuple):
    """Identifier and length of a value. `length` is None where it is indefinite; `end` is where the content stops."""

    tag: int
    length: int | None
    end: int | None
    raw: bytes


class BerReader:
    """Reads BER from a stream, once, from its present place.

    Everything but the content of `octets` is charged against `allowance`, so a hostile file can not fill the memory.
    """

    def __init__(self, stream: BinaryIO, *, allowance: int, max_depth: int) -> None:
        self._stream = stream
        self._allowance = allowance
        self._max_depth = max_depth
        self._position = 0
        self._depth = 0
        self._ended: Header | None = None

    def enter(self, inside: Header | None, tag: int) -> Header:
        """Goes into the next value, which must be constructed and carry `tag`."""
        header = self.next_in(inside)
        if header is None or header.tag != tag:
            raise MalformedError
        self._descend()
        return header

    def leave(self, header: Header) -> None:
        """Leaves a value that was entered; nothing may be left in it."""
        if self.next_in(header) is not None:
            raise MalformedError
        self._depth -= 1

    def node(self, inside: Header) -> Node:
        """Reads the next value whole; there must be one."""
        header = self.next_in(inside)
        if header is None:
            raise MalformedError
        return self.rest_of(header)

    def rest_of(self, header: Header) -> Node:
        """Reads the value of a header that `next_in` gave."""
        if not header.tag & _CONSTRUCTED:
            content = self._take(header.length or 0)
            return Node(header.tag, header.raw + content, content, ())
        self._descend()
        children = []
        while (following := self.next_in(header)) is not None:
            children.append(self.rest_of(following))
        self._depth -= 1
        closing = b"\0\0" if header.length is None else b""
        raw = b"".join([header.raw, *[child.raw for child in children], closing])
        return Node(header.tag, raw, b"", tuple(children))

    def octets(self, header: Header) -> Iterator[bytes]:
        """The content of an octet string in chunks of at most CHUNK bytes, however it is segmented."""
        if not header.tag & _CONSTRUCTED:
            yield from self._content(header)
            return
        open_segments, short = [header], 0
        while open_segments:
            segment = self.next_in(open_segments[-1], charged=False)
            if segment is None:
                open_segments.pop()
                continue
            if segment.length is None or segment.length < _SHORT_SEGMENT:
                short += 1
            if short > _MOST_SHORT_SEGMENTS or self._depth + len(open_segments) > self._max_depth:
                raise TooLargeError
            if segment.tag == OCTET_STRING:
                yield from self._content(segment)
            elif segment.tag == OCTET_STRING | _CONSTRUCTED:
                open_segments.append(segment)
            else:
                raise MalformedError

    def next_in(self, inside: Header | None, *, charged: bool = True) -> Header | None:
        """The header of the next value inside another one (None: at the top); None, again and again, after the last."""
        if inside is not None and inside is self._ended:
            return None
        limit = inside.end if inside is not None else None
        if limit is not None and self._position >= limit:
            if self._position > limit:
                raise MalformedError
            return None
        header = self._header(charged=charged)
        if header.tag == _END_OF_CONTENTS:
            if inside is None or inside.length is not None or header.length != 0:
                raise MalformedError
            self._ended = inside
            return None
        if limit is not None and header.end is not None and header.end > limit:
            raise MalformedError
        return header

    def finish(self) -> None:
        """Makes sure that nothing follows.

        Raises:
            MalformedError: there are bytes after the last value.
        """
        if self._stream.read(1):
            raise MalformedError

    def _header(self, *, charged: bool) -> Header:
        take = self._take if charged else self._exactly
        raw = take(2)
        tag, length = raw[0], raw[1]
        if tag & _LONG_FORM_TAG == _LONG_FORM_TAG:
            raise MalformedError
        if length == 0x80:
            if not tag & _CONSTRUCTED:
                raise MalformedError
            return Header(tag, None, None, raw)
        if length > 0x80:
            octets = length & 0x7F
            if octets > _MOST_LENGTH_OCTETS:
                raise MalformedError
            more = take(octets)
            raw, length = raw + more, int.from_bytes(more, "big")
        return Header(tag, length, self._position + length, raw)

    def _content(self, header: Header) -> Iterator[bytes]:
        left = header.length or 0
        while left:
            chunk = self._exactly(min(left, CHUNK))
            left -= len(chunk)
            yield chunk

    def _take(self, size: int) -> bytes:
        self._allowance -= size + _NODE_CHARGE
        if self._allowance < 0:
            raise TooLargeError
        return self._exactly(size)

    def _exactly(self, size: int) -> bytes:
        data = self._stream.read(size)
        if len(data) != size:
            raise MalformedError
        self._position += size
        return data

    def _descend(self) -> None:
        self._depth += 1
        if self._depth > self._max_depth:
            raise TooLargeError


def parse(data: bytes, *, allowance: int = CHUNK, max_depth: int = 32) -> Node:
    """Reads one value that is all of `data`.

    Raises:
        MalformedError: it is not, or it is larger or deeper than allowed.
    """
    reader = BerReader(io.BytesIO(data), allowance=allowance, max_depth=max_depth)
    header = reader.next_in(None)
    if header is None:
        raise MalformedError
    node = reader.rest_of(header)
    reader.finish()
    return node
