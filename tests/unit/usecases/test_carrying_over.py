# SPDX-License-Identifier: MIT
"""An answer is copied only because a person accepted it, writes over nothing, and says for ever where it came from."""

import shutil
import subprocess
from dataclasses import replace

import pytest

from rkv_app.documents.evaluation import render_evaluation
from rkv_app.domain.bridges import Bridge
from rkv_app.domain.carried import Carried, Reason, carried_path, marks
from rkv_app.domain.evaluations import Evaluation
from rkv_app.forms.answers import aim_ratings
from rkv_app.foundation.errors import UserError
from rkv_app.packets.build import Draft
from rkv_app.usecases.asked_on_older import asked_on_older
from rkv_app.usecases.carry_over import carry_over
from rkv_app.usecases.complete_evaluation import complete_evaluation
from rkv_app.usecases.create_case import NewCase, create_case
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.save_answer import save_answer
from rkv_app.usecases.send_evaluation import send_evaluation
from rkv_app.usecases.suggest_bridges import earlier_answers, newer_request, same_text_elsewhere
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.view_requests import view_request
from rkv_app.usecases.write_documents import attest_of, received_evaluation
from support.curricula import REWORDED, newer, practice
from support.desks import NOW, Desks
from support.parties import SUPERVISOR

TWIN, OTHER_TWIN = "KM990008", "KM990014"
ANSWER = {
    "rating": "independent",
    "known_by": ["observed"],
    "example": "Brukte rette ord.",
    "observed_on": "2026-01-12",
}


def _evaluation(desks: Desks, message_id: str) -> Evaluation:
    return view_request(desks.supervisor, message_id).evaluation


def _answer(desks: Desks, evaluation: Evaluation, aim: str) -> None:
    for column, value in ANSWER.items():
        save_answer(desks.supervisor, evaluation.id, f"aims/{aim}/{column}", value)


@pytest.fixture
def twins(desks: Desks) -> str:
    """The id of a request about the modular plan, which has one text twice; one of the two is answered."""
    case_id = create_case(
        desks.adviser,
        NewCase(given_name="Amina", family_name="Eksempel", birth_date=NOW.date(), national_number="", shielded=False,
                wanted="Moduler", curriculum_code="XXP05-01"),
    )  # fmt: skip
    request = desks.request(desks.placement(case_id))
    message_id = receive_packet(desks.supervisor, request.path, request.code).message_id
    _answer(desks, _evaluation(desks, message_id), TWIN)
    return message_id


@pytest.fixture
def two_versions(desks: Desks) -> tuple[str, str, str]:
    """The case, and two requests for one placement: one begun on the older plan, one on the newer, unanswered."""
    case_id, placement_id = desks.case()
    older = desks.opened_request(desks.request(placement_id))
    _answer(desks, _evaluation(desks, older), REWORDED)
    desks.adviser.store.curricula.put([newer(practice("XXP03-01"))])
    request = desks.request(placement_id, "newer")
    return case_id, older, receive_packet(desks.supervisor, request.path, request.code).message_id


def test_the_same_text_is_offered_and_nothing_is_copied_by_itself(desks: Desks, twins: str) -> None:
    evaluation = _evaluation(desks, twins)
    (offer,) = same_text_elsewhere(evaluation)
    assert (offer.source.aim.code, offer.target.aim.code, offer.reason) == (TWIN, OTHER_TWIN, Reason.SAME_PLAN)
    assert f"aims/{OTHER_TWIN}/rating" not in evaluation.answers


def test_an_accepted_copy_says_from_where_why_by_whom_and_when(desks: Desks, twins: str) -> None:
    before = _evaluation(desks, twins)
    assert carry_over(desks.supervisor, before.id, same_text_elsewhere(before)) == 1
    after = _evaluation(desks, twins)
    for column, value in ANSWER.items():
        assert after.answers[f"aims/{OTHER_TWIN}/{column}"] == value
    assert marks(after.answers)[OTHER_TWIN] == Carried(
        aim=TWIN,
        text=next(aim.text for aim in after.aims if aim.code == TWIN),
        plan="XXP05-01",
        version=after.curriculum_changed,
        evaluation="",
        reason=Reason.SAME_PLAN,
        by=SUPERVISOR.name,
        at=NOW,
    )
    assert before.answers.items() <= after.answers.items()
    assert same_text_elsewhere(after) == ()


def test_the_mark_stays_when_the_answer_is_changed_and_goes_when_it_is_cleared(desks: Desks, twins: str) -> None:
    evaluation = _evaluation(desks, twins)
    carry_over(desks.supervisor, evaluation.id, same_text_elsewhere(evaluation))
    save_answer(desks.supervisor, evaluation.id, f"aims/{OTHER_TWIN}/example", "Noe annet.")
    save_answer(desks.supervisor, evaluation.id, f"aims/{OTHER_TWIN}/known_by", None)
    assert OTHER_TWIN in marks(_evaluation(desks, twins).answers)
    for column in ("rating", "example", "observed_on"):
        save_answer(desks.supervisor, evaluation.id, f"aims/{OTHER_TWIN}/{column}", None)
    assert _evaluation(desks, twins).answers.keys() == evaluation.answers.keys()


def test_nobody_writes_or_removes_a_mark_by_hand(desks: Desks, twins: str) -> None:
    evaluation = _evaluation(desks, twins)
    carry_over(desks.supervisor, evaluation.id, same_text_elsewhere(evaluation))
    before = _evaluation(desks, twins)
    for value in (None, {"by": "somebody"}):
        with pytest.raises(UserError) as refused:
            save_answer(desks.supervisor, evaluation.id, carried_path(OTHER_TWIN), value)
        assert refused.value.code == "RKV-FRM-010"
    assert _evaluation(desks, twins) == before


def test_an_answer_is_never_written_over(desks: Desks, twins: str) -> None:
    evaluation = _evaluation(desks, twins)
    offers = same_text_elsewhere(evaluation)
    save_answer(desks.supervisor, evaluation.id, f"aims/{OTHER_TWIN}/rating", "learning")
    before = _evaluation(desks, twins)
    with pytest.raises(UserError) as refused:
        carry_over(desks.supervisor, evaluation.id, offers)
    assert refused.value.code == "RKV-CUR-022"
    assert _evaluation(desks, twins) == before


def test_only_what_was_suggested_can_be_copied(desks: Desks, twins: str) -> None:
    evaluation = _evaluation(desks, twins)
    (offer,) = same_text_elsewhere(evaluation)
    elsewhere = replace(offer.target, aim=evaluation.aims[0])
    with pytest.raises(UserError) as refused:
        carry_over(desks.supervisor, evaluation.id, [offer, Bridge(offer.source, elsewhere, offer.reason)])
    assert refused.value.code == "RKV-CUR-023"
    assert _evaluation(desks, twins) == evaluation


def test_a_newer_request_for_the_placement_offers_what_was_answered_before(
    desks: Desks, two_versions: tuple[str, str, str]
) -> None:
    _, older, younger = two_versions
    target = _evaluation(desks, younger)
    (earlier,) = earlier_answers(desks.supervisor, target.id)
    assert [one.target.aim.code for one in earlier.report.kept] == ["KM990101"]
    assert [one.target.aim.code for one in earlier.report.changed] == [REWORDED]
    told = newer_request(desks.supervisor, older)
    assert told is not None
    assert (told.message_id, told.report.offered) == (younger, earlier.report.offered)
    assert newer_request(desks.supervisor, younger) is None
    assert earlier_answers(desks.supervisor, _evaluation(desks, older).id) == ()

    carry_over(desks.supervisor, target.id, earlier.report.offered, source_id=earlier.evaluation.id)
    assert earlier.evaluation == _evaluation(desks, older)
    mark = marks(_evaluation(desks, younger).answers)[REWORDED]
    assert mark.text != next(aim.text for aim in target.aims if aim.code == REWORDED)
    assert (mark.version, mark.evaluation, mark.reason) == (
        "2026-11-01T09:00:00",
        earlier.evaluation.id,
        Reason.SAME_AIM,
    )


def test_the_adviser_sees_that_the_curriculum_has_changed_while_an_answer_is_waited_for(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    request = desks.request(placement_id)
    assert asked_on_older(desks.adviser, case_id) == ()
    desks.adviser.store.curricula.put([newer(practice("XXP03-01"))])
    (older,) = asked_on_older(desks.adviser, case_id)
    assert older.supervisor == SUPERVISOR.name
    assert (len(older.changes.added), len(older.changes.reworded), len(older.changes.withdrawn)) == (1, 1, 1)

    # A newer request about the same placement, or an answer, and there is nothing left to tell.
    desks.request(placement_id, "newer")
    assert asked_on_older(desks.adviser, case_id) == ()
    receive_packet(desks.adviser, desks.reply(request))
    assert asked_on_older(desks.adviser, case_id) == ()


def test_the_mark_reaches_the_adviser_the_documents_and_the_county(
    desks: Desks, two_versions: tuple[str, str, str]
) -> None:
    case_id, _, younger = two_versions
    target = _evaluation(desks, younger)
    (earlier,) = earlier_answers(desks.supervisor, target.id)
    carry_over(desks.supervisor, target.id, earlier.report.offered, source_id=earlier.evaluation.id)
    complete_evaluation(desks.supervisor, younger, SUPERVISOR.name, "Arbeidsleder")
    reply = send_evaluation(desks.supervisor, younger, desks.folder / "reply.rkvpakke").path
    receive_packet(desks.adviser, reply)

    (received,) = view_case(desks.adviser, case_id).evaluations
    assert marks(received.answers) == marks(_evaluation(desks, younger).answers)
    sources = {one.aim.code: one.sources for one in view_case(desks.adviser, case_id).coverage}
    carried = sources[REWORDED][0].rating.carried
    assert carried is not None
    assert carried.by == SUPERVISOR.name

    form = desks.adviser.forms.pinned(received.form)
    ratings = aim_ratings(form, received.answers, received.aims)
    placement = view_case(desks.adviser, case_id).placements[0]
    pdf = render_evaluation(
        received, ratings, placement, "Amina Eksempel", words=desks.adviser.words, at=NOW, record=b"{}"
    )
    assert f"Kopiert fra {REWORDED} i XXP03-01 av {SUPERVISOR.name}" in _printed(pdf)
    assert "Svaret ble gitt for denne teksten:" in _printed(pdf)
    as_form = received_evaluation(desks.adviser, case_id, received.id)
    attest = attest_of(desks.supervisor, younger)
    assert all(f"Kopiert fra {REWORDED} i XXP03-01" in _printed(made) for made in (as_form, attest))
    application = desks.apply(case_id)
    desks.introduce_adviser()
    assert f"Kopiert fra {REWORDED} i XXP03-01" in _printed(application.pdf_path.read_bytes())
    receive_packet(desks.intake, application.path)


def _printed(pdf: bytes) -> str:
    """The words of a document, as another program takes them out."""
    if shutil.which("pdftotext") is None:
        pytest.skip("needs poppler-utils")
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    return " ".join(done.stdout.decode().split())


def _with_made_up_mark(draft: Draft) -> Draft:
    assert isinstance(draft.content, Evaluation)
    made_up = {carried_path("KM990101"): {"by": "Fylket", "reason": "approved"}}
    return replace(draft, content=replace(draft.content, answers={**draft.content.answers, **made_up}))


def test_a_made_up_mark_in_a_packet_is_refused(desks: Desks) -> None:
    _, placement_id = desks.case()
    forged = desks.forged_reply(desks.reply(desks.request(placement_id)), _with_made_up_mark)
    with pytest.raises(UserError) as refused:
        receive_packet(desks.adviser, forged)
    assert refused.value.code == "RKV-EXC-009"
