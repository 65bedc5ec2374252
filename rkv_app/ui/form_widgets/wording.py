# SPDX-License-Identifier: MIT
"""The words of a form as they stand on screen: in the form's language, marked where they are in another one."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QLocale, Qt

from rkv_app.forms.model import Form
from rkv_app.forms.parts import Label, Unit
from rkv_app.forms.problems import Problem
from rkv_app.foundation.i18n import N_, Language, Words

_UNITS: Mapping[Unit, str] = {
    Unit.HOURS: N_("hours"),
    Unit.HOURS_PER_WEEK: N_("hours a week"),
    Unit.DAYS: N_("days"),
    Unit.WEEKS: N_("weeks"),
    Unit.MONTHS: N_("months"),
    Unit.YEARS: N_("years"),
    Unit.PERCENT: N_("per cent"),
    Unit.POINTS: N_("points"),
}
# The languages that stand in for others, see `Label.said`.
_OTHERS: Mapping[str, str] = {"nb": N_("bokmål"), "en": N_("English")}
# What Qt calls differently from those who speak it, or does not know.
_NAMES: Mapping[str, str] = {"nb": "bokmål", "nn": "nynorsk", "en": "English"}


@dataclass(frozen=True, slots=True)
class Wording:
    """How a form is said.

    Attributes:
        words: the window's own words around the form.
        language: the language (BCP 47) that the form is read in.
    """

    words: Words
    language: str

    def text(self, label: Label) -> str:
        """The words of a label alone, for where `mark` stands beside them."""
        return label.text(self.language)

    def marked(self, label: Label | None) -> str:
        """The words of a label, with the name of their language behind them where it is another one."""
        if label is None:
            return ""
        said = label.said(self.language)
        return said.text if said.language == self.language else f"{said.text} ({self.words(_OTHERS[said.language])})"

    def mark(self, *labels: Label | None) -> str:
        """The line that says that some of these words are in another language; empty where none are."""
        others = {said.language for label in labels if label for said in [label.said(self.language)]}
        others.discard(self.language)
        return self.words("Only in {language} so far", language=self.words(_OTHERS[min(others)])) if others else ""

    def problem(self, problem: Problem) -> str:
        """What is wrong, in the window's language; a form's own message in the form's."""
        own = problem.message.params.get("words")
        return self.marked(own) if problem.constraint and isinstance(own, Label) else self.words.say(problem.message)

    def unit(self, unit: Unit) -> str:
        """What a number counts."""
        return self.words(_UNITS[unit])

    def number(self, value: float) -> str:
        """A number as it is typed: with a decimal comma except in English, and without groups of digits."""
        plain = str(int(value)) if value == int(value) else repr(value)
        return plain if self.words.language is Language.ENGLISH else plain.replace(".", ",")

    @property
    def direction(self) -> Qt.LayoutDirection:
        """Where lines begin in the form's language."""
        return QLocale(self.language).textDirection()


def language_name(tag: str) -> str:
    """What a language is called by those who speak it."""
    return _NAMES.get(tag) or QLocale(tag).nativeLanguageName() or tag


def named_languages(words: Words, form: Form, first: str) -> list[tuple[str, str]]:
    """The languages of a form, by tag and in their own words; `first` stands first."""
    tags = dict.fromkeys((first, *form.title.languages()))
    return [(tag, _named(words, form, tag)) for tag in tags]


def _named(words: Words, form: Form, tag: str) -> str:
    name = language_name(tag)
    return words("{language} (machine translation)", language=name) if tag in form.machine_translated else name
