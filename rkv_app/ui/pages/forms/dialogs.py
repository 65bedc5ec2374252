# SPDX-License-Identifier: MIT
"""The questions around a form: which to begin, and what moving to a newer version does."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from rkv_app.forms.model import Form, Group
from rkv_app.forms.registry import Source
from rkv_app.foundation.i18n import Language, Words
from rkv_app.packets.attachment_safety import shown_name
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.form_widgets.wording import named_languages
from rkv_app.ui.widgets.basics import button, card, text
from rkv_app.ui.widgets.fields import Field, combo_box
from rkv_app.usecases.form_responses import OfferedForm
from rkv_app.usecases.move_form_version import PlannedMove


class StartFormDialog(FormDialog):
    """The forms on offer, each with a button that begins it.

    Signals:
        chosen(OfferedForm, str): begin this form, in this language (BCP 47); in the window's where it is empty.
    """

    chosen = Signal(object, str)

    def __init__(self, words: Words, offered: Sequence[OfferedForm], parent: QWidget) -> None:
        super().__init__(words, words("Begin a form"), "", "startFormDialog", parent, cancel=words("Close"))
        self.action.hide()
        language = words.language.value
        for one in offered:
            frame, inside = card(name=f"{one.form.id}Offer")
            inside.setSpacing(6)
            title = one.form.title.text(language)
            inside.addWidget(text(title, "subheading"))
            if one.form.description is not None:
                inside.addWidget(text(one.form.description.text(language), "muted"))
            if one.came is not None and one.came.signer:
                said = words("From {organisation}", organisation=shown_name(one.came.organisation))
                inside.addWidget(text(said, "small"))
            elif one.came is not None:
                inside.addWidget(text(words("Added from a folder, signed by nobody."), "small"))
            elif one.source is Source.ORGANISATION:
                inside.addWidget(text(words("Made by your own organisation."), "small"))
            if one.form.anonymous:
                inside.addWidget(text(words("Anonymous: the answers belong to no case."), "small"))
            languages = self._languages(one.form)
            if languages is not None:
                field = Field(words("Language to answer in"), languages, name=f"{one.form.id}LanguageCombo")
                inside.addWidget(field)
            begin = button(
                words("Begin"), f"begin-{one.form.id}Button", "secondary", partial(self._begin, one, languages)
            )
            begin.setAccessibleName(words("Begin: {title}", title=title))
            inside.addWidget(begin)
            self.fields.addWidget(frame)
        self.fields.addStretch(1)

    def submit(self) -> None:
        """See FormDialog. Each form has its own button."""

    def _languages(self, form: Form) -> QComboBox | None:
        """The languages of a form that stands in more than the window does, that of the window first."""
        if form.anonymous or not set(form.title.languages()) - set(Language):
            return None
        return combo_box(named_languages(self.words, form, self.words.language.value))

    def _begin(self, one: OfferedForm, languages: QComboBox | None) -> None:
        self.chosen.emit(one, str(languages.currentData()) if languages is not None else "")


class MoveDialog(FormDialog):
    """What moving to a newer version of the form does, before it is done.

    Signals:
        agreed: move.
    """

    agreed = Signal()

    def __init__(self, words: Words, planned: PlannedMove, parent: QWidget) -> None:
        super().__init__(words, words("Move to the newer version"), words("Move the answers"), "moveFormDialog", parent)
        moved = planned.moved
        told = words(
            "From version {old} to version {new}. Unchanged: {kept}. Changed: {changed}. Lost: {lost}.",
            old=planned.old.version,
            new=planned.new.version,
            kept=len(moved.kept),
            changed=len(moved.changed),
            lost=len(moved.lost),
        )
        self.fields.addWidget(text(told))
        self.fields.addWidget(text(words("This report is kept with the answers."), "muted"))
        self.add_lines(
            words("Lost"), [f"{self._said(planned.old, one.path)}: {words.say(one.why)}" for one in moved.lost]
        )
        self.add_lines(
            words("Changed"),
            [f"{self._said(planned.old, one.before)} → {self._said(planned.new, one.path)}" for one in moved.changed],
        )
        self.add_lines(words("Unchanged"), [self._said(planned.old, path) for path in moved.kept])
        self.fields.addStretch(1)

    def submit(self) -> None:
        """See FormDialog."""
        self.agreed.emit()

    def _said(self, form: Form, path: str) -> str:
        head, *rest = path.split("/")
        found = form.find(head)
        # The aims are the same before and after, so the column alone tells the question.
        question = found.column(rest[-1]) if isinstance(found, Group) and rest else found
        label = question.label.text(self.words.language.value) if question is not None else path
        return f"{rest[0]}, {label}" if len(rest) > 1 else label
