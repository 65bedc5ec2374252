# SPDX-License-Identifier: MIT
"""What was said after the application, as both parties see it: what was asked for, sent and decided, and the documents.

For a page to put in a column; nothing received is opened, it can only be saved.
"""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.exchange import ExchangeRecord
from rkv_app.domain.stores import Attachment
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.widgets.basics import button, card, chip, text
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.ui.widgets.table import Table, TableRow
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
        who = ", ".join(
            part for part in (request.intake.name, request.intake.organisation, request.intake.phone) if part
        )
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
            parts = (document.name, labels.document_role(words, document.role), answers)
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


def exchange_table(words: Words) -> Table:
    """A table of packets, empty; a line that is opened names its packet."""
    return Table(words("Sent and received"), "exchangeTable", stretch=1, wrap=True)


def fill_exchange(table: Table, words: Words, records: Sequence[ExchangeRecord]) -> None:
    """Shows the packets that came and went, and none where there are none."""
    table.setVisible(bool(records))
    rows = [
        TableRow(
            record.message_id,
            (
                labels.direction(words, record.direction),
                labels.message_type(words, record.type),
                record.counterpart,
                labels.moment(words, record.at),
            ),
        )
        for record in records
    ]
    table.fill((words("Direction"), words("What"), words("With whom"), words("When")), rows)


def fill_documents(
    column: QVBoxLayout, words: Words, documents: Sequence[Attachment], save: Callable[[Attachment], None]
) -> None:
    """Adds a line for each attached document, with a button that saves a copy of it."""
    if not documents:
        column.addWidget(text(words("No document is attached yet."), "muted"))
    for number, one in enumerate(documents, start=1):
        line = QWidget()
        parts = FlowLayout(line, spacing=12)
        size, day = labels.size(words, one.size), labels.day(words, local_date(one.added))
        name = text(f"{one.name} · {size} · {day}")
        name.setWordWrap(False)
        parts.addWidget(name)
        saving = button(words("Save a copy …"), f"saveDocument{number}Button", "link", partial(save, one))
        saving.setAccessibleName(words("Save a copy of {name}", name=one.name))
        parts.addWidget(saving)
        column.addWidget(line)
