# SPDX-License-Identifier: MIT
"""The county tells the adviser what it has decided on an application."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rkv_app.documents.letters import render_outcome
from rkv_app.domain.exchange import Application, Decision, DecisionScope, MessageType, Outcome, QueuedApplication
from rkv_app.domain.people import Role
from rkv_app.foundation.i18n import message
from rkv_app.packets.messages import record_json
from rkv_app.usecases.documents_along import ChosenDocument, Enclosed, enclose, incomplete
from rkv_app.usecases.sending import SentPacket, answer_application
from rkv_app.usecases.view_queue import view_application
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOutcome:
    """What a caseworker types.

    Attributes:
        recognised: by code of the curriculum, an aim set or an aim, whether it is recognised. What is not in it is not
            decided on.
        documents: the decision letter and what else goes along, from what is attached to the application.
    """

    decided_on: date
    recognised: Mapping[str, bool]
    reasons: str = ""
    appeal: str = ""
    appeal_by: date | None = None
    documents: Sequence[ChosenDocument] = ()


def decidable(application: Application) -> tuple[tuple[DecisionScope, str, str], ...]:
    """Returns what can be decided on, as scope, code and title: each plan, followed by its aim sets with their aims.

    Nothing stands there twice: an aim that stands in several sets or plans is decided on once, for all of them.
    """
    lines: dict[tuple[DecisionScope, str], str] = {}
    for plan in application.plans:
        lines[DecisionScope.PLAN, plan.code] = plan.title
        for aim in application.aims:
            if (aim.plan or application.plan) == plan:
                if aim.set_code:
                    lines.setdefault((DecisionScope.AIM_SET, aim.set_code), aim.set_title)
                lines.setdefault((DecisionScope.AIM, aim.code), aim.text)
    return tuple((scope, code, title) for (scope, code), title in lines.items())


def send_outcome(ws: Workspace, message_id: str, new: NewOutcome, target: Path) -> SentPacket:
    """Writes the outcome of a queued application to `target`.

    Raises:
        UserError: RKV-CAS-014 no such application; RKV-EXC-016 nothing is decided, on something else, or the last day
            for an appeal is before the decision; RKV-SYS-001 to -003.
    """
    ws.require(Role.INTAKE)
    queued = view_application(ws, message_id).queued
    enclosed = enclose(ws, message_id, new.documents)
    outcome = _outcome(ws, queued, new, enclosed)
    return answer_application(
        ws,
        queued,
        target,
        type=MessageType.OUTCOME,
        content=outcome,
        main_document=render_outcome(outcome, words=ws.words, at=ws.clock.now(), record=record_json(outcome)),
        attachments=enclosed.files,
    )


def _outcome(ws: Workspace, queued: QueuedApplication, new: NewOutcome, enclosed: Enclosed) -> Outcome:
    lines = decidable(queued.application)
    if not new.recognised or not new.recognised.keys() <= {code for _, code, _ in lines}:
        raise incomplete(message("what is decided on"))
    if new.appeal_by is not None and new.appeal_by < new.decided_on:
        raise incomplete(message("a last day for an appeal that is not before the decision"))
    return Outcome(
        journal_number=queued.journal_number,
        application_sha256=queued.manifest_sha256,
        decided_on=new.decided_on,
        decisions=tuple(
            Decision(scope=scope, code=code, title=title, recognised=new.recognised[code])
            for scope, code, title in lines
            if code in new.recognised
        ),
        reasons=new.reasons.strip(),
        appeal=new.appeal.strip(),
        appeal_by=new.appeal_by,
        documents=enclosed.listed,
        intake=ws.party,
    )
