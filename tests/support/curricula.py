# SPDX-License-Identifier: MIT
"""Curricula for tests: the practice plans as they are read, a newer version of one, and any at all."""

from dataclasses import replace
from datetime import date
from functools import cache

from hypothesis import strategies as st

from rkv_app.curriculum.importer import practice_curriculum_files, read_curricula
from rkv_app.domain.aims import AimSet, CompetenceAim, Curriculum, Named, OfficialText, Trade

NEWER = "2027-02-01T09:00:00"
REWORDED, WITHDRAWN, ADDED = "KM990102", "KM990110", "KM990199"
NEW_WORDS = "fortøye luftskip i mast etter gjeldende rutiner"
ADDED_WORDS = "rapportere avvik etter landing"


@cache
def practice(code: str) -> Curriculum:
    """One of the two practice plans."""
    return next(one for one in read_curricula(practice_curriculum_files()).curricula if one.code == code)


def newer(plan: Curriculum) -> Curriculum:
    """The Vg3 practice plan as it might be published next: one aim reworded, one withdrawn, one new."""
    first, *rest = plan.sets
    added = CompetenceAim(code=ADDED, uri=f"urn:rkv:ovelse:{ADDED}", text=OfficialText({"default": ADDED_WORDS}))
    aims = [
        replace(aim, text=OfficialText(dict.fromkeys(aim.text.by_language, NEW_WORDS))) if aim.code == REWORDED else aim
        for aim in first.aims
        if aim.code != WITHDRAWN
    ]
    return replace(plan, changed=NEWER, sets=(replace(first, aims=(*aims, added)), *rest))


_VOCABULARY = ("bruke", "velge", "vurdere", "verktøy", "luftskip", "trygt", "etter", "rutine", "<b>", "&", "«det»")
_words = st.lists(st.sampled_from(_VOCABULARY), max_size=8)
texts = _words.map(" ".join)
codes = st.integers(min_value=1, max_value=30).map(lambda number: f"KM{number}")
_named = st.builds(
    lambda code, title: Named(code=code, uri=f"http://psi.udir.no/kl06/{code}", title=title),
    st.sampled_from(["ABC3001", "HSABC3----"]),
    st.deferred(lambda: official_texts),
)
_trades = st.builds(
    lambda title, sets, subjects, areas: Trade(
        code="ABC3Z01", uri="http://psi.udir.no/kl06/ABC3Z01", title=title, sets=sets, subjects=subjects, areas=areas
    ),
    st.deferred(lambda: official_texts),
    st.sampled_from([(), ("KV0",)]),
    st.tuples(_named) | st.just(()),
    st.tuples(_named) | st.just(()),
)
_languages = st.sampled_from(["default", "nob", "nno", "eng", "sme"])
official_texts = st.dictionaries(_languages, texts.filter(bool), min_size=1, max_size=3).map(OfficialText)


@st.composite
def curricula(draw: st.DrawFn, code: str = "ABC03-01") -> Curriculum:
    """Any curriculum whose aims have codes of their own."""
    number = draw(st.integers(min_value=1, max_value=3))
    taken = draw(st.lists(codes, unique=True, min_size=number, max_size=7))
    sets = []
    for at in range(number):
        aims = tuple(
            CompetenceAim(
                code=one,
                uri=f"http://psi.udir.no/kl06/{one}",
                text=draw(official_texts),
                taken_from=draw(st.sampled_from(["", "KM900", "KM901"])),
                reuse_of=draw(st.sampled_from(["", "KM902"])),
            )
            for one in taken[at::number]
        )
        title = draw(official_texts)
        sets.append(AimSet(code=f"KV{at}", uri=f"http://psi.udir.no/kl06/KV{at}", title=title, aims=aims))
    days = st.none() | st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1))
    return Curriculum(
        code=code,
        uri=f"http://psi.udir.no/kl06/{code}",
        title=draw(official_texts),
        changed=draw(st.sampled_from(["", "not a time", "2026-09-10T11:09:50.6059016", "2026-01-01"])),
        published=draw(st.booleans()),
        sets=tuple(sets),
        valid_from=draw(days),
        valid_to=draw(days),
        modular=draw(st.booleans()),
        replaces=draw(st.sampled_from([(), ("ABC03-00",)])),
        replaced_by=draw(st.sampled_from([(), ("ABC03-02", "ABD03-01")])),
        original_plans=draw(st.sampled_from([(), ("ABX03-01",)])),
        short_title=draw(st.just(OfficialText({})) | official_texts),
        tags=draw(st.sampled_from([(), ("for_voksenopplaering", "modulstrukturert")])),
        trades=draw(st.just(()) | st.tuples(_trades)),
    )
