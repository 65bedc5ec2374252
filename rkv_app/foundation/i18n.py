# SPDX-License-Identifier: MIT
"""Words on screen: messages are values that know their English source text; a Words object says them in a language.

Nothing here remembers a current language. Whoever shows text holds a `Words` and passes it on, so switching
language is making a new `Words` and rendering again.
"""

import gettext
from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, Protocol, runtime_checkable

from rkv_app.foundation.resources import translations_dir

_DOMAIN = "rkv_app"
_NO_PARAMS: Mapping[str, object] = MappingProxyType({})


class Language(StrEnum):
    """Languages of the user interface (BCP 47 tags)."""

    BOKMAL = "nb"
    NYNORSK = "nn"
    ENGLISH = "en"


def N_(msgid: str) -> str:
    """Marks `msgid` for the translation catalogue and returns it unchanged."""
    return msgid


@runtime_checkable
class InLanguages(Protocol):
    """Something that brings its own words in several languages, such as a label in a form."""

    def text(self, language: str) -> str:
        """Its words for a reader of `language` (BCP 47)."""


class Message(NamedTuple):
    """A sentence for the user, not yet said in any language.

    Attributes:
        msgid: English source text with `str.format` fields.
        params: values for the fields; a value that is itself a Message, or InLanguages, is said in the same language.
    """

    msgid: str
    params: Mapping[str, object] = _NO_PARAMS

    def __str__(self) -> str:
        return Words(Language.ENGLISH).say(self)


def message(msgid: str, **params: object) -> Message:
    """Makes a Message; the translation tools collect `msgid` from the call."""
    return Message(msgid, MappingProxyType(params) if params else _NO_PARAMS)


class Words:
    """Says source texts in one language. Immutable; make another to switch."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._catalogue = _catalogue(language)

    def __call__(self, msgid: str, **params: object) -> str:
        """Returns `msgid` translated, its fields filled from `params`."""
        text = self._catalogue.gettext(msgid) if msgid else ""
        return text.format(**dict(self._said(params))) if params else text

    def plural(self, one: str, many: str, n: int, **params: object) -> str:
        """Returns the form for `n`; `{n}` is filled by itself."""
        return self._catalogue.ngettext(one, many, n).format(n=n, **dict(self._said(params)))

    def say(self, said: Message) -> str:
        """Returns a Message in this language."""
        return self(said.msgid, **said.params)

    def _said(self, params: Mapping[str, object]) -> Iterator[tuple[str, object]]:
        for name, value in params.items():
            if isinstance(value, Message):
                yield name, self.say(value)
            elif isinstance(value, InLanguages):
                yield name, value.text(self.language.value)
            else:
                yield name, value


def _catalogue(language: Language) -> gettext.NullTranslations:
    # Not gettext.translation: it brings in the locale module, for which the first window would have to wait.
    file = translations_dir() / language.value / "LC_MESSAGES" / f"{_DOMAIN}.mo"
    if not file.is_file():
        return gettext.NullTranslations()
    with file.open("rb") as catalogue:
        return gettext.GNUTranslations(catalogue)


def preferred_language(environment: Mapping[str, str]) -> Language:
    """The language that the user's environment (POSIX `LC_ALL`, `LC_MESSAGES`, `LANG`) asks for; else bokmål."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        tag = environment.get(name, "")[:2]
        if tag:
            return Language(tag) if tag in tuple(Language) else Language.BOKMAL
    return Language.BOKMAL
