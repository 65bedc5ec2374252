# SPDX-License-Identifier: MIT
"""The candidate's own copy: everything a case holds about somebody, and what was shared with whom (GDPR art. 15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rkv_app.documents import labels, theme
from rkv_app.documents.builder import Cover, DocumentBuilder, Said
from rkv_app.documents.form_answers import Answered, answer_facts
from rkv_app.documents.parts import add_decisions, ground_facts, in_groups, listed, party_facts
from rkv_app.documents.sections import (
    Evidence,
    add_aims,
    add_attests,
    add_evidence,
    add_placements,
    add_summary,
)
from rkv_app.documents.wording import written_date, written_day_of
from rkv_app.domain.cases import Case, Transition
from rkv_app.domain.coverage import AimCoverage
from rkv_app.domain.evaluations import AimText, Evaluation
from rkv_app.domain.exchange import ExchangeRecord, Outcome
from rkv_app.domain.people import Candidate, Party
from rkv_app.domain.placements import Placement
from rkv_app.domain.sharing import SharingEvent
from rkv_app.forms.answers import asked
from rkv_app.forms.model import Form
from rkv_app.foundation.i18n import Words


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form on the case with its answers, by item path, and the aims that it asks about."""

    form: Form
    answers: Mapping[str, object]
    aims: Sequence[AimText]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateCopy:
    """Everything there is.

    Attributes:
        plan: title and code of the curriculum.
        beside_aims: what the workplaces answered besides the aims, by the id of the evaluation.
        outcomes: what the county decided, oldest first; the last one counts.
        holder: who keeps the case.
    """

    case: Case
    candidate: Candidate
    plan: str
    placements: Sequence[Placement]
    evaluations: Sequence[Evaluation]
    coverage: Sequence[AimCoverage]
    evidence: Sequence[Evidence]
    sharing: Sequence[SharingEvent]
    exchange: Sequence[ExchangeRecord]
    transitions: Sequence[Transition]
    outcomes: Sequence[Outcome]
    holder: Party
    forms: Sequence[FilledForm] = ()
    beside_aims: Mapping[str, Sequence[Answered]] = field(default_factory=dict)


def render_candidate_copy(
    copy: CandidateCopy, *, measures: Mapping[str, str], legal_bases: Mapping[str, str], words: Words, at: datetime
) -> bytes:
    """Makes the copy as a PDF. It is for the candidate alone, so nothing is left out of it.

    Args:
        copy: everything there is.
        measures: measure codes to what they are called in the document's language.
        legal_bases: legal basis codes to what they are called in the document's language.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes.
    """
    document = DocumentBuilder(
        words("Everything about you in this case"),
        words("Case {reference}", reference=copy.case.reference),
        words,
        at,
        letterhead=(listed(copy.holder.organisation, copy.holder.unit),),
        cover=Cover(
            words("Case {reference}, {date}", reference=copy.case.reference, date=written_day_of(at, words)),
            copy.candidate.name,
            (words("Wanted final competence: {wanted}", wanted=copy.case.wanted.title),),
        ),
    )
    document.note(
        words(
            "This is your own copy of what is stored about you, and of what was shared with others. "
            "Is something wrong? Tell the one who keeps the case: it can be put right."
        )
    )
    document.contents()
    _about(document, copy, words)
    _shared(document, copy.sharing, legal_bases, words)
    _exchanged(document, copy.exchange, words)
    add_summary(document, copy.coverage, words)
    add_placements(document, copy.placements, measures, words, at)
    add_aims(document, copy.plan, copy.coverage, words)
    add_attests(document, copy.evaluations, copy.placements, copy.beside_aims, words)
    _forms(document, copy.forms, words)
    add_evidence(document, copy.evidence, words)
    _decided(document, copy.outcomes, words)
    _history(document, copy, words)
    return document.pdf()


def _about(document: DocumentBuilder, copy: CandidateCopy, words: Words) -> None:
    candidate = copy.candidate
    document.heading(words("About you"), new_page=True)
    document.facts(
        [
            (words("Name"), candidate.name),
            (words("Date of birth"), written_date(candidate.birth_date, words) if candidate.birth_date else ""),
            (words("National identity number"), candidate.national_number),
            (words("Address protection"), words("Yes") if candidate.shielded else words("No")),
            (words("Wanted final competence"), copy.case.wanted.title),
            (words("Curriculum"), copy.plan),
            (words("Status of the case"), words.say(labels.CASE_STATE[copy.case.state])),
        ]
    )
    document.heading(words("Who keeps the case"))
    document.facts(party_facts(copy.holder, words))


def _shared(
    document: DocumentBuilder, sharing: Sequence[SharingEvent], legal_bases: Mapping[str, str], words: Words
) -> None:
    document.heading(words("What was shared, and with whom"))
    if not sharing:
        document.paragraph(words("Nothing has been shared with anybody."))
    for event in sharing:
        document.subheading(listed(event.receiver, written_day_of(event.at, words)))
        document.facts(
            [
                *ground_facts(event.ground, words("You were informed on"), legal_bases, words),
                (words("Cleared by"), event.cleared_by),
                (words("Fingerprint (SHA-256)"), in_groups(event.sha256)),
            ]
        )


def _exchanged(document: DocumentBuilder, exchange: Sequence[ExchangeRecord], words: Words) -> None:
    document.heading(words("Packets that were sent and received"))
    if not exchange:
        document.paragraph(words("No packets have been sent or received."))
        return
    document.table(
        (words("What"), words("Sent or received"), words("With whom"), words("Date")),
        [
            (
                [Said(words.say(labels.MESSAGE_TYPE[one.type]), theme.CELL)],
                [Said(words.say(labels.DIRECTION[one.direction]))],
                [Said(one.counterpart)],
                [Said(written_day_of(one.at, words))],
            )
            for one in exchange
        ],
        (0.3, 0.2, 0.28, 0.22),
    )


def _forms(document: DocumentBuilder, forms: Sequence[FilledForm], words: Words) -> None:
    if not forms:
        return
    document.heading(words("Forms in the case"))
    for filled in forms:
        title = filled.form.title.said(words.language.value)
        document.subheading(title.text, language=title.language)
        answers = tuple(answer_facts(asked(filled.form, filled.answers, filled.aims), words))
        document.facts(answers)
        if not answers:
            document.paragraph(words("Not answered"))


def _decided(document: DocumentBuilder, outcomes: Sequence[Outcome], words: Words) -> None:
    if not outcomes:
        return
    document.heading(words("What the county decided"))
    for outcome in outcomes:
        document.subheading(listed(outcome.intake.organisation, written_date(outcome.decided_on, words)))
        document.facts([(words("Journal number"), outcome.journal_number), (words("Reasons"), outcome.reasons)])
        add_decisions(document, outcome.decisions, (0.15, 0.6, 0.25), words)


def _history(document: DocumentBuilder, copy: CandidateCopy, words: Words) -> None:
    document.heading(words("What has happened in the case"))
    made = [Said(written_day_of(copy.case.created, words)), Said(words("The case was made"))]
    rows = [([made[0]], [made[1]], [Said("")])]
    rows += [
        (
            [Said(written_day_of(one.at, words))],
            [Said(_happened(one, words))],
            [Said(one.by)],
        )
        for one in copy.transitions
    ]
    document.table((words("Date"), words("What"), words("By whom")), rows, (0.27, 0.43, 0.3))


def _happened(one: Transition, words: Words) -> str:
    state = words.say(labels.CASE_STATE[one.after])
    if one.before is one.after:
        return words("Handed to somebody else, cleared by {name}", name=one.cleared_by)
    return words("{state}, cleared by {name}", state=state, name=one.cleared_by) if one.cleared_by else state
