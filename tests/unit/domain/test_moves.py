# SPDX-License-Identifier: MIT
"""What moving answers to another version would do, and that going there and back loses nothing."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from rkv_app.domain.aims import Curriculum
from rkv_app.domain.bridges import Bridge, links_of
from rkv_app.domain.carried import Carried, carried_path, carried_value, marks
from rkv_app.domain.evaluations import Evaluation, FormPin
from rkv_app.domain.moves import MoveReport, answered_aims, copied, move_report
from rkv_app.usecases.case_aims import aim_texts
from support.curricula import ADDED, REWORDED, WITHDRAWN, curricula, newer, practice

AT = datetime(2026, 1, 20, 9, 30, tzinfo=UTC)


def _evaluation(plan: Curriculum, answered: set[str]) -> Evaluation:
    answers: dict[str, object] = {"conduct": "always"}
    for code in answered:
        answers |= {f"aims/{code}/rating": "guided", f"aims/{code}/example": f"Gjorde {code}."}
    return Evaluation(
        id=plan.changed or "x",
        placement_id="p",
        form=FormPin("practice-evaluation", "2026.1", "0"),
        curriculum_code=plan.code,
        curriculum_changed=plan.changed,
        curriculum_title="",
        aims=aim_texts(plan, "nb"),
        answers=answers,
    )


def _accept(older: Evaluation, to: Evaluation, accepted: tuple[Bridge, ...]) -> Evaluation:
    answers = dict(to.answers)
    for bridge in accepted:
        source = bridge.source
        mark = Carried(aim=source.aim.code, text=source.aim.text, plan=source.plan, version=source.version,
                       evaluation=older.id, reason=bridge.reason, by="Kari", at=AT)  # fmt: skip
        answers |= copied(older.answers, source.aim.code, bridge.target.aim.code)
        answers[carried_path(bridge.target.aim.code)] = carried_value(mark)
    return replace(to, answers=answers)


def _sources(report: MoveReport) -> list[str]:
    return [one.source.aim.code for one in report.offered]


def test_the_report_says_what_is_kept_changed_lost_and_new() -> None:
    old = practice("XXP03-01")
    asked = {"KM990101", REWORDED, WITHDRAWN}
    report = move_report(_evaluation(old, asked), _evaluation(newer(old), set()), links_of((old, newer(old))))
    assert [one.target.aim.code for one in report.kept] == ["KM990101"]
    assert [one.target.aim.code for one in report.changed] == [REWORDED]
    assert [one.aim.code for one in report.lost] == [WITHDRAWN]
    assert ADDED in [one.aim.code for one in report.new]


def test_what_is_answered_already_is_not_offered_again() -> None:
    old = practice("XXP03-01")
    report = move_report(_evaluation(old, {"KM990101"}), _evaluation(newer(old), {"KM990101"}))
    assert report.offered == ()
    assert [one.aim.code for one in report.taken] == ["KM990101"]


@given(data=st.data(), old=curricula(), new=curricula())
@settings(max_examples=40)
def test_moving_and_back_loses_nothing(data: st.DataObject, old: Curriculum, new: Curriculum) -> None:
    new = replace(new, changed="newer")
    codes = [aim.code for aim in old.aims()]
    answered = set(data.draw(st.lists(st.sampled_from(codes), unique=True)))
    before, empty, links = _evaluation(old, answered), _evaluation(new, set()), links_of((old, new))
    report = move_report(before, empty, links)

    # Every answer is accounted for, exactly once.
    said = {*_sources(report), *(one.aim.code for one in (*report.taken, *report.lost))}
    assert said == answered
    assert not set(_sources(report)) & {one.aim.code for one in (*report.taken, *report.lost)}

    moved = _accept(before, empty, report.offered)
    for bridge in report.offered:
        source, target = bridge.source.aim.code, bridge.target.aim.code
        assert moved.answers[f"aims/{target}/example"] == f"Gjorde {source}."
        assert marks(moved.answers)[target].text == bridge.source.aim.text

    # Back on the older one nothing is offered over an answer, so all that stood there still stands.
    back = move_report(moved, before, links)
    assert not {one.target.aim.code for one in back.offered} & answered
    returned = _accept(moved, before, back.offered)
    assert before.answers.items() <= returned.answers.items()
    assert answered <= answered_aims(returned.answers)
