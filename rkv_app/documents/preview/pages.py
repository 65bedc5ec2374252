# SPDX-License-Identifier: MIT
"""The pages of a PDF that may be hostile, drawn by a child process of which nothing is believed.

It is given neither the file's name nor its place, and is ended when it is too slow, too large or strange.
"""

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct
from typing import Any, Final, Self

from rkv_app.documents.preview import wire
from rkv_app.documents.preview.finding import shown
from rkv_app.documents.preview.wire import Status, Wanted
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.own_process import own_command

_PATIENCE_S: Final = 15.0
# What a child needs of its surroundings to start at all; the rest is not its business.
_SURROUNDINGS: Final = ("SYSTEMROOT", "PYTHONPATH", "LD_LIBRARY_PATH")

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW
else:
    _FLAGS = 0


@dataclass(frozen=True, slots=True, repr=False)
class DrawnPage:
    """A page.

    Attributes:
        width, height: of the picture in pixels.
        size: width and height of the page in points (1/72 inch).
        stride: bytes from the beginning of one line of the picture to the next.
        picture: four bytes for each pixel: blue, green, red, and one that says nothing.
        text: what is written on the page, as far as the PDF tells it.
    """

    width: int
    height: int
    size: tuple[float, float]
    stride: int
    picture: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of a picture in which a hit stands: parts of its width and height, from 0 to 1, from the top left.

    Attributes:
        hit: which hit on the page, from 0.
    """

    hit: int
    left: float
    top: float
    right: float
    bottom: float


class PdfPages:
    """A PDF that a child has open. To be closed, from any thread; used by one thread at a time.

    Attributes:
        count: how many pages there are.
    """

    def __init__(self, content: bytes, *, patience: float = _PATIENCE_S) -> None:
        """Starts the child on a PDF.

        Args:
            content: the file.
            patience: seconds that the child has for each thing it is asked.

        Raises:
            UserError: RKV-DOC-001 it is damaged, -002 it needs a password, -003 it was stopped.
        """
        self._patience = patience
        self._child = subprocess.Popen(  # noqa: S603 (our own program)
            own_command(wire.WORK),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={name: os.environ[name] for name in _SURROUNDINGS if name in os.environ},
            creationflags=_FLAGS,
        )
        with self._asking():
            self._say(wire.LENGTH.pack(len(content)), content)
            status, self.count = self._hear(wire.OPENED)
        if status != Status.GOOD or not 1 <= self.count <= wire.MOST_PAGES:
            self.close()
            raise _locked() if status == Status.LOCKED else _unreadable()

    def page(self, number: int, scale: float, *, text: bool = True) -> DrawnPage:
        """Draws a page.

        Args:
            number: of the page, from 0.
            scale: pixels for each point of it (1/72 inch); less where the picture would be too large.
            text: whether its text is wanted too.

        Raises:
            UserError: RKV-DOC-001 this page is damaged, -003 the child was stopped; then no page can be drawn any more.
        """
        with self._asking():
            self._say(wire.REQUEST.pack(Wanted.PAGE if text else Wanted.PICTURE, number, scale, 0))
            status, width, height, stride, across, down, text_length = self._hear(wire.DRAWN)
            if status != Status.GOOD:
                raise _unreadable()
            if not (0 < width <= wire.LONGEST_SIDE and 0 < height <= wire.LONGEST_SIDE):
                raise _Strange
            if stride != 4 * width or text_length > wire.MOST_TEXT:
                raise _Strange
            if not (0 < across <= wire.MOST_POINTS and 0 < down <= wire.MOST_POINTS):
                raise _Strange
            picture, written = self._read(height * stride), self._read(text_length)
        return DrawnPage(width, height, (across, down), stride, picture, _plain(written))

    def text(self, number: int) -> str:
        """What is written on a page, as far as the PDF tells it.

        Raises:
            UserError: as `page`.
        """
        with self._asking():
            self._say(wire.REQUEST.pack(Wanted.TEXT, number, 0.0, 0))
            status, length = self._hear(wire.TOLD)
            if status != Status.GOOD:
                raise _unreadable()
            if length > wire.MOST_TEXT:
                raise _Strange
            return _plain(self._read(length))

    def places(self, number: int, words: str) -> tuple[Rectangle, ...]:
        """Where words stand in the picture of a page; a hit has several places where it goes over lines.

        Raises:
            UserError: as `page`.
        """
        wanted = words.encode("utf-8", "replace")[: wire.MOST_WORDS]
        with self._asking():
            self._say(wire.REQUEST.pack(Wanted.PLACES, number, 0.0, len(wanted)), wanted)
            status, count = self._hear(wire.FOUND)
            if status != Status.GOOD:
                raise _unreadable()
            if count > wire.MOST_RECTANGLES:
                raise _Strange
            found = self._read(count * wire.RECTANGLE.size)
        return tuple(_rectangle(*told) for told in wire.RECTANGLE.iter_unpack(found))

    def close(self) -> None:
        """Ends the child. Nothing happens where that was done before."""
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                # What was still to be sent to a child that is gone does not matter.
                with contextlib.suppress(OSError):
                    pipe.close()

    def __enter__(self) -> Self:
        """Nothing further."""
        return self

    def __exit__(self, *_: object) -> None:
        """Closes."""
        self.close()

    @contextlib.contextmanager
    def _asking(self) -> Iterator[None]:
        """A bounded time to answer in. A child that does not answer as it should is ended."""
        late = threading.Timer(self._patience, self._child.kill)
        late.daemon = True
        late.start()
        try:
            yield
        except (_Strange, OSError, ValueError) as problem:
            self.close()
            raise _stopped() from problem
        finally:
            late.cancel()
            late.join()

    def _say(self, *parts: bytes) -> None:
        pipe = self._child.stdin
        if pipe is None:
            raise _Strange
        for part in parts:
            pipe.write(part)
        pipe.flush()

    def _hear(self, what: Struct) -> tuple[Any, ...]:
        return what.unpack(self._read(what.size))

    def _read(self, size: int) -> bytes:
        pipe = self._child.stdout
        heard = pipe.read(size) if pipe is not None else b""
        if len(heard) != size:
            raise _Strange
        return heard


class _Strange(Exception):
    """The child is gone, or says what it must not."""


def _plain(written: bytes) -> str:
    return shown(written.decode("utf-8", "replace"))[0]


def _rectangle(hit: int, *sides: float) -> Rectangle:
    # What is no number lies at the edge.
    left, top, right, bottom = (min(max(0.0, side), 1.0) for side in sides)
    return Rectangle(hit, left, top, right, bottom)


def _unreadable() -> UserError:
    return UserError(
        "RKV-DOC-001",
        message("This PDF cannot be shown: it is damaged, or made in an unusual way."),
        message("Nothing else is affected. Ask the sender for a new copy."),
    )


def _locked() -> UserError:
    return UserError(
        "RKV-DOC-002",
        message("This PDF cannot be shown: it is protected with a password."),
        message("Nothing else is affected. Ask the sender for a copy without a password."),
    )


def _stopped() -> UserError:
    return UserError(
        "RKV-DOC-003",
        message("Showing this PDF was stopped: it took too long or too much memory."),
        message("Nothing else is affected. Be careful with this file, and ask the sender what it is."),
    )
