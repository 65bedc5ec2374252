# SPDX-License-Identifier: MIT
"""Streams, compressed as they are made: to look for them among all objects of a finished file would take longer."""

import zlib

from pikepdf import Name, Object, Pdf


def packed(pdf: Pdf, data: bytes, **entries: object) -> Object:
    """A new stream of `pdf`; `entries` are those of its dictionary, as pikepdf takes them."""
    stream = pdf.make_stream(b"", **entries)
    pack(stream, data)
    return stream


def pack(stream: Object, data: bytes) -> None:
    """Writes a stream anew, compressed."""
    compressed = zlib.compress(data)
    if compressed.endswith(b"\r"):
        # The line feed before `endstream` would make this byte part of a line end, and the stream one byte short.
        stream.write(data)
    else:
        stream.write(compressed, filter=Name.FlateDecode)
