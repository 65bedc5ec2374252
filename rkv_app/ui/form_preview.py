# SPDX-License-Identifier: MIT
"""`rkv forms preview`: a form as it will look, made anew each time its file is saved. Nothing is stored.

A file that cannot be used is told with its lines, and the last form that could stays below. What was typed stays for as
long as the window is there, and is shown again wherever the form still has the question.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QListWidget, QScrollArea, QVBoxLayout, QWidget

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.answers import is_repeat, question_at
from rkv_app.forms.lint import Finding, Severity, lint
from rkv_app.forms.loader import load_form, read_bytes
from rkv_app.forms.model import Form
from rkv_app.forms.values import are_rows, chosen, fits
from rkv_app.foundation.clock import Clock, local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language, Words
from rkv_app.foundation.ids import new_id
from rkv_app.ui.file_follower import FileFollower
from rkv_app.ui.files import FileChooser, file_kinds
from rkv_app.ui.form_widgets.check_panel import CheckPanel
from rkv_app.ui.form_widgets.filling import Filling
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.form_widgets.outline import Outline
from rkv_app.ui.form_widgets.wording import language_name
from rkv_app.ui.locking.fields import return_to, spot
from rkv_app.ui.page import scrolling
from rkv_app.ui.widgets.basics import button, card, text
from rkv_app.ui.widgets.layouts import FlowLayout

_SIZE = (1180, 860)
_MADE_UP_AIMS = 3
_LINES_SHOWN = 3


class FormPreview(QWidget):
    """See the module."""

    def __init__(self, path: Path, language: Language, files: FileChooser, clock: Clock) -> None:
        """Shows the form.

        Args:
            path: the form file.
            language: what the form and the window begin in.
            files: asks for files to try with; they are not read.
            clock: says what `today` is in a form.
        """
        super().__init__()
        self._path = path
        self._language: str = language.value
        self._words = Words(language)
        self._chooser = files
        self._today = local_date(clock.now())
        self._sha256 = ""
        self._findings: tuple[Finding, ...] = ()
        self._trouble = ""
        self._form: Form | None = None
        self._is_last_good = False
        self._typed: dict[str, object] = {}
        self._names: dict[str, str] = {}
        self._filling: Filling | None = None
        self._view: FormView | None = None
        self._outline: Outline | None = None
        self._check: CheckPanel | None = None
        self._area = QScrollArea()
        self._body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setObjectName("shell")
        self.resize(*_SIZE)
        follower = FileFollower(path, self)
        follower.changed.connect(self._read)
        self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        super().resizeEvent(event)
        self._place_outline()

    def _read(self) -> None:
        """Reads the file, and shows it where it is another one than is shown."""
        try:
            data, sha256 = read_bytes(self._path)
            if sha256 == self._sha256:
                return
            findings = lint(self._path)
        except UserError as problem:
            self._sha256, self._findings = "", ()
            self._trouble = self._words.say(problem.message)
            self._is_last_good = self._form is not None
            self._build()
            return
        self._sha256, self._findings, self._trouble = sha256, findings, ""
        try:
            self._form = load_form(data, sha256, self._path.name).form
            self._is_last_good = False
        except UserError:
            self._is_last_good = self._form is not None
        self._build()

    def _build(self) -> None:
        focused, scrolled = spot(self, QApplication.focusWidget()), self._area.verticalScrollBar().value()
        was_checked = self._filling is not None and self._filling.checked
        before, self._body = self._body, QWidget()
        inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        self.setWindowTitle(self._words("Form preview"))
        inside.addWidget(self._header())
        beside = QHBoxLayout()
        beside.setSpacing(0)
        inside.addLayout(beside, 1)
        content = QVBoxLayout()
        content.setSpacing(16)
        if self._findings or self._trouble:
            content.addWidget(self._told())
        view = self._show_form(self._form, was_checked, beside, content) if self._form is not None else None
        self._area = scrolling(content)
        beside.addWidget(self._area, 1)
        self._column.addWidget(self._body)
        if before is not None:
            before.hide()
            before.deleteLater()
        self._refresh()
        self._place_outline()
        if view is not None:
            area = self._area

            def back() -> None:
                return_to(self, focused)
                area.verticalScrollBar().setValue(scrolled)

            # Cards are made bit by bit, and only then is there what the caret stood in.
            view.complete.connect(lambda: QTimer.singleShot(0, area, back))

    def _show_form(self, form: Form, was_checked: bool, beside: QHBoxLayout, content: QVBoxLayout) -> FormView:
        words = self._words
        aims = tuple(_made_up(words)) if form.matrices() else ()
        self._filling = Filling(form, _fitting(form, self._typed, aims), aims, today=self._today)
        self._filling.checked = was_checked
        self._outline = Outline(words, words("Contents"), words("Parts of the form and how far they have come"))
        self._outline.chosen.connect(self._go_to)
        beside.addWidget(self._outline)
        self._view = FormView(words, self._language)
        self._view.answerChanged.connect(self._on_answer)
        self._view.fileAsked.connect(self._on_file)
        content.addWidget(self._view)
        self._check = CheckPanel(words)
        self._check.checkAsked.connect(self._on_check)
        self._check.chosen.connect(self._go_to)
        content.addWidget(self._check)
        return self._view

    def _header(self) -> QFrame:
        words, form = self._words, self._form
        frame, inside = card("header", "pageHeader")
        inside.setContentsMargins(32, 16, 32, 16)
        title = form.title.text(self._language) if form is not None else self._path.name
        inside.addWidget(text(title, "title", "pageTitle"))
        about = f"{form.id} {form.version}. " if form is not None else ""
        nothing = words("Nothing that you write here is stored. The window follows the file each time it is saved.")
        inside.addWidget(text(about + nothing, "muted"))
        if form is not None:
            inside.addWidget(self._languages(form))
        return frame

    def _languages(self, form: Form) -> QWidget:
        holder = QWidget()
        holder.setAccessibleName(self._words("Language of the form"))
        line = FlowLayout(holder, spacing=4)
        found = {tag: None for label in _labels(form) for tag in label}
        for tag in found:
            made = button(language_name(tag), f"{tag}LanguageButton", "segment")
            made.setChecked(tag == self._language)
            made.clicked.connect(lambda _checked=False, tag=tag: self._on_language(tag))
            line.addWidget(made)
        return holder

    def _told(self) -> QFrame:
        words = self._words
        errors = [one for one in self._findings if one.severity is Severity.ERROR]
        if not errors and not self._trouble:
            heading = words("Advice on the form")
        elif self._is_last_good:
            heading = words("The form cannot be used as it is saved now. Below stands the last one that could.")
        else:
            heading = words("The form cannot be used as it is saved now. It is shown here as soon as it can.")
        frame, inside = card(name="findings")
        frame.setProperty("kind", "")
        frame.setProperty("banner", "error" if errors or self._trouble else "warning")
        inside.addWidget(text(heading, "label", "findingsHeading"))
        lines = [self._trouble] if self._trouble else []
        for one in sorted(self._findings, key=lambda one: (one.severity is not Severity.ERROR, one.line)):
            lines.append(words("Line {line}: {what}", line=one.line, what=one.message))
        listed = QListWidget()
        listed.setObjectName("findingsList")
        listed.setAccessibleName(heading)
        listed.setWordWrap(True)
        listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        listed.addItems(lines)
        listed.setFixedHeight((min(len(lines), _LINES_SHOWN) * 2 + 1) * self.fontMetrics().lineSpacing())
        inside.addWidget(listed)
        return frame

    def _refresh(self) -> None:
        filling = self._filling
        if filling is None or self._view is None or self._outline is None or self._check is None:
            return
        content = FormContent(filling.form, filling.aims, filling.answers, files=self._names)
        self._view.show_content(content)
        self._view.show_problems(filling.told())
        found = filling.to_put_right(self._words, self._language) if filling.checked else None
        self._outline.show_entries(filling.outline(self._words, self._language), found)
        self._check.show_problems(found)

    def _on_answer(self, path: str, value: object) -> None:
        if self._filling is None:
            return
        if value is None:
            self._typed.pop(path, None)
        else:
            self._typed[path] = value
        if self._filling.answer(path, value):
            self._refresh()

    def _on_file(self, path: str) -> None:
        kinds = file_kinds(self._words, self._words("Documents and pictures"), "*.pdf *.png *.jpg *.jpeg")
        found = self._chooser.open_file(self._words("Choose a file to try with. It is not read."), kinds)
        if found is not None:
            made = new_id()
            self._names[made] = found.name
            self._on_answer(path, [*chosen(self._typed.get(path)), made])

    def _on_check(self) -> None:
        if self._filling is not None:
            self._filling.checked = True
            self._refresh()

    def _on_language(self, tag: str) -> None:
        self._language = tag
        if tag in list(Language):
            self._words = Words(Language(tag))
        self._build()

    def _go_to(self, path: str) -> None:
        if self._view is not None:
            self._view.go_to(path, self._area)

    def _place_outline(self) -> None:
        if self._outline is not None:
            self._outline.show_beside(self.width())


def _fitting(form: Form, typed: Mapping[str, object], aims: Sequence[AimText]) -> dict[str, object]:
    """The answers for which this form has a place."""
    found: dict[str, object] = {}
    for path, value in typed.items():
        question = question_at(form, path, aims)
        fitting = fits(question, value) if question is not None else is_repeat(form, path) and are_rows(value)
        if fitting:
            found[path] = value
    return found


def _labels(form: Form) -> Sequence[Sequence[str]]:
    """The languages of the title first, then those that some item has besides."""
    return [form.title.languages(), *(placed.item.label.languages() for placed in form.placed())]


def _made_up(words: Words) -> Sequence[AimText]:
    return [
        AimText(
            code=f"KM{at}",
            uri=f"urn:rkv:ovelse:KM{at}",
            text=words("Practice aim {n}: does the work as it is done here", n=at),
            language="nob",
            set_code="KV1",
            set_title=words("Made-up aims"),
        )
        for at in range(1, _MADE_UP_AIMS + 1)
    ]


def run_preview(path: Path, language: Language, clock: Clock) -> int:
    """Shows the window until it is closed; returns the exit status."""
    from rkv_app.ui.files import DialogFileChooser
    from rkv_app.ui.theme import Theme

    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("the process already has an application without windows")
    app.setApplicationName("rkv_app")
    Theme(app).complete()
    window = FormPreview(path, language, DialogFileChooser(), clock)
    window.show()
    return app.exec()
