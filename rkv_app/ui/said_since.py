# SPDX-License-Identifier: MIT
"""What was said after the application, as both parties see it: what was asked for, sent and decided.

For a page to put in a column.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.foundation.clock import local_date
from rkv_app.foundation.i18n import Words
from rkv_app.packets.attachment_safety import shown_name
from rkv_app.ui import labels
from rkv_app.ui.widgets.basics import card, chip, text
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.conversation import AskedForMore, MoreThatCame, Told


def fill_asked(column: QVBoxLayout, words: Words, asked: Sequence[AskedForMore], today: date) -> None:
    """Adds a card for each request for more: what, by when, who asks, and whether it is answered."""
    for number, one in enumerate(asked, start=1):
        request = one.request
        frame, inside = card(name=f"asked{number}Card")
        inside.addWidget(text(words("More documentation was asked for"), "subheading"))
        day = labels.day(words, request.deadline)
        line = QWidget()
        chips = FlowLayout(line, spacing=8)
        if one.answered_at is not None:
            chips.addWidget(
                chip(words("Answered {date}", date=labels.day(words, local_date(one.answered_at))), "success")
            )
        elif one.is_late(today):
            chips.addWidget(chip(words("Was wanted by {date}", date=day), "danger"))
        else:
            chips.addWidget(chip(words("Wanted by {date}", date=day), "warning"))
        inside.addWidget(line)
        for item in request.items:
            inside.addWidget(text(f"{item.id}.  {item.text}"))
        if request.note:
            inside.addWidget(text(request.note))
        who = labels.in_line(request.intake.name, request.intake.organisation, request.intake.phone)
        inside.addWidget(
            text(words("Asked by {name}, {moment}", name=who, moment=labels.moment(words, one.at)), "muted")
        )
        column.addWidget(frame)


def fill_more(column: QVBoxLayout, words: Words, more: Sequence[MoreThatCame]) -> None:
    """Adds a card for each answer: which documents came, and the note."""
    for number, one in enumerate(more, start=1):
        frame, inside = card(name=f"more{number}Card")
        inside.addWidget(text(words("More documentation came"), "subheading"))
        for document in one.supplement.documents:
            answers = words("answers {n}", n=document.item) if document.item else ""
            parts = (shown_name(document.name), labels.document_role(words, document.role), answers)
            inside.addWidget(text(" · ".join(part for part in parts if part)))
        if one.supplement.note:
            inside.addWidget(text(one.supplement.note))
        inside.addWidget(text(labels.moment(words, one.at), "muted"))
        column.addWidget(frame)


def fill_outcome(column: QVBoxLayout, words: Words, outcomes: Sequence[Told]) -> None:
    """Adds a card for the decision that counts, the newest one."""
    if not outcomes:
        return
    told = outcomes[-1]
    outcome = told.outcome
    frame, inside = card(name="outcomeCard")
    inside.addWidget(text(words("The county's decision"), "subheading"))
    decided = words("Decided on {date}", date=labels.day(words, outcome.decided_on))
    inside.addWidget(text(f"{decided} · " + words("Journal number {number}", number=outcome.journal_number)))
    for one in outcome.decisions:
        inside.addWidget(text(labels.decision(words, one)))
    if outcome.reasons:
        inside.addWidget(text(outcome.reasons))
    if outcome.appeal:
        inside.addWidget(text(outcome.appeal))
    if outcome.appeal_by is not None:
        last = words("Last day for an appeal: {date}", date=labels.day(words, outcome.appeal_by))
        inside.addWidget(text(last, "label"))
    if len(outcomes) > 1:
        inside.addWidget(text(words("This decision takes the place of an earlier one."), "muted"))
    column.addWidget(frame)
