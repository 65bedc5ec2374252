# SPDX-License-Identifier: MIT
"""An official text that was reworded, with what was taken out and what was put in told apart without colours."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from rkv_app.domain.curriculum_changes import Piece, PieceKind, word_diff
from rkv_app.foundation.i18n import Words
from rkv_app.ui.widgets.basics import text

_AROUND = {
    PieceKind.SAME: ("", ""),
    PieceKind.REMOVED: ("<s>", "</s>"),
    PieceKind.ADDED: ("<b><u>", "</u></b>"),
}


def diff_label(old: str, new: str, words: Words) -> QLabel:
    """Shows what was taken out struck through, what was put in underlined; a screen reader says it in words."""
    pieces = word_diff(old, new)
    label = text("")
    # The only rich text there is: our own marks around words that are escaped.
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setText(" ".join(_marked(piece) for piece in pieces))
    label.setAccessibleName(said_diff(pieces, words))
    return label


def said_diff(pieces: tuple[Piece, ...], words: Words) -> str:
    """The rewording in words alone."""
    said = {
        PieceKind.SAME: "{words}",
        PieceKind.REMOVED: words("(taken out: {words})"),
        PieceKind.ADDED: words("(put in: {words})"),
    }
    return " ".join(said[piece.kind].format(words=piece.words.strip()) for piece in pieces)


def _marked(piece: Piece) -> str:
    before, after = _AROUND[piece.kind]
    return f"{before}{escape(piece.words.strip())}{after}"
