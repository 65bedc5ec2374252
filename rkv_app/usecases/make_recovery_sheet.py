# SPDX-License-Identifier: MIT
"""Words that open the store when the passphrase is forgotten: made, put on a sheet, and compared when typed back."""

from collections.abc import Sequence
from pathlib import Path

from rkv_app.crypto import recovery_words
from rkv_app.documents.recovery_sheet import render_recovery_sheet
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.usecases.type_recovery_words import ENOUGH, split_words
from rkv_app.usecases.workspace import Workspace


def make_recovery_words() -> tuple[str, ...]:
    """Makes the words of a new sheet; they open nothing before they are added to a store."""
    return tuple(split_words(recovery_words.new_recovery_words()))


def recovery_sheet(ws: Workspace, words: Sequence[str]) -> bytes:
    """Makes the sheet of the open store as a PDF. Whoever has it can open the store."""
    info = ws.store.info()
    return render_recovery_sheet(words, info.store_id, info.path.name, words=ws.words, at=ws.clock.now())


def save_recovery_sheet(ws: Workspace, words: Sequence[str], target: Path) -> Path:
    """Writes the sheet to a file, see `recovery_sheet`.

    Raises:
        UserError: RKV-SYS-001 to -003.
    """
    write_atomically(target, recovery_sheet(ws, words))
    return target


def is_same_word(typed: str, right: str) -> bool:
    """Whether somebody typed the right word, or at least the four letters that no other word begins with."""
    return typed == right or (len(typed) >= ENOUGH and right.startswith(typed))
