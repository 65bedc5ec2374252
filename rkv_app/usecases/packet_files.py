# SPDX-License-Identifier: MIT
"""Packets on their way in and out of the store: they lie in private files, in pieces, and are never in memory whole.

The files are for this user only and are gone when the work is done; what a killed process left is removed at the next
start, see `packets/plaintext.py`.
"""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from rkv_app.crypto.envelope import SealTo
from rkv_app.domain.exchange import EvaluationRequest
from rkv_app.foundation.safe_files import copy_atomically, write_in_pieces
from rkv_app.packets.build import BuiltPacketFile, Draft, build_packet_file
from rkv_app.packets.opening import OpenedPacket, open_packet_file
from rkv_app.packets.plaintext import plaintext_path
from rkv_app.usecases.incoming_files import check_incoming
from rkv_app.usecases.workspace import Workspace


@contextlib.contextmanager
def built_packet(ws: Workspace, draft: Draft, to: Sequence[SealTo], at: datetime) -> Iterator[BuiltPacketFile]:
    """A packet made with the store's keys, in a file that is there until the block ends.

    Raises:
        UserError, ValueError: as `build_packet_file`.
    """
    with plaintext_path(None) as path:
        yield build_packet_file(draft, path, identity=ws.identity, recipients=to, at=at)


@contextlib.contextmanager
def incoming_packet(path: Path) -> Iterator[Path]:
    """A copy of a file that was handed to us: what is checked is what is kept, whoever writes to the file meanwhile.

    Raises:
        UserError: RKV-SYS-001 the disk is full; RKV-SYS-002, RKV-SYS-004 it cannot be read; RKV-SYS-005 it is no file,
            or far too large.
    """
    check_incoming(path)
    with plaintext_path(None) as copy:
        copy_atomically(path, copy)
        yield copy


@contextlib.contextmanager
def opened_from(ws: Workspace, fill: Callable[[BinaryIO], object]) -> Iterator[OpenedPacket]:
    """Opens a packet that `fill` writes; its documents can be read inside the block, everything else after it too.

    Raises:
        UserError: as `open_packet_file`, and what `fill` raises.
    """
    with plaintext_path(None) as path:
        write_in_pieces(path, fill)
        with open_packet_file(path, ws.identity) as opened:
            yield opened


@contextlib.contextmanager
def opened_on_record(ws: Workspace, message_id: str) -> Iterator[OpenedPacket]:
    """Opens a packet that was sent or received here, as `opened_from`; what we sent is sealed to ourselves as well.

    Raises:
        UserError: as `open_packet_file`; RKV-STO-036 it is damaged.
        LookupError: there is no such packet.
    """
    with opened_from(ws, lambda target: ws.store.exchange.copy_packet_to(message_id, target)) as opened:
        yield opened


def read_on_record(ws: Workspace, message_id: str) -> OpenedPacket:
    """Returns a packet that was sent or received here, but for the content of its documents. See `opened_on_record`."""
    with opened_on_record(ws, message_id) as opened:
        return opened


def request_on_record(ws: Workspace, message_id: str) -> EvaluationRequest:
    """Returns what a request packet asked that was sent or received here. Raises as `read_on_record`."""
    asked = read_on_record(ws, message_id).content
    if not isinstance(asked, EvaluationRequest):
        raise TypeError("a request packet without a request")
    return asked
