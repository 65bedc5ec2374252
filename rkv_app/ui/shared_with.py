# SPDX-License-Identifier: MIT
"""What was shared with whom, and why, for a page to put in a column. The candidate may always see it."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout

from rkv_app.domain.sharing import SharingEvent
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.widgets.basics import card, text
from rkv_app.usecases.export_application import shared_with


def fill_shared(
    column: QVBoxLayout, words: Words, sharing: Sequence[SharingEvent], legal_bases: Mapping[str, str]
) -> None:
    """Adds a card with a paragraph for each time; nothing where nothing was shared."""
    if not sharing:
        return
    frame, inside = card(name="sharingCard")
    inside.addWidget(text(words("What was shared, and why"), "heading"))
    for event in sharing:
        ground = event.ground
        inside.addWidget(text(f"{labels.moment(words, event.at)} · {shared_with(words, event)}", "label"))
        inside.addWidget(text(legal_bases.get(ground.legal_basis, ground.legal_basis)))
        informed = words("The candidate was told on {date}.", date=labels.day(words, ground.informed_on))
        inside.addWidget(text(f"{ground.purpose}\n{informed}", "muted"))
    column.addWidget(frame)
