# SPDX-License-Identifier: MIT
"""`-` for standard input or output, the keys that packet commands open with, and who is known in the store."""

import argparse
import contextlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from rkv_app.cli.context import Context
from rkv_app.cli.passphrases import read_passphrase
from rkv_app.cli.window_options import add_passphrase_options
from rkv_app.crypto.envelope import OpenWith, SpokenCode, load_pkcs12
from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.foundation.safe_files import private_folder, write_in_pieces
from rkv_app.usecases.incoming_files import LARGEST, check_incoming, read_incoming, unreadable
from rkv_app.usecases.workspace import Workspace

STREAM = Path("-")
_PIECE = 2**20


@dataclass(frozen=True, slots=True)
class Key:
    """What a packet is opened with.

    Attributes:
        opener: a key or a code, or None.
        ws: the open store it comes from, or None.
    """

    opener: OpenWith | None
    ws: Workspace | None = None


def add_packet_argument(command: argparse.ArgumentParser) -> None:
    """Adds the packet to work on."""
    command.add_argument("file", type=Path, metavar="FILE", help="the packet; - reads it from standard input")


def add_openers(command: argparse.ArgumentParser) -> None:
    """Adds the ways to open a packet."""
    command.add_argument("--store", type=Path, metavar="FILE", help="open with the key of this store")
    add_passphrase_options(command)
    command.add_argument("--code-file", type=Path, metavar="FILE", help="open with the spoken code in FILE")
    command.add_argument("--p12", type=Path, metavar="FILE", help="open with the key in a PKCS#12 file")
    command.add_argument("--password-file", type=Path, metavar="FILE", help="password of the PKCS#12 file")


@contextlib.contextmanager
def opening_key(context: Context) -> Iterator[Key]:
    """The key that the options name."""
    options = context.options
    if options.code_file:
        yield Key(SpokenCode(read_passphrase(options.code_file, None)))
    elif options.p12:
        password = read_passphrase(options.password_file, None).encode()
        yield Key(load_pkcs12(read_incoming(options.p12), password))
    elif options.store:
        with contextlib.closing(context.workspace()) as ws:
            yield Key(ws.identity, ws)
    else:
        yield Key(None)


@contextlib.contextmanager
def input_file(context: Context, path: Path) -> Iterator[Path]:
    """A file that was handed to us; for `-` what standard input gives, in a private file while it is worked on.

    Raises:
        UserError: RKV-CLI-005 standard input is to give the passphrase too; RKV-SYS-001 the disk is full; RKV-SYS-002
            or RKV-SYS-005 it cannot be read.
    """
    if path != STREAM:
        check_incoming(path)
        yield path
        return
    if 0 in (getattr(context.options, name, None) for name in ("passphrase_fd", "new_passphrase_fd")):
        raise one_at_a_time(message("standard input cannot give both the passphrase and the file"))
    with private_folder() as folder:
        write_in_pieces(folder / "input", _copy_input)
        yield folder / "input"


def read_input(context: Context, path: Path) -> bytes:
    """Returns the content of `input_file`.

    Raises:
        UserError: as `input_file`; RKV-SYS-004 there is no such file.
    """
    with input_file(context, path) as file:
        return read_incoming(file)


def _copy_input(out: BinaryIO) -> None:
    left = LARGEST
    while piece := sys.stdin.buffer.read(_PIECE):
        left -= len(piece)
        if left < 0:
            raise unreadable(str(STREAM))
        out.write(piece)


@contextlib.contextmanager
def progress_line(context: Context) -> Iterator[Progress | None]:
    """Shows on a terminal how far a piece of work is, on one line that is ended when the work is."""
    progress = context.progress()
    if progress is None:
        yield None
        return
    show = progress
    try:
        # The work may count less than it has foreseen, so it is not asked when the line ends.
        yield lambda done, total: show(min(done, total - 1), total)
    except BaseException:
        sys.stderr.write("\n")
        raise
    show(1, 1)


def output(context: Context, path: Path) -> tuple[Context, Path | BinaryIO]:
    """Where the one file of a command goes; for `-` to standard output, and what is said then to standard error.

    Raises:
        UserError: RKV-CLI-005 the answer of --json wants standard output too.
    """
    if path != STREAM:
        return context, path
    if context.options.json:
        raise one_at_a_time(message("standard output cannot take both the file and the answer of --json"))
    return replace(context, out=sys.stderr), sys.stdout.buffer


def one_at_a_time(why: Message) -> UserError:
    """RKV-CLI-005: standard input or output was asked to be two things."""
    return UserError(
        "RKV-CLI-005",
        message("The options do not go together: {why}.", why=why),
        message("Nothing was done. Use a file for one of the two."),
    )
