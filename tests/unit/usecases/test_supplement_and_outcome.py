# SPDX-License-Identifier: MIT
"""After the application: the county asks for more, gets it, and decides; each answers the right one, in any order."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rkv_app.domain.cases import CaseState
from rkv_app.domain.exchange import DocumentRole, Outcome, Standing
from rkv_app.domain.sharing import SharingGround
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.packets.build import Draft
from rkv_app.packets.opening import open_packet
from rkv_app.usecases.ask_for_supplement import NewSupplementRequest, ask_for_supplement
from rkv_app.usecases.documents_along import ChosenDocument
from rkv_app.usecases.quarantine import list_held
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.send_evaluation import send_evaluation
from rkv_app.usecases.send_outcome import NewOutcome, decidable, send_outcome
from rkv_app.usecases.send_receipt import send_receipt
from rkv_app.usecases.send_supplement import NewSupplement, send_supplement
from rkv_app.usecases.view_case import NextStep, view_case
from rkv_app.usecases.view_queue import list_queue, standing_of, view_application
from rkv_app.usecases.view_requests import list_requests
from rkv_app.usecases.write_again import write_again
from support.desks import ASKED_FOR, DEADLINE, DOCUMENT, GROUND, NOW, Desks, snapshot


class Later:
    """A clock that stands still, some days after the others."""

    def __init__(self, days: int) -> None:
        self._days = days

    def now(self) -> datetime:
        """See Clock."""
        return NOW + timedelta(days=self._days)


def refused(work: Callable[[], object], code: str, status: ExitStatus = ExitStatus.REFUSED) -> None:
    with pytest.raises(UserError) as caught:
        work()
    assert (caught.value.code, caught.value.status) == (code, status)


def test_the_whole_way_from_the_application_to_the_outcome(desks: Desks) -> None:
    case_id, application = desks.received_case()
    receive_packet(desks.adviser, send_receipt(desks.intake, application.message_id, desks.folder / "k.rkvpakke").path)
    asked = desks.ask_for_more(application)
    assert receive_packet(desks.adviser, asked.path).case_id == case_id
    assert desks.state_of(case_id) is CaseState.SUPPLEMENT_REQUESTED

    view = view_case(desks.adviser, case_id)
    assert view.next_step is NextStep.SEND_SUPPLEMENT
    assert [item.text for item in view.asked[0].request.items] == list(ASKED_FOR)
    assert view.asked[0].request.deadline == DEADLINE
    document = desks.attached(desks.adviser, case_id)
    sent = desks.send_more(case_id, asked, [ChosenDocument(document.id, DocumentRole.EMPLOYMENT, "1")])
    assert desks.state_of(case_id) is CaseState.SUPPLEMENTED
    assert view_case(desks.adviser, case_id).sharing[-1].message_id == sent.message_id

    assert receive_packet(desks.intake, sent.path).case_id == application.message_id
    at_the_county = view_application(desks.intake, application.message_id)
    assert at_the_county.standing is Standing.MORE_CAME
    assert [one.item for one in at_the_county.more[0].supplement.documents] == ["1"]
    (kept,) = at_the_county.documents
    content = io.BytesIO()
    desks.intake.store.attachments.copy_to(kept.id, content)
    assert (kept.name, content.getvalue()) == ("attest.pdf", DOCUMENT)

    letter = desks.attached(desks.intake, application.message_id, "vedtaksbrev.pdf")
    outcome = desks.decide(application, documents=[ChosenDocument(letter.id, DocumentRole.DECISION)])
    (listed,) = list_queue(desks.intake).applications
    assert (listed.message_id, standing_of(listed)) == (application.message_id, Standing.DECIDED)
    assert receive_packet(desks.adviser, outcome.path).case_id == case_id
    view = view_case(desks.adviser, case_id)
    assert (view.case.state, view.next_step) == (CaseState.DECIDED, NextStep.READ_OUTCOME)
    assert [one.recognised for one in view.outcomes[-1].outcome.decisions] == [False, True]
    assert [one.name for one in view.documents] == ["attest.pdf", "vedtaksbrev.pdf"]


def test_every_message_names_the_one_it_answers(desks: Desks) -> None:
    case_id, application = desks.received_case()
    asked = desks.ask_for_more(application)
    receive_packet(desks.adviser, asked.path)
    sent = desks.send_more(case_id, asked, [])
    outcome = desks.decide(application)
    answers = {
        asked: application.message_id,
        sent: asked.message_id,
        outcome: application.message_id,
    }
    ours = desks.adviser.store.exchange.find(application.message_id)
    assert ours is not None
    for packet, answered in answers.items():
        reader = desks.intake if packet is sent else desks.adviser
        opened = open_packet(packet.path.read_bytes(), reader.identity)
        assert (opened.answers, opened.conversation_id) == (answered, ours.conversation_id)


@pytest.mark.parametrize("first", ["tilleggskrav", "vedtak"])
def test_an_answer_that_overtakes_the_receipt_shows_that_the_county_has_the_application(
    desks: Desks, first: str
) -> None:
    case_id, application = desks.received_case()
    receipt = send_receipt(desks.intake, application.message_id, desks.folder / "receipt.rkvpakke")
    packet = desks.ask_for_more(application) if first == "tilleggskrav" else desks.decide(application)
    after = CaseState.SUPPLEMENT_REQUESTED if first == "tilleggskrav" else CaseState.DECIDED
    receive_packet(desks.adviser, packet.path)
    assert desks.state_of(case_id) is after
    receive_packet(desks.adviser, receipt.path)
    assert desks.state_of(case_id) is after
    assert len(view_case(desks.adviser, case_id).exchange) == 5


def test_a_request_for_more_that_comes_after_the_decision_is_kept_and_moves_nothing(desks: Desks) -> None:
    case_id, application = desks.received_case()
    asked, outcome = desks.ask_for_more(application), desks.decide(application)
    receive_packet(desks.adviser, outcome.path)
    receive_packet(desks.adviser, asked.path)
    view = view_case(desks.adviser, case_id)
    assert view.case.state is CaseState.DECIDED
    assert [one.message_id for one in view.asked] == [asked.message_id]
    refused(lambda: desks.send_more(case_id, asked, []), "RKV-CAS-007")


def test_the_county_may_decide_without_waiting_for_more(desks: Desks) -> None:
    case_id, application = desks.received_case()
    receive_packet(desks.adviser, desks.ask_for_more(application).path)
    receive_packet(desks.adviser, desks.decide(application).path)
    assert desks.state_of(case_id) is CaseState.DECIDED


def test_a_case_that_was_asked_twice_waits_until_both_are_answered(desks: Desks) -> None:
    case_id, application = desks.received_case()
    first, second = desks.ask_for_more(application, "en"), desks.ask_for_more(application, "to")
    for asked in (second, first):
        receive_packet(desks.adviser, asked.path)
    desks.send_more(case_id, first, [], "svar-en")
    assert desks.state_of(case_id) is CaseState.SUPPLEMENT_REQUESTED
    assert [one.message_id for one in view_case(desks.adviser, case_id).asked if one.is_open] == [second.message_id]
    desks.send_more(case_id, second, [], "svar-to")
    assert desks.state_of(case_id) is CaseState.SUPPLEMENTED


def test_what_was_received_before_changes_nothing(desks: Desks) -> None:
    case_id, application = desks.received_case()
    asked = desks.ask_for_more(application)
    receive_packet(desks.adviser, asked.path)
    document = desks.attached(desks.adviser, case_id)
    sent = desks.send_more(case_id, asked, [ChosenDocument(document.id)])
    receive_packet(desks.intake, sent.path)
    refused(lambda: receive_packet(desks.intake, sent.path), "RKV-EXC-007", ExitStatus.NO)
    assert len(view_application(desks.intake, application.message_id).documents) == 1
    outcome = desks.decide(application)
    receive_packet(desks.adviser, outcome.path)
    before = snapshot(desks.adviser, case_id)
    for again in (asked, outcome):
        refused(lambda again=again: receive_packet(desks.adviser, again.path), "RKV-EXC-007", ExitStatus.NO)
    assert snapshot(desks.adviser, case_id) == before


def test_a_corrected_decision_is_kept_beside_the_first(desks: Desks) -> None:
    case_id, application = desks.received_case()
    receive_packet(desks.adviser, desks.decide(application).path)
    corrected = desks.decide(application, "vedtak-2", reasons="Rettet.")
    receive_packet(desks.adviser, corrected.path)
    view = view_case(desks.adviser, case_id)
    assert view.case.state is CaseState.DECIDED
    assert [one.outcome.reasons for one in view.outcomes] == ["", "Rettet."]


def about_another_application(draft: Draft) -> Draft:
    assert isinstance(draft.content, Outcome)
    return replace(draft, content=replace(draft.content, application_sha256="0" * 64))


def test_a_decision_on_another_application_is_refused(desks: Desks) -> None:
    case_id, application = desks.received_case()
    path = desks.forged(
        desks.decide(application).path, about_another_application, sender=desks.intake, to=desks.adviser
    )
    before = snapshot(desks.adviser, case_id)
    refused(lambda: receive_packet(desks.adviser, path), "RKV-EXC-008", ExitStatus.DAMAGED)
    assert snapshot(desks.adviser, case_id) == before


def test_only_a_county_decides(desks: Desks) -> None:
    case_id, application = desks.received_case()
    path = desks.forged(desks.decide(application).path, lambda draft: draft, sender=desks.supervisor, to=desks.adviser)
    before = snapshot(desks.adviser, case_id)
    refused(lambda: receive_packet(desks.adviser, path), "RKV-EXC-018", ExitStatus.NO)
    assert snapshot(desks.adviser, case_id) == before


def test_documents_that_are_not_the_listed_ones_are_refused(desks: Desks) -> None:
    case_id, application = desks.received_case()
    asked = desks.ask_for_more(application)
    receive_packet(desks.adviser, asked.path)
    document = desks.attached(desks.adviser, case_id)
    sent = desks.send_more(case_id, asked, [ChosenDocument(document.id)])
    # The list still names the document; the file itself is left out.
    path = desks.forged(sent.path, lambda draft: draft, sender=desks.adviser, to=desks.intake)
    refused(lambda: receive_packet(desks.intake, path), "RKV-EXC-014", ExitStatus.DAMAGED)
    assert view_application(desks.intake, application.message_id).documents == []
    assert view_application(desks.intake, application.message_id).standing is Standing.ASKED_FOR_MORE


def test_a_request_for_nothing_or_by_a_day_gone_by_is_not_sent(desks: Desks) -> None:
    _, application = desks.received_case()
    target = desks.folder / "x.rkvpakke"
    for new in (
        NewSupplementRequest(items=["", "  "], deadline=DEADLINE),
        NewSupplementRequest(items=["Attest"], deadline=NOW.date() - timedelta(days=2)),
    ):
        refused(lambda new=new: ask_for_supplement(desks.intake, application.message_id, new, target), "RKV-EXC-016")
        assert not target.exists()


def test_an_outcome_decides_on_what_was_applied_for(desks: Desks) -> None:
    _, application = desks.received_case()
    target = desks.folder / "x.rkvpakke"
    day = NOW.date()
    for new in (
        NewOutcome(decided_on=day, recognised={}),
        NewOutcome(decided_on=day, recognised={"KM1": True}),
        NewOutcome(decided_on=day, recognised={"XXP03-01": True}, appeal_by=day - timedelta(days=1)),
        NewOutcome(decided_on=day, recognised={"XXP03-01": True}, documents=[ChosenDocument("none")]),
    ):
        refused(lambda new=new: send_outcome(desks.intake, application.message_id, new, target), "RKV-EXC-016")
        assert not target.exists()


def test_what_can_be_decided_on_is_the_plan_its_sets_and_their_aims(desks: Desks) -> None:
    _, application = desks.received_case()
    queued = view_application(desks.intake, application.message_id).queued
    lines = decidable(queued.application)
    assert lines[0][1] == queued.application.curriculum_code
    assert [code for scope, code, _ in lines if scope.value == "aim"] == [one.code for one in queued.application.aims]
    assert len({code for _, code, _ in lines}) == len(lines)


def test_nothing_more_leaves_of_a_shielded_candidate_without_a_name(desks: Desks) -> None:
    case_id = desks.documented_case(shielded=True)
    application = desks.apply(case_id, cleared_by="Enhetsleder Test")
    desks.introduce_adviser()
    receive_packet(desks.intake, application.path)
    asked = desks.ask_for_more(application)
    receive_packet(desks.adviser, asked.path)
    refused(lambda: desks.send_more(case_id, asked, []), "RKV-CAS-008")
    new = NewSupplement(documents=[], note="Finnes ikke.", ground=GROUND, cleared_by="Enhetsleder Test")
    send_supplement(desks.adviser, case_id, asked.message_id, new, desks.folder / "t.rkvpakke")
    view = view_case(desks.adviser, case_id)
    assert view.transitions[-1].cleared_by == view.sharing[-1].cleared_by == "Enhetsleder Test"


def test_an_answer_without_document_or_note_is_not_sent(desks: Desks) -> None:
    case_id, application = desks.received_case()
    asked = desks.ask_for_more(application)
    receive_packet(desks.adviser, asked.path)
    before = snapshot(desks.adviser, case_id)
    ground = SharingGround(legal_basis=GROUND.legal_basis, purpose="x", informed_on=NOW.date())
    target = desks.folder / "t.rkvpakke"
    for documents, note in (([], " "), ([ChosenDocument("none")], "Se her.")):
        new = NewSupplement(documents=documents, note=note, ground=ground)
        refused(lambda new=new: send_supplement(desks.adviser, case_id, asked.message_id, new, target), "RKV-EXC-016")
    assert snapshot(desks.adviser, case_id) == before
    assert not target.exists()


def test_an_answer_to_what_this_county_never_asked_is_kept_in_quarantine(desks: Desks) -> None:
    case_id, application = desks.received_case()
    asked = desks.ask_for_more(application)
    receive_packet(desks.adviser, asked.path)
    sent = desks.send_more(case_id, asked, [])
    path = desks.forged(
        sent.path,
        lambda draft: replace(draft, answers=application.message_id),
        sender=desks.adviser,
        to=desks.intake,
    )
    refused(lambda: receive_packet(desks.intake, path), "RKV-EXC-003")
    assert [one.why.name for one in list_held(desks.intake)] == ["ANSWERS_NOTHING"]


def test_a_deadline_that_has_passed_is_shown_and_still_may_be_answered(desks: Desks) -> None:
    case_id, application = desks.received_case()
    asked = desks.ask_for_more(application)
    receive_packet(desks.adviser, asked.path)
    (shown,) = view_case(desks.adviser, case_id).asked
    assert not shown.is_late(DEADLINE)
    assert shown.is_late(DEADLINE + timedelta(days=1))
    desks.send_more(case_id, asked, [])
    (answered,) = view_case(desks.adviser, case_id).asked
    assert not answered.is_late(DEADLINE + timedelta(days=1))


def test_a_request_whose_last_day_has_been_is_not_opened(desks: Desks) -> None:
    _, placement_id = desks.case()
    request = desks.request(placement_id)
    late = replace(desks.supervisor, clock=Later(91))
    refused(lambda: receive_packet(late, request.path, request.code), "RKV-EXC-013", ExitStatus.NO)
    assert list_requests(desks.supervisor).requests == ()
    receive_packet(replace(desks.supervisor, clock=Later(90)), request.path, request.code)


def test_answers_are_kept_but_not_sent_after_the_last_day(desks: Desks) -> None:
    _, placement_id = desks.case()
    message_id = desks.completed(desks.request(placement_id))
    late = replace(desks.supervisor, clock=Later(91))
    target = desks.folder / "late.rkvpakke"
    refused(lambda: send_evaluation(late, message_id, target), "RKV-EXC-013", ExitStatus.NO)
    assert not target.exists()
    (shown,) = list_requests(late).requests
    assert (shown.answered, shown.is_late) == (2, True)
    assert not list_requests(desks.supervisor).requests[0].is_late


def test_a_reply_that_comes_after_the_last_day_is_refused(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    reply = desks.reply(desks.request(placement_id))
    before = snapshot(desks.adviser, case_id)
    late = replace(desks.adviser, clock=Later(91))
    refused(lambda: receive_packet(late, reply), "RKV-EXC-013", ExitStatus.NO)
    assert snapshot(desks.adviser, case_id) == before
    receive_packet(replace(desks.adviser, clock=Later(90)), reply)


def test_a_packet_that_was_lost_is_written_again_byte_for_byte_and_taken_in_once(desks: Desks) -> None:
    _, application = desks.received_case()
    asked = desks.ask_for_more(application)
    again = write_again(desks.intake, asked.message_id, desks.folder / "again.rkvpakke")
    assert again.read_bytes() == asked.path.read_bytes()
    receive_packet(desks.adviser, again)
    refused(lambda: receive_packet(desks.adviser, asked.path), "RKV-EXC-007", ExitStatus.NO)
    refused(lambda: write_again(desks.intake, asked.message_id, again), "RKV-SYS-003")
