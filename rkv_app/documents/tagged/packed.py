# SPDX-License-Identifier: MIT
"""Streams, compressed as they are made: to look for them among all objects of a finished file would take longer."""

import zlib
from functools import cache

from pikepdf import Name, Object, Pdf


def packed(pdf: Pdf, data: bytes, **entries: object) -> Object:
    """A new stream of `pdf`; `entries` are those of its dictionary, as pikepdf takes them."""
    stream = pdf.make_stream(b"", **entries)
    pack(stream, data)
    return stream


def pack(stream: Object, data: bytes) -> None:
    """Writes a stream anew, compressed."""
    _write(stream, data, zlib.compress(data))


def packed_once(pdf: Pdf, data: bytes, **entries: object) -> Object:
    """As `packed`, for what is the same in each document, such as a font: compressed once as long as the app runs."""
    stream = pdf.make_stream(b"", **entries)
    _write(stream, data, _compressed(data))
    return stream


@cache
def _compressed(data: bytes) -> bytes:
    return zlib.compress(data)


def _write(stream: Object, data: bytes, compressed: bytes) -> None:
    if compressed.endswith(b"\r"):
        # The line feed before `endstream` would make this byte part of a line end, and the stream one byte short.
        stream.write(data)
    else:
        stream.write(compressed, filter=Name.FlateDecode)
