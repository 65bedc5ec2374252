# SPDX-License-Identifier: MIT
"""How answers were moved between versions of their form."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from rkv_app.domain.responses import VersionMove
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.widgets.basics import card, column, text


def moves_card(words: Words, moves: Sequence[VersionMove]) -> QWidget:
    """A card with each move, newest first."""
    frame, inside = card(name="movesCard")
    inside.addWidget(text(words("Moved between versions of the form"), "heading"))
    for move in reversed(moves):
        inside.addWidget(_move(words, move))
    return frame


def _move(words: Words, move: VersionMove) -> QWidget:
    said = words(
        "{before} → {after}. By {name}, {date}",
        before=move.before.version,
        after=move.after.version,
        name=move.by,
        date=labels.moment(words, move.at),
    )
    counted = words(
        "Unchanged: {kept}. Changed: {changed}. Lost: {lost}.",
        kept=len(move.kept),
        changed=len(move.changed),
        lost=len(move.lost),
    )
    return column(text(said), text(counted, "muted"), spacing=2)
