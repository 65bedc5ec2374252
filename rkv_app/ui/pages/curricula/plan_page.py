# SPDX-License-Identifier: MIT
"""One version of a curriculum: whether it is in force, its modules and aims to read, its other versions."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rkv_app.domain.aims import AimSet, OfficialText
from rkv_app.domain.ports import CurriculumSummary
from rkv_app.ui import curriculum_words
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.curriculum_place import Place, read_place, version_name
from rkv_app.ui.page import Page, refill
from rkv_app.ui.pages.curricula.changes_view import ChangesView
from rkv_app.ui.pages.curricula.plan_view_model import CurriculumShown, CurriculumViewModel
from rkv_app.ui.widgets.basics import button, card, chip, clear, column, rule, text
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.view_curriculum import CurriculumView

_LONGEST_CODE = "KM990000"
# After this long the user is at home on the page, and it must not move by itself.
_LAID_OUT_MS = 2000


class CurriculumPage(Page):
    """See the module."""

    def __init__(self, context: PageContext, subject: str) -> None:
        self._place = read_place(subject)
        self._aimed_at: QWidget | None = None
        self._model = CurriculumViewModel(context.session, context.words, self._place)
        words = context.words
        super().__init__(context, self._model, words("Curriculum"))
        self.set_back(words("Curricula"), Route(PageName.CURRICULA, self._place.back))
        self._view: CurriculumView | None = None
        self._version = text("", "muted", "versionText")
        self.column.addWidget(self._version)
        self._versions = QVBoxLayout()
        self.column.addLayout(self._versions)
        self._changes = ChangesView(words)
        self.column.addWidget(self._changes)
        self._sets = QVBoxLayout()
        self._sets.setSpacing(16)
        self.column.addLayout(self._sets)
        self._source = text("", "small")
        self.column.addWidget(self._source)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, CurriculumShown):
            return
        words, view = self.words, state.view
        if view != self._view:
            is_first, self._view = self._view is None, view
            self._show_curriculum(view)
            if is_first and self._aimed_at is not None:
                self._find_aim()
        self._changes.show_changes(state.changes)
        if state.changes is not None:
            self.messages.notify(
                words(
                    "New aims: {new}. Reworded: {reworded}. Withdrawn: {withdrawn}.",
                    new=len(state.changes.added),
                    reworded=len(state.changes.reworded),
                    withdrawn=len(state.changes.withdrawn),
                )
            )

    def focus_title(self) -> None:
        """See Page. Who comes for an aim begins there."""
        if self._aimed_at is not None:
            self._aimed_at.setFocus()
        else:
            super().focus_title()

    def _find_aim(self) -> None:
        # Its place is known once all above it has been laid out, which goes bit by bit.
        bar = self.area.verticalScrollBar()
        bar.rangeChanged.connect(self._on_laid_out)
        QTimer.singleShot(_LAID_OUT_MS, self, lambda: bar.rangeChanged.disconnect(self._on_laid_out))
        self._on_laid_out()

    def _on_laid_out(self) -> None:
        QTimer.singleShot(0, self, self._show_aim)

    def _show_aim(self) -> None:
        content, aim = self.area.widget(), self._aimed_at
        if content is not None and aim is not None and aim.isVisible():
            self.scroll_to(max(0, aim.mapTo(content, QPoint(0, 0)).y() - self.area.viewport().height() // 4))

    def _show_curriculum(self, view: CurriculumView) -> None:
        words, plan = self.words, view.curriculum
        self.set_title(plan.title.text(words.language.value))
        clear(self.header_chips)
        self.header_chips.addWidget(chip(plan.code, "neutral", "codeChip"))
        said, tone = curriculum_words.status(
            words, plan.validity(view.today), plan.valid_from, plan.valid_to, published=plan.published
        )
        self.header_chips.addWidget(chip(said, tone, "statusChip"))
        if plan.modular:
            self.header_chips.addWidget(chip(words("modules, for adults"), "info"))
        when = curriculum_words.version(words, plan.changed)
        self._version.setText(words("This version was last changed {when}.", when=when))
        self._source.setText(curriculum_words.source(words, plan))
        refill(self._versions, lambda: self._fill_versions(view))
        refill(self._sets, lambda: self._fill_sets(view))

    def _fill_versions(self, view: CurriculumView) -> None:
        words, plan = self.words, view.curriculum
        others = [one for one in view.versions if one.changed != plan.changed]
        if not others and not view.kin:
            return
        frame, inside = card(name="versionsCard")
        inside.addWidget(text(words("Other versions and related curricula"), "heading"))
        for number, one in enumerate((*others, *view.kin), 1):
            inside.addWidget(self._version_line(number, one, view))
        self._versions.addWidget(frame)

    def _version_line(self, number: int, one: CurriculumSummary, view: CurriculumView) -> QWidget:
        words = self.words
        said, _ = curriculum_words.status(
            words, one.validity(view.today), one.valid_from, one.valid_to, published=one.published
        )
        when = curriculum_words.version(words, one.changed)
        title = OfficialText(one.title).text(words.language.value)
        below = QWidget()
        line = FlowLayout(below)
        compare = button(words("Compare"), f"compare{number}Button", "secondary", lambda: self._compare(one))
        compare.setAccessibleName(words("Compare with {code}, {when}", code=one.code, when=when))
        route = Route(PageName.CURRICULUM, Place(_name(one), back=self._place.back).subject)
        opens = button(words("Open"), f"open{number}Button", "link", lambda: self.context.go(route))
        opens.setAccessibleName(words("Open {code}, {when}", code=one.code, when=when))
        line.addWidget(compare)
        line.addWidget(opens)
        return column(text(f"{one.code} · {title} · {said} · {when}"), below, spacing=4)

    def _compare(self, one: CurriculumSummary) -> None:
        """The older one first; a plan that this one was made from, or replaces, is the older one."""
        if self._view is None:
            return
        plan = self._view.curriculum
        own, other = version_name(plan.code, plan.changed), _name(one)
        later = one.code in plan.replaced_by if one.code != plan.code else one.changed > plan.changed
        self._model.compare(*((own, other) if later else (other, own)))

    def _fill_sets(self, view: CurriculumView) -> None:
        for aim_set in view.curriculum.sets:
            self._sets.addWidget(self._set_card(aim_set))

    def _set_card(self, aim_set: AimSet) -> QWidget:
        words, language = self.words, self.words.language.value
        frame, inside = card(name=f"{aim_set.code}Card")
        if aim_set.code == self._place.at:
            self._aim_at(frame, f"{aim_set.code} {aim_set.title.text(language)}")
        number = words.plural("{n} aim", "{n} aims", len(aim_set.aims))
        inside.addWidget(text(f"{aim_set.code} · {number}", "small"))
        inside.addWidget(text(aim_set.title.text(language), "heading"))
        notes = [self._language_note(aim.text) for aim in aim_set.aims]
        # Said once where it is the same for all.
        shared = notes[0] if len(set(notes)) == 1 else ""
        if shared:
            inside.addWidget(text(shared, "muted"))
        for at, aim in enumerate(aim_set.aims):
            if at:
                inside.addWidget(rule())
            inside.addWidget(self._aim_line(aim.code, aim.text.text(language), "" if shared else notes[at]))
        return frame

    def _aim_line(self, code: str, said: str, note: str) -> QWidget:
        holder = QFrame()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 4, 0, 4)
        if code == self._place.at:
            holder.setProperty("kind", "next")
            line.setContentsMargins(8, 8, 8, 8)
            self._aim_at(holder, f"{code} {said}")
        line.setSpacing(16)
        label = text(code, "small")
        label.setWordWrap(False)
        label.setFixedWidth(label.fontMetrics().horizontalAdvance(_LONGEST_CODE) + 8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(text(said))
        if note:
            words.addWidget(text(note, "small"))
        line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return holder

    def _aim_at(self, part: QWidget, said: str) -> None:
        part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        part.setAccessibleName(said)
        self._aimed_at = part

    def _language_note(self, official: OfficialText) -> str:
        return curriculum_words.language_note(self.words, official.shown(self.words.language.value)[1])


def _name(one: CurriculumSummary) -> str:
    return version_name(one.code, one.changed)
