# SPDX-License-Identifier: MIT
"""A packet with large attachments on its whole way through two stores, in a process whose memory is measured.

To be run as a program: folder, bytes of an attachment, number of attachments. It prints, as JSON, by how many MiB the
most memory that the process has had grows with each step beyond what the same step takes for a small packet (Linux).
"""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rkv_app.domain.exchange import MessageType
from rkv_app.packets.drafts import WrittenDraft
from rkv_app.usecases.build_from_draft import build_from_draft
from rkv_app.usecases.export_application import ExportKind, application_on_record, export_application
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.write_again import write_again
from support import packet_samples as samples
from support.desks import NOW, Desks
from support.fiks_account import fiks_account
from support.memory import memory_for

_MIB = 2**20


def growths(folder: Path, size: int, count: int) -> dict[str, float]:
    """MiB by step."""
    desks = Desks.made_in(folder)
    desks.introduce_adviser()
    _journey(desks, folder / "small", [_file(folder / "small.pdf", 100_000)], lambda _step, action: action())
    grown: dict[str, float] = {}

    def measured(step: str, action: Callable[[], object]) -> None:
        grown[step] = round(memory_for(action), 1)

    files = [_file(folder / f"{number}.pdf", size) for number in range(count)]
    _journey(desks, folder / "large", files, measured)
    desks.close()
    return grown


def _journey(
    desks: Desks, folder: Path, files: list[Path], step: Callable[[str, Callable[[], object]], object]
) -> None:
    folder.mkdir()
    packet = folder / "packet"
    draft = WrittenDraft(
        type=MessageType.APPLICATION,
        content=samples.CONTENTS[MessageType.APPLICATION],
        conversation_id="",
        answers="",
        expires=None,
        reply_token="",
    )

    def build() -> None:
        build_from_draft(desks.adviser, draft, samples.PDF, packet, to=[desks.intake.card], attachments=files)

    step("build and send", build)
    received = []
    step("receive", lambda: received.append(receive_packet(desks.intake, packet)))
    (message_id,) = (one.message_id for one in received)
    step("write again", lambda: write_again(desks.intake, message_id, folder / "again"))
    if (folder / "again").stat().st_size != packet.stat().st_size:
        raise AssertionError("another packet was written again")
    for kind in ExportKind:
        step(f"export as {kind.value}", lambda kind=kind: _export(desks, message_id, kind, folder / kind.value))


def _export(desks: Desks, message_id: str, kind: ExportKind, target: Path) -> None:
    application = application_on_record(desks.intake, message_id)
    certificate = fiks_account(NOW).certificate if kind is ExportKind.FIKS_IO else b""
    export_application(desks.intake, application, kind, target, certificate=certificate, cleared_by="Test")


def _file(path: Path, size: int) -> Path:
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        for start in range(8, size, _MIB):
            file.write(os.urandom(min(_MIB, size - start)))
    return path


if __name__ == "__main__":
    print(json.dumps(growths(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))
