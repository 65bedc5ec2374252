# SPDX-License-Identifier: MIT
"""What an import changed in curricula that were there before, and the cases that it concerns."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rkv_app.domain.ports import CaseSummary
from rkv_app.foundation.i18n import Words
from rkv_app.ui.context import PageName, Route
from rkv_app.ui.curriculum_place import Place, version_name
from rkv_app.ui.widgets.basics import button, clear, column, text
from rkv_app.usecases.curriculum_news import CurriculumNews

_SHOWN = 8


class NewsView(QFrame):
    """Shows the news of one import; hidden where there are none."""

    def __init__(self, words: Words, go: Callable[[Route], None]) -> None:
        super().__init__()
        self._words, self._go = words, go
        self.setObjectName("newsView")
        self.setProperty("kind", "next")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(20, 16, 20, 18)
        self._inside.setSpacing(10)
        self.hide()

    def show_news(self, news: tuple[CurriculumNews, ...], cases: tuple[CaseSummary, ...]) -> None:
        """Shows what changed, and where it matters."""
        words, inside = self._words, self._inside
        clear(inside)
        self.setVisible(bool(news))
        if not news:
            return
        inside.addWidget(text(words("Curricula that have changed"), "subheading"))
        for number, one in enumerate(news[:_SHOWN], 1):
            inside.addWidget(self._line(number, one))
        if len(news) > _SHOWN:
            inside.addWidget(text(words.plural("And {n} more.", "And {n} more.", len(news) - _SHOWN), "muted"))
        if cases:
            inside.addWidget(
                text(
                    words.plural(
                        "In {n} case somebody is answering on an older version:",
                        "In {n} cases somebody is answering on an older version:",
                        len(cases),
                    ),
                    "label",
                )
            )
            for number, case in enumerate(cases[:_SHOWN], 1):
                inside.addWidget(self._case(number, case))
            if len(cases) > _SHOWN:
                inside.addWidget(text(words.plural("And {n} more.", "And {n} more.", len(cases) - _SHOWN), "muted"))
        inside.addWidget(button(words("Close the news"), "closeNewsButton", "secondary", self.hide))

    def _line(self, number: int, one: CurriculumNews) -> QWidget:
        words = self._words
        said = words(
            "{code} {title}. New aims: {new}. Reworded: {reworded}. Withdrawn: {withdrawn}.",
            code=one.code,
            title=one.title.text(words.language.value),
            new=one.added,
            reworded=one.reworded,
            withdrawn=one.withdrawn,
        )
        if one.changed == one.old_changed:
            note = words("It was put in the place of the one before, as both say that they are the same version.")
            return column(text(said), text(note, "small"), spacing=2)
        place = Place(version_name(one.code, one.changed), since=version_name(one.code, one.old_changed))
        route = Route(PageName.CURRICULUM, place.subject)
        opens = button(words("Read what changed"), f"readNews{number}Button", "link", lambda: self._go(route))
        opens.setAccessibleName(words("Read what changed in {code}", code=one.code))
        return column(text(said), opens, spacing=2)

    def _case(self, number: int, one: CaseSummary) -> QWidget:
        route = Route(PageName.CASE, one.case.id)
        opens = button(one.candidate_name, f"newsCase{number}Button", "link", lambda: self._go(route))
        opens.setAccessibleName(self._words("Open the case of {name}", name=one.candidate_name))
        return opens
