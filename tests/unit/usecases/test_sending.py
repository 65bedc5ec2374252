# SPDX-License-Identifier: MIT
"""What leaves is written and recorded together or not at all, and tells no more than it must."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rkv_app.domain.cases import CaseState
from rkv_app.domain.exchange import Application
from rkv_app.foundation.errors import UserError
from rkv_app.packets.opening import open_packet
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.send_evaluation import send_evaluation
from rkv_app.usecases.send_receipt import send_receipt
from rkv_app.usecases.view_queue import list_queue
from support.desks import ADDRESS, SUPERVISOR_PHONE, Desks, snapshot

IN_THE_WAY = b"something else"


def refused(send: Callable[[], object], code: str) -> None:
    with pytest.raises(UserError) as caught:
        send()
    assert caught.value.code == code


def in_the_way(path: Path) -> Path:
    path.write_bytes(IN_THE_WAY)
    return path


def test_a_request_that_cannot_be_written_was_never_sent(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    before = snapshot(desks.adviser, case_id)
    target = in_the_way(desks.folder / "request.rkvpakke")
    refused(lambda: desks.request(placement_id), "RKV-SYS-003")
    assert snapshot(desks.adviser, case_id) == before
    assert desks.state_of(case_id) is CaseState.DRAFT
    assert target.read_bytes() == IN_THE_WAY


@pytest.mark.parametrize("taken", ["application.rkvpakke", "application.pdf"])
def test_an_application_is_written_with_its_pdf_and_recorded_or_nothing_is(desks: Desks, taken: str) -> None:
    case_id = desks.documented_case()
    desks.county()
    before = snapshot(desks.adviser, case_id)
    target = in_the_way(desks.folder / taken)
    refused(lambda: desks.apply(case_id), "RKV-SYS-003")
    assert snapshot(desks.adviser, case_id) == before
    assert [path.name for path in desks.folder.glob("application*")] == [taken]
    assert target.read_bytes() == IN_THE_WAY
    target.unlink()
    desks.apply(case_id)
    assert desks.state_of(case_id) is CaseState.SENT


def test_an_evaluation_that_cannot_be_written_can_be_sent_again(desks: Desks) -> None:
    _, placement_id = desks.case()
    message_id = desks.completed(desks.request(placement_id))
    target = in_the_way(desks.folder / "evaluation.rkvpakke")
    refused(lambda: send_evaluation(desks.supervisor, message_id, target), "RKV-SYS-003")
    refused(lambda: send_evaluation(desks.supervisor, message_id, desks.folder / "none" / "x"), "RKV-SYS-004")
    target.unlink()
    sent = send_evaluation(desks.supervisor, message_id, target)
    receive_packet(desks.adviser, sent.path)


def test_a_receipt_that_cannot_be_written_is_not_marked_as_sent(desks: Desks) -> None:
    application = desks.apply(desks.documented_case())
    in_the_way(desks.folder / "receipt.rkvpakke")
    refused(lambda: desks.acknowledged(application), "RKV-SYS-003")
    assert [queued.receipt_sent for queued in list_queue(desks.intake).applications] == [False]
    send_receipt(desks.intake, application.message_id, desks.folder / "receipt-2.rkvpakke")
    assert [queued.receipt_sent for queued in list_queue(desks.intake).applications] == [True]


def test_a_receipt_for_nothing_in_the_queue_is_refused(desks: Desks) -> None:
    refused(lambda: send_receipt(desks.intake, "none", desks.folder / "receipt.rkvpakke"), "RKV-CAS-014")
    assert not (desks.folder / "receipt.rkvpakke").exists()


def test_a_case_without_an_evaluation_is_not_sent(desks: Desks) -> None:
    case_id, _ = desks.case()
    refused(lambda: desks.apply(case_id), "RKV-CAS-006")
    assert desks.state_of(case_id) is CaseState.DRAFT


def test_a_shielded_candidate_is_sent_only_when_a_named_person_has_cleared_it(desks: Desks) -> None:
    case_id = desks.documented_case(shielded=True)
    desks.county()
    before = snapshot(desks.adviser, case_id)
    refused(lambda: desks.apply(case_id), "RKV-CAS-008")
    refused(lambda: desks.apply(case_id, cleared_by="  "), "RKV-CAS-008")
    assert snapshot(desks.adviser, case_id) == before
    assert not list(desks.folder.glob("application*"))


def test_the_application_of_a_shielded_candidate_does_not_tell_where_to_find_them(desks: Desks) -> None:
    case_id = desks.documented_case(shielded=True)
    application = desks.apply(case_id, cleared_by="Enhetsleder Test")
    opened = open_packet(application.path.read_bytes(), desks.intake.identity)
    assert isinstance(opened.content, Application)
    for placement in opened.content.placements:
        assert placement.workplace.address == ""
        assert (placement.supervisor.phone, placement.supervisor.email) == ("", "")
    for data in opened.documents.values():
        assert ADDRESS.encode() not in data
        assert SUPERVISOR_PHONE.encode() not in data


def test_the_application_of_others_says_where_the_workplace_is(desks: Desks) -> None:
    opened = open_packet(desks.apply(desks.documented_case()).path.read_bytes(), desks.intake.identity)
    assert ADDRESS.encode() in opened.documents["rkv.json"]


def test_what_was_sent_stays_readable_for_the_sender(desks: Desks) -> None:
    _, placement_id = desks.case()
    request = desks.request(placement_id)
    assert open_packet(request.path.read_bytes(), desks.adviser.identity).message_id == request.message_id


def test_each_workspace_does_its_own_part_only(desks: Desks) -> None:
    refused(lambda: send_receipt(desks.adviser, "any", desks.folder / "x"), "RKV-EXC-005")
    refused(lambda: send_evaluation(desks.intake, "any", desks.folder / "x"), "RKV-EXC-005")


def test_an_application_that_was_sent_is_not_sent_again(desks: Desks) -> None:
    case_id = desks.documented_case()
    desks.county()
    sent = desks.apply(case_id)
    for path in (sent.path, sent.pdf_path):
        path.unlink()
    before = snapshot(desks.adviser, case_id)
    refused(lambda: desks.apply(case_id), "RKV-CAS-007")
    assert snapshot(desks.adviser, case_id) == before
    assert not sent.path.exists()
    assert not sent.pdf_path.exists()
