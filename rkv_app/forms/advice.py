# SPDX-License-Identifier: MIT
"""What makes a form hard to answer though nothing is wrong with it: long questions, no hints, half a translation."""

from collections.abc import Iterator

from rkv_app.forms.faults import FormFault
from rkv_app.forms.model import (
    AttachmentItem,
    ChoiceItem,
    ChoicesItem,
    Form,
    Group,
    Item,
    LongTextItem,
    Note,
    PeriodItem,
    RepeatItem,
    ScaleItem,
)
from rkv_app.forms.parts import OWN_LANGUAGES, Label
from rkv_app.foundation.closed_yaml import Place
from rkv_app.foundation.i18n import message

LONG_QUESTION = 120
LONG_OPTION = 80
# So many words in a row are hardly the same in bokmål and nynorsk.
_ALIKE_WORDS = 8


def advice(form: Form) -> Iterator[tuple[str, FormFault]]:
    """Yields a code and what could be better, with its place, in reading order."""
    others = {language for _, label in labels(form) for language in label.languages()} - set(OWN_LANGUAGES)
    for place, label in labels(form):
        missing = sorted(others - set(label.languages()))
        if missing:
            told = message("There are no words here in {languages}; others are shown.", languages=", ".join(missing))
            yield "RKV-FRM-038", FormFault(told, place)
        if label.nb == label.nn and len(label.nb.split()) >= _ALIKE_WORDS:
            yield "RKV-FRM-040", FormFault(message("The words in nn are those in nb."), (*place, "nn"))
    for language in sorted(set(form.machine_translated) - others):
        told = message("No words here are in {language}.", language=language)
        yield "RKV-FRM-038", FormFault(told, ("machineTranslated",))
    for place, item in _items(form):
        yield from _about(item, place)


def labels(form: Form) -> Iterator[tuple[Place, Label]]:
    """All words of a form, each with its place in the file, in reading order."""
    yield ("title",), form.title
    if form.description is not None:
        yield ("description",), form.description
    for place, item in _items(form):
        for key, label in (("label", item.label), ("hint", item.hint), ("guidance", item.guidance)):
            if label is not None:
                yield (*place, key), label
        if isinstance(item, RepeatItem) and item.row_label is not None:
            yield (*place, "rowLabel"), item.row_label
        if isinstance(item, ChoiceItem | ChoicesItem | ScaleItem):
            for index, option in enumerate(item.options):
                yield (*place, "options", index, "label"), option.label
                if option.hint is not None:
                    yield (*place, "options", index, "hint"), option.hint
        for index, constraint in enumerate(getattr(item, "constraints", ())):
            yield (*place, "constraints", index, "message"), constraint.message


def _items(form: Form) -> Iterator[tuple[Place, Item]]:
    for place, item, _ in form.placed():
        yield place, item
        if isinstance(item, Group):
            yield from (((*place, "columns", index), column) for index, column in enumerate(item.columns))


def _about(item: Item, place: Place) -> Iterator[tuple[str, FormFault]]:
    longest = max(len(item.label.text(language)) for language in item.label.languages())
    if not isinstance(item, Note) and longest > LONG_QUESTION:
        told = message(
            "The question has {length} characters; more than {most} are hard to read. Use a hint or guidance.",
            length=longest,
            most=LONG_QUESTION,
        )
        yield "RKV-FRM-036", FormFault(told, (*place, "label"))
    if isinstance(item, LongTextItem | PeriodItem | AttachmentItem | RepeatItem) and item.hint is None:
        told = message("There is no hint. Say in a few words what a good answer looks like.")
        yield "RKV-FRM-037", FormFault(told, place)
    if isinstance(item, ChoiceItem | ChoicesItem | ScaleItem):
        for index, option in enumerate(item.options):
            length = max(len(option.label.text(language)) for language in option.label.languages())
            if length > LONG_OPTION:
                told = message("The option has {length} characters; use a hint.", length=length)
                yield "RKV-FRM-036", FormFault(told, (*place, "options", index, "label"))
