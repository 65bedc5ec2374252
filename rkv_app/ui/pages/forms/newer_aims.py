# SPDX-License-Identifier: MIT
"""The curriculum has changed since a form was begun: what changed, and beginning anew once a person has read it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.widgets.basics import button, clear, text
from rkv_app.usecases.newer_aims import NewerAims


class NewerAimsCard(QFrame):
    """Tells what changed; hidden where nothing did.

    Signals:
        asked: show what beginning anew does.
    """

    asked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setObjectName("newerAimsCard")
        self.setProperty("kind", "next")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(20, 16, 20, 18)
        self._inside.setSpacing(6)
        self.hide()

    def show_aims(self, found: NewerAims | None, *, amended: bool) -> None:
        """Shows it."""
        words, inside = self._words, self._inside
        clear(inside)
        self.setVisible(found is not None)
        if found is None:
            return
        inside.addWidget(text(words("The curriculum has changed since this form was begun"), "label"))
        inside.addWidget(text(_counted(words, found)))
        stays = words("The answers here stay as they are, about the texts they were given for.")
        inside.addWidget(text(stays, "muted"))
        if not amended:
            inside.addWidget(
                button(words("Begin anew on the newer version …"), "beginAnewButton", "secondary", self.asked.emit)
            )


class BeginAnewDialog(FormDialog):
    """What beginning anew on the newest version of the curriculum does, before it is done.

    Signals:
        agreed: begin.
    """

    agreed = Signal()

    def __init__(self, words: Words, found: NewerAims, parent: QWidget) -> None:
        title = words("Begin anew on the newer version")
        super().__init__(words, title, words("Begin anew"), "beginAnewDialog", parent)
        language = words.language.value
        self.fields.addWidget(text(_counted(words, found)))
        self.fields.addWidget(
            text(
                words(
                    "A new form is begun. What is said of aims with the same text, and of no aim, is copied there. "
                    "The form you have now is left unfinished, with its answers and files, and can still be read."
                )
            )
        )
        self.add_lines(
            words("To be answered anew, as the text is another one"),
            [f"{pair.new.aim.code} {pair.texts(language)[1]}" for pair in found.changed],
        )
        self.add_lines(
            words("Not in the newer version"),
            [f"{one.aim.code} {one.aim.text.text(language)}" for one in found.lost],
        )
        self.add_lines(words("Copied"), [f"{pair.new.aim.code} {pair.texts(language)[1]}" for pair in found.kept])
        self.fields.addStretch(1)
        self.make_room(620, 720, snug=True)

    def submit(self) -> None:
        """See FormDialog."""
        self.agreed.emit()


def _counted(words: Words, found: NewerAims) -> str:
    return words(
        "New aims: {new}. Reworded: {reworded}. Withdrawn: {withdrawn}.",
        new=sum(len(one.added) for one in found.changes),
        reworded=sum(len(one.reworded) for one in found.changes),
        withdrawn=sum(len(one.withdrawn) for one in found.changes),
    )
