# SPDX-License-Identifier: MIT
"""Tells the adviser that a curriculum has changed while a supervisor is answering."""

from PySide6.QtWidgets import QFrame

from rkv_app.foundation.i18n import Words
from rkv_app.ui.widgets.basics import card, text
from rkv_app.usecases.asked_on_older import AskedOnOlder


def older_card(words: Words, older: AskedOnOlder) -> QFrame:
    """Who was asked on the older version, what changed, and what can be done; nothing happens by itself."""
    changes = older.changes
    frame, inside = card("next", "askedOnOlderCard")
    inside.setSpacing(4)
    title = words("The curriculum has changed since {name} was asked", name=older.supervisor or older.workplace)
    inside.addWidget(text(title, "label"))
    inside.addWidget(
        text(
            words(
                "New aims: {new}. Reworded: {reworded}. Withdrawn: {withdrawn}.",
                new=len(changes.added),
                reworded=len(changes.reworded),
                withdrawn=len(changes.withdrawn),
            )
        )
    )
    inside.addWidget(
        text(
            words(
                "The answer can be received as it is. If the changes matter, make a new request: the supervisor can "
                "copy there what is answered already."
            ),
            "muted",
        )
    )
    return frame
