# SPDX-License-Identifier: MIT
"""What every database promises about the audit trail: no write without an entry, no entry without its write."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO

import pytest

from rkv_app.domain.cases import CaseState, Transition
from rkv_app.domain.evaluations import EvaluationState
from rkv_app.store.database.trail import Entry
from support.composed_store import ComposedStore
from support.store_samples import (
    ADVISER,
    ATTESTATION,
    CANDIDATE,
    CASE,
    EVALUATION,
    PLACEMENT,
    RESPONSE,
    SURVEY,
    contact,
    curriculum,
    incoming,
    later,
    packet,
    pdf,
    queued,
    record,
    revision,
    sharing_event,
    version_move,
)

TO_COLLECTING = Transition(
    case_id=CASE.id, before=CaseState.DRAFT, after=CaseState.COLLECTING, at=later(1), by="Kari", why=""
)
ANSWERED = replace(EVALUATION, answers={"hours": 12.5, "what": "Æ"})
DIGEST = '"' + "cd" * 32 + '"'
WITHOUT_TABLES = frozenset(
    {
        Entry.WAY_ADDED,
        Entry.WAY_CHANGED,
        Entry.WAY_REMOVED,
        Entry.REKEYED,
        Entry.RESTORED,
        Entry.SALVAGED,
        Entry.ACCEPTED_OLDER,
        Entry.EXPORTED,
    }
)
"""What is noted by those who care for the file that a store is in, and tested with them."""


def _with_response(store: ComposedStore) -> None:
    store.cases.add(CANDIDATE, CASE)
    store.responses.add(RESPONSE)


def _nothing(store: ComposedStore) -> None:
    pass


@dataclass(frozen=True, kw_only=True)
class Write:
    """A write, what must be there before it, and (kind, subject, item, value) of the entries it leaves."""

    do: Callable[[ComposedStore], None]
    entries: list[tuple[Entry, str, str, str | None]]
    first: Callable[[ComposedStore], None] = _nothing


WRITES = {
    "a case": Write(
        do=lambda store: store.cases.add(CANDIDATE, CASE),
        entries=[(Entry.CANDIDATE, CANDIDATE.id, "", None), (Entry.CASE, CASE.id, "", '"draft"')],
    ),
    "a change of state": Write(
        first=lambda store: store.cases.add(CANDIDATE, CASE),
        do=lambda store: store.cases.record(TO_COLLECTING),
        entries=[(Entry.TRANSITION, CASE.id, "", '"collecting"')],
    ),
    "the curricula of a case": Write(
        first=lambda store: store.cases.add(CANDIDATE, CASE),
        do=lambda store: store.cases.set_further_plans(CASE.id, ["HEA01-02", "SIK01-01"], later(1)),
        entries=[(Entry.PLANS, CASE.id, "", '["HEA01-02","SIK01-01"]')],
    ),
    "a placement": Write(
        first=lambda store: store.cases.add(CANDIDATE, CASE),
        do=lambda store: store.cases.put_placement(PLACEMENT, later(1)),
        entries=[(Entry.PLACEMENT, PLACEMENT.id, "", None)],
    ),
    "an evaluation": Write(
        do=lambda store: store.evaluations.add(ANSWERED),
        entries=[(Entry.EVALUATION, EVALUATION.id, "", '{"hours":12.5,"what":"Æ"}')],
    ),
    "an answer": Write(
        first=lambda store: store.evaluations.add(EVALUATION),
        do=lambda store: store.evaluations.save_answer(EVALUATION.id, "what", {"z": "Å", "a": 1}, later(1)),
        entries=[(Entry.ANSWER, EVALUATION.id, "what", '{"z":"Å","a":1}')],
    ),
    "an answer taken back": Write(
        first=lambda store: store.evaluations.add(ANSWERED),
        do=lambda store: store.evaluations.save_answer(EVALUATION.id, "hours", None, later(1)),
        entries=[(Entry.REMOVED, EVALUATION.id, "hours", None)],
    ),
    "completing": Write(
        first=lambda store: store.evaluations.add(EVALUATION),
        do=lambda store: store.evaluations.set_state(EVALUATION.id, EvaluationState.COMPLETED, ATTESTATION, later(1)),
        entries=[(Entry.STATE, EVALUATION.id, "", '"completed"')],
    ),
    "a packet": Write(
        do=lambda store: store.exchange.record(record("m-1"), packet()), entries=[(Entry.PACKET, "m-1", "", DIGEST)]
    ),
    "a used reply": Write(
        first=lambda store: store.exchange.record(record("m-1"), packet()),
        do=lambda store: store.exchange.mark_reply_used("m-1"),
        entries=[(Entry.REPLY_USED, "m-1", "", None)],
    ),
    "a request": Write(
        do=lambda store: store.exchange.add_request(incoming("m-1")), entries=[(Entry.REQUEST, "m-1", "", None)]
    ),
    "an application": Write(
        do=lambda store: store.exchange.enqueue(queued("m-1"), pdf()), entries=[(Entry.QUEUED, "m-1", "", DIGEST)]
    ),
    "a receipt": Write(
        first=lambda store: store.exchange.enqueue(queued("m-1"), pdf()),
        do=lambda store: store.exchange.mark_receipt_sent("m-1"),
        entries=[(Entry.RECEIPT_SENT, "m-1", "", None)],
    ),
    "answers to a form": Write(
        first=lambda store: store.cases.add(CANDIDATE, CASE),
        do=lambda store: store.responses.add(RESPONSE),
        entries=[(Entry.RESPONSE, RESPONSE.id, "", '{"agreed":"Ringe verkstedet","hours":12.5}')],
    ),
    "an answer to a form, given and taken back": Write(
        first=lambda store: _with_response(store),
        do=lambda store: (
            store.responses.save_answer(RESPONSE.id, "hours", 3, later(1)),
            store.responses.save_answer(RESPONSE.id, "hours", None, later(2)),
        ),
        entries=[(Entry.ANSWER, RESPONSE.id, "hours", "3"), (Entry.REMOVED, RESPONSE.id, "hours", None)],
    ),
    "a completed form": Write(
        first=lambda store: _with_response(store),
        do=lambda store: store.responses.revise(RESPONSE.id, revision(1, hours=1), EvaluationState.COMPLETED),
        entries=[
            (Entry.REVISED, RESPONSE.id, "1", '{"answers":{"hours":1},"by":"Kari Nordmann","number":1,"reason":""}'),
            (Entry.STATE, RESPONSE.id, "", '{"reason":"","state":"completed"}'),
            (Entry.RESPONSE, RESPONSE.id, "", '{"hours":1}'),
        ],
    ),
    "a form moved to another version": Write(
        first=lambda store: _with_response(store),
        do=lambda store: store.responses.move(RESPONSE.id, version_move(old=1), {"steps": "x"}),
        entries=[
            (
                Entry.MOVED,
                RESPONSE.id,
                "",
                f'{{"before":["2026.1","{"cd" * 32}"],"after":["2026.2","{"ee" * 32}"],"by":"Kari Nordmann",'
                '"kept":["hours"],"changed":{"agreed":"steps"},"lost":{"old":1}}',
            ),
            (Entry.RESPONSE, RESPONSE.id, "", '{"steps":"x"}'),
        ],
    ),
    "an anonymous answer": Write(
        do=lambda store: store.responses.add_survey(SURVEY), entries=[(Entry.SURVEYED, "", "survey", None)]
    ),
    "a contact": Write(
        do=lambda store: store.contacts.pin(contact("c-1")),
        entries=[(Entry.CONTACT, "c-1", "", f'"{contact("c-1").digits}"')],
    ),
    "the owner": Write(
        do=lambda store: store.contacts.found(ADVISER, b"keys"), entries=[(Entry.OWNER, "", "", '"adviser"')]
    ),
    "other keys of the owner": Write(
        first=lambda store: store.contacts.found(ADVISER, b"keys"),
        do=lambda store: store.contacts.put_own_keys(b"other keys"),
        entries=[(Entry.OWNER, "", "keys", None)],
    ),
    "something shared": Write(
        do=lambda store: store.sharing.append(sharing_event("e-1")), entries=[(Entry.SHARED, "e-1", "", DIGEST)]
    ),
    "two curricula": Write(
        do=lambda store: store.curricula.put([curriculum("HEA03-03"), curriculum("NOR01-06")]),
        entries=[
            (Entry.CURRICULUM, "HEA03-03", "", '"2024-05-05T12:00:00"'),
            (Entry.CURRICULUM, "NOR01-06", "", '"2024-05-05T12:00:00"'),
        ],
    ),
}


class _ChangedMyMind(Exception):
    pass


def _do_and_fail(store: ComposedStore, *writes: Write) -> None:
    with store.transaction():
        for write in writes:
            write.do(store)
        raise _ChangedMyMind


def _subjects(store: ComposedStore) -> list[str]:
    return [row[3] for row in store.trail()]


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_write_leaves_its_entry_at_the_end_of_the_trail_and_none_where_it_is_undone(
    bare_store: ComposedStore, write: Write
) -> None:
    write.first(bare_store)
    before = bare_store.trail()
    with pytest.raises(_ChangedMyMind):
        _do_and_fail(bare_store, write)
    assert bare_store.trail() == before
    write.do(bare_store)
    after = bare_store.trail()
    assert after[: len(before)] == before
    assert [row[2:6] for row in after[len(before) :]] == write.entries
    assert bare_store.first_broken_entry() is None


def test_a_file_that_comes_and_goes_leaves_an_entry_each(bare_store: ComposedStore) -> None:
    added = bare_store.attachments.add(BytesIO(b"Hei"), subject=CASE.id, name="Å.txt", at=later(1))
    bare_store.attachments.remove(added.id, later(2))
    value = f'{{"sha256":"{sha256(b"Hei").hexdigest()}","size":3,"name":"Å.txt"}}'
    assert [row[2:6] for row in bare_store.trail()] == [
        (Entry.ATTACHED, CASE.id, added.id, value),
        (Entry.DETACHED, CASE.id, added.id, value),
    ]
    assert bare_store.first_broken_entry() is None


def test_no_kind_of_write_is_forgotten_here() -> None:
    noted = {kind for write in WRITES.values() for kind, *_ in write.entries}
    assert noted | {Entry.ATTACHED, Entry.DETACHED} == set(Entry) - WITHOUT_TABLES


def test_a_refused_write_leaves_no_entry(bare_store: ComposedStore) -> None:
    bare_store.exchange.record(record("m-1"), packet())
    with pytest.raises(Exception, match=r"(?i)unique"):
        bare_store.exchange.record(record("m-1"), packet())
    bare_store.exchange.record(record("m-2"), packet())
    assert _subjects(bare_store) == ["m-1", "m-2"]
    assert bare_store.first_broken_entry() is None


def test_what_failed_alone_inside_a_transaction_leaves_no_entry_and_no_gap(bare_store: ComposedStore) -> None:
    with bare_store.transaction():
        bare_store.exchange.record(record("m-1"), packet())
        with pytest.raises(_ChangedMyMind):
            _do_and_fail(bare_store, WRITES["a contact"], WRITES["the owner"])
        bare_store.exchange.record(record("m-2"), packet())
        with bare_store.transaction():
            bare_store.exchange.record(record("m-3"), packet())
    bare_store.exchange.record(record("m-4"), packet())
    assert _subjects(bare_store) == ["m-1", "m-2", "m-3", "m-4"]
    assert bare_store.first_broken_entry() is None


def test_what_fails_first_inside_a_transaction_does_not_move_the_end_of_the_trail(bare_store: ComposedStore) -> None:
    bare_store.exchange.record(record("m-1"), packet())
    with bare_store.transaction():
        with pytest.raises(_ChangedMyMind):
            _do_and_fail(bare_store, WRITES["a contact"])
        bare_store.exchange.record(record("m-2"), packet())
    assert _subjects(bare_store) == ["m-1", "m-2"]
    assert bare_store.first_broken_entry() is None


def test_drafts_and_choices_say_nothing_of_anybody_and_leave_no_entry(bare_store: ComposedStore) -> None:
    bare_store.drafts.put("new-case", "Åse", later(1))
    bare_store.drafts.remove("new-case")
    bare_store.settings.put("theme", "dark")
    assert bare_store.trail() == []


def test_the_same_writes_make_the_same_trail_on_every_database_and_for_ever(bare_store: ComposedStore) -> None:
    bare_store.cases.add(CANDIDATE, CASE)
    bare_store.cases.record(TO_COLLECTING)
    bare_store.exchange.record(record("m-1"), packet())
    bare_store.sharing.append(sharing_event("e-1", at=later(2)))
    moments = [row[1][11:] for row in bare_store.trail()]
    assert moments == [f"09:{minute}:00.000000+00:00" for minute in (30, 30, 31, 30, 32)]
    assert bare_store.trail()[-1][-1].hex() == "4553d72b90c61a4763192d51e807ab00e4fa61292cd4dcbb855aae44ef112668"


MEDDLING = (
    "UPDATE trail SET value = '\"completed \"' WHERE seq = 2",
    "UPDATE trail SET value = NULL WHERE seq = 2",
    "UPDATE trail SET at = '2026-03-02T09:31:00.000001+00:00' WHERE seq = 2",
    "UPDATE trail SET subject = 'somebody else' WHERE seq = 2",
    "DELETE FROM trail WHERE seq = 2",
    "UPDATE trail SET hash = (SELECT hash FROM trail WHERE seq = 3) WHERE seq = 2",
)


def test_an_entry_that_somebody_has_meddled_with_is_found(bare_store: ComposedStore) -> None:
    bare_store.evaluations.add(EVALUATION)
    bare_store.evaluations.set_state(EVALUATION.id, EvaluationState.COMPLETED, ATTESTATION, later(1))
    bare_store.evaluations.save_answer(EVALUATION.id, "hours", 1, later(2))

    def meddle_and_look(statement: str) -> None:
        with bare_store.transaction():
            bare_store.database.execute(statement, ())
            assert bare_store.first_broken_entry() == 2, statement
            raise _ChangedMyMind

    for statement in MEDDLING:
        with pytest.raises(_ChangedMyMind):
            meddle_and_look(statement)
        assert bare_store.first_broken_entry() is None


def test_the_shortest_way_to_the_database_takes_values_as_they_are(bare_store: ComposedStore) -> None:
    odd = "50 % ? %s {} ' Å"
    bare_store.settings.put("theme", "dark")
    with bare_store.database.transaction():
        bare_store.database.execute("UPDATE setting SET name = ? WHERE name LIKE 'th%' AND 7 % 4 = ?", (odd, 3))
    assert bare_store.settings.get(odd) == "dark"
