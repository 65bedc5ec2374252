# SPDX-License-Identifier: MIT
"""A page whose form is answered and saved by itself: the outline at the left, the form beside it, the check above."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rkv_app.ui.answering import AnsweringViewModel
from rkv_app.ui.context import PageContext
from rkv_app.ui.form_widgets.filling import ToPutRight
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.form_widgets.outline import Outline
from rkv_app.ui.page import Page
from rkv_app.ui.widgets.basics import button, text


class AnsweringPage(Page):
    """See the module.

    Attributes:
        form: the form that is answered; for heirs to make.
        end: stands at the end of the form, where it is completed; for heirs to make.
        outline: the list at the left.
        saved: the line that says whether all is saved; for heirs to place.
        check_button, end_button: find what is missing, and go to the end; for heirs to place.
    """

    def __init__(
        self, context: PageContext, model: AnsweringViewModel, title: str, *, outlined: str, nothing_missing: str
    ) -> None:
        """Makes the page.

        Args:
            context: what every page is given.
            model: whose answers they are.
            title: what stands above.
            outlined: what screen readers call the outline.
            nothing_missing: what is said where a check finds nothing.
        """
        super().__init__(context, model, title)
        words = context.words
        self._nothing_missing = nothing_missing
        self.form: FormView | None = None
        self.end: QWidget | None = None
        self.saved = text("", "muted", "savedText")
        self.saved.setWordWrap(False)
        self.saved.setMinimumWidth(self.fontMetrics().horizontalAdvance("Lagrar 00:00 ") + 16)
        self.check_button = button(words("Check"), "checkButton", "secondary", model.check)
        self.end_button = button(words("Complete …"), "toCompleteButton", "primary", self._on_to_end)
        self.outline = Outline(words, words("Contents"), outlined)
        self.outline.chosen.connect(self._go_to)
        model.savingChanged.connect(self.saved.setText)
        model.checked.connect(self._tell_problems)

    def place_outline(self) -> None:
        """Puts the outline beside what scrolls. Heirs call it last: Tab comes there after everything that was added."""
        self.outer.removeWidget(self.area)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.outline)
        beside.addWidget(self.area, 1)
        self.outer.addLayout(beside, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        super().resizeEvent(event)
        self.outline.show_beside(self.width())

    def _tell_problems(self, problems: tuple[ToPutRight, ...]) -> None:
        words, number = self.words, len(problems)
        if not number:
            self.messages.notify(self._nothing_missing)
            return
        said = words.plural(
            "{n} thing is missing before you can complete.",
            "{n} things are missing before you can complete.",
            number,
        )
        if self.outline.isVisible():
            self.messages.warn(said, words("They are listed at the left. Choose one to go there."))
        else:
            self.messages.warn(said, problems[0].said)
            self._go_to(problems[0].path)

    def _go_to(self, path: str) -> None:
        if self.form is not None:
            self.form.go_to(path, self.area)

    def _on_to_end(self) -> None:
        if (end := self.end) is not None:
            QTimer.singleShot(0, end, lambda: self.area.ensureWidgetVisible(end, 0, 24))
