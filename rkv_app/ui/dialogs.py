# SPDX-License-Identifier: MIT
"""What all dialogs look like: a title, fields that scroll, a message field, one action and the way out."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.messages import Banner
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.layouts import FlowLayout

# Pixels of body text at zoom 1.
_BODY_TEXT = 15


def fit_to_screen(dialog: QDialog, width: int, height: int) -> None:
    """Makes a dialog this large, in pixels at zoom 1: as much more as the text is, where the screen has room."""
    zoom = dialog.fontInfo().pixelSize() / _BODY_TEXT
    dialog.resize(QSize(round(width * zoom), round(height * zoom)).boundedTo(dialog.screen().availableSize() * 0.9))


class FormDialog(QDialog):
    """A form over the page. Heirs add fields to `fields` and say in `submit` what the action does.

    It stays open until the action has succeeded, so that a refusal costs nothing that was typed.
    """

    def __init__(self, words: Words, title: str, action: str, name: str, parent: QWidget, *, cancel: str = "") -> None:
        super().__init__(parent)
        self.words = words
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.messages = Banner(words)
        content = QWidget()
        content.setObjectName("dialogContent")
        self.fields = QVBoxLayout()
        self.fields.setSpacing(14)
        # A message scrolls with the fields: with large text it may be higher than there is room for above them.
        inside = QVBoxLayout(content)
        inside.setContentsMargins(28, 4, 28, 16)
        inside.setSpacing(14)
        inside.addWidget(self.messages)
        inside.addLayout(self.fields)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(content)
        self._is_snug = False
        self.messages.shown.connect(lambda: self._area.verticalScrollBar().setValue(0))
        self.action = button(action, "submitButton", "primary", self.submit)
        self.action.setDefault(True)
        self.cancel = button(cancel or words("Cancel"), "cancelButton", "secondary", self.reject)
        # With large text the two stand below one another.
        choices = QWidget()
        flow = FlowLayout(choices, spacing=8)
        flow.addWidget(self.action)
        flow.addWidget(self.cancel)
        below = QVBoxLayout()
        below.setContentsMargins(28, 12, 28, 20)
        below.addWidget(choices)
        head = QVBoxLayout()
        head.setContentsMargins(28, 20, 28, 8)
        head.addWidget(text(title, "heading"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        outer.addWidget(self._area, 1)
        outer.addLayout(below)
        self.make_room(620, 720)

    def make_room(self, width: int, height: int, *, snug: bool = False) -> None:
        """See `fit_to_screen`. Where `snug`, it opens no higher than what stands in it."""
        self._is_snug = snug
        fit_to_screen(self, width, height)

    def add_lines(self, title: str, lines: Sequence[str]) -> None:
        """Adds lines to read below a title that says how many there are; nothing where there are none."""
        if lines:
            self.fields.addWidget(text(f"{title} ({len(lines)})", "subheading"))
            self.fields.addWidget(text("\n".join(f"• {line}" for line in lines)))

    def showEvent(self, event: QShowEvent) -> None:
        """See QWidget."""
        super().showEvent(event)
        content = self._area.widget()
        if self._is_snug and content is not None:
            # What is typed later may move it; the user's own size is not taken away again.
            self._is_snug = False
            room = self._area.viewport()
            self.resize(self.width(), self.height() - max(0, room.height() - content.heightForWidth(room.width())))

    def submit(self) -> None:
        """Does what the dialog is for, if the fields allow it."""
        raise NotImplementedError

    def show_error(self, problem: UserError) -> None:
        """Says what was refused; the dialog stays."""
        self.action.setEnabled(True)
        self.messages.error(problem)
