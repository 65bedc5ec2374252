# SPDX-License-Identifier: MIT
"""The finder names trades worth talking about, with the aims as the reason, from plain words about work."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rkv_app.curriculum.importer import practice_curriculum_files, read_curricula
from rkv_app.domain.aims import AimSet, CompetenceAim, Curriculum, OfficialText
from rkv_app.domain.finder import MOST_AIMS, MOST_TRADES, find_trades
from rkv_app.usecases.reference import everyday_words

PRACTICE_PLANS = read_curricula(practice_curriculum_files()).curricula
EVERYDAY = everyday_words()
PEOPLE = [
    (
        "ROF",
        "Jeg har vasket gulv, toaletter og vinduer på en skole i fire år. Jeg brukte moppe og gulvvaskemaskin,"
        " visste hvilke midler som tåles av belegg og fliser, og tømte søppel.",
    ),
    ("ROF", "Eg har vaska golv og trapper på eit sjukehus, og visste kva kjemikalium som tek smuss og smitte."),
    ("ROF", "I cleaned floors, stairs and toilets at a school and knew which detergent to use."),
    (
        "KOK",
        "Jeg lagde mat på en restaurant. Jeg skar grønnsaker, stekte kjøtt og fisk, laget sauser og desserter, og"
        " passet på gjester med allergi.",
    ),
    ("KOK", "Kokte middag i eit kjøkken på ein kafé, planla menyar, bestilte råvarer og heldt kjøkkenet reint."),
    (
        "HEA",
        "Jeg har hjulpet gamle mennesker på et sykehjem med å stå opp, vaske seg, spise og ta medisiner, og snakket"
        " med familien.",
    ),
    ("HEA", "Eg stelte eldre i heimetenesta, delte ut medisin og skreiv i journalen."),
    ("BET", "Jeg har bygget forskaling, bundet jern og støpt betong på byggeplasser i Polen i seks år."),
    ("BET", "Snekra forskaling til grunnmurar, la armering og støypte golv i betong."),
    ("LOG", "Jeg kjørte truck på et lager, plukket ordrer, pakket varer på paller og lastet lastebiler."),
    ("LOG", "Jobba på varelager med mottak av gods, plukking og lasting med truck og utkøyring."),
    ("BUA", "Jeg har passet barn i en barnehage, lekt ute med dem, lest bøker og laget mat."),
    ("SLG", "Jeg sto i kassen i en butikk, hjalp kunder, tok imot varer og satte opp kampanjer og priser."),
]


@pytest.fixture(scope="module")
def real_plans(shared: Path) -> tuple[Curriculum, ...]:
    return tuple(read_curricula([shared / "grep-samples" / "grep-dump-json.zip"]).curricula)


@pytest.mark.parametrize(("trade", "experience"), PEOPLE)
def test_plain_words_about_the_work_find_its_trade_first(
    real_plans: tuple[Curriculum, ...], trade: str, experience: str
) -> None:
    found = find_trades(experience, real_plans, EVERYDAY)
    assert found[0].trade == trade
    assert found[0].code in {plan.code for plan in real_plans}
    assert found[0].aims
    assert found[0].other_plans if trade != "BUA" else not found[0].other_plans


def test_the_reason_is_aims_of_that_plan_with_the_persons_own_words(real_plans: tuple[Curriculum, ...]) -> None:
    (best, *_) = find_trades("Jeg har støpt betong og satt opp forskaling.", real_plans)
    plan = next(one for one in real_plans if one.code == best.code)
    texts = {aim.code: aim.text for aim in plan.aims()}
    for matched in best.aims:
        assert texts[matched.aim.code] == matched.aim.text
        assert set(matched.words) <= {"støpt", "betong", "satt", "forskaling"}
    assert {"betong", "forskaling"} & set(best.aims[0].words)


def test_what_every_trade_writes_finds_nothing_much(real_plans: tuple[Curriculum, ...]) -> None:
    found = find_trades("planlegge, gjennomføre, vurdere og dokumentere", real_plans)
    assert len({round(one.score, 1) for one in found}) <= 2


@pytest.mark.parametrize("nothing", ["", "   ", "og i på med", "1234 5678", "мене звати", "qwxz zxqw"])
def test_words_that_say_nothing_find_nothing(real_plans: tuple[Curriculum, ...], nothing: str) -> None:
    assert find_trades(nothing, real_plans, EVERYDAY) == ()


def plan(code: str, *aims: str) -> Curriculum:
    made = tuple(
        CompetenceAim(code=f"KM{code}{number}", uri="", text=OfficialText({"nob": said, "default": said}))
        for number, said in enumerate(aims)
    )
    title = OfficialText({"default": "Plan"})
    only = AimSet(code="KV1", uri="", title=title, aims=made)
    return Curriculum(code=code, uri="", title=title, changed="", published=True, sets=(only,))


def test_a_rare_word_counts_more_than_one_that_many_trades_have() -> None:
    common = [plan(f"{trade}01-01", "bruke verktøy og hammer") for trade in ("AAA", "BBB", "CCC")]
    found = find_trades("verktøy hammer garn ull", [*common, plan("DDD01-01", "spinne garn av ull")])
    assert found[0].trade == "DDD"


def test_one_word_in_common_is_not_worth_naming() -> None:
    assert find_trades("garn", [plan("AAA01-01", "spinne garn")]) == ()


def test_a_trade_with_two_plans_is_named_once_with_both() -> None:
    plans = [plan("AAA03-01", "spinne garn"), plan("AAA05-01", "spinne garn og veve ull"), plan("BBB03-01", "snekre")]
    (found,) = find_trades("spinne garn av ull", plans)
    assert (found.code, found.other_plans) == ("AAA05-01", ("AAA03-01",))


def test_bokmal_finds_nynorsk_and_the_other_way() -> None:
    plans = [plan("AAA03-01", "reinhald av golv i sjukehus"), plan("BBB03-01", "snekring av dører i hus")]
    assert find_trades("renhold av gulvene på sykehuset", plans)[0].trade == "AAA"
    plans = [plan("AAA03-01", "renhold av gulv i sykehus"), plan("BBB03-01", "snekring av dører i hus")]
    assert find_trades("reinhald av golva på sjukehuset", plans)[0].trade == "AAA"


@settings(max_examples=40)
@given(st.text(max_size=200))
def test_any_words_give_the_same_answer_twice_and_never_too_much(experience: str) -> None:
    found = find_trades(experience, PRACTICE_PLANS, EVERYDAY)
    assert found == find_trades(experience, PRACTICE_PLANS, EVERYDAY)
    assert len(found) <= MOST_TRADES
    assert all(0 < one.score <= 1 and len(one.aims) <= MOST_AIMS for one in found)
