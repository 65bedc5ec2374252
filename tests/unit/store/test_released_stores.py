# SPDX-License-Identifier: MIT
"""A store of every released revision opens in this version, with all that it held, and is whole afterwards.

`tests/data/stores/<revision>/` holds stores that the program of that day made; they are never made anew.
"""

import shutil
from pathlib import Path

import pytest

from rkv_app.domain.stores import Passphrase
from rkv_app.store.database.schema import REVISION
from rkv_app.store.files.header_file import header_path
from rkv_app.usecases.demo import PASSPHRASE as DEMO_PASSPHRASE
from support.store_samples import (
    ADVISER,
    CANDIDATE,
    CASE,
    EVALUATION,
    PASSPHRASE,
    PLACEMENT,
    contact,
    curriculum,
    queued,
    quick_vault,
    record,
    sharing_event,
)

RELEASED = Path(__file__).resolve().parents[2] / "data" / "stores"
REVISIONS = sorted(folder.name for folder in RELEASED.iterdir())


def _copied(revision: str, name: str, folder: Path) -> Path:
    path = folder / name
    released = RELEASED / revision / name
    shutil.copy(released, path)
    shutil.copy(header_path(released), header_path(path))
    return path


def test_there_is_a_store_of_every_revision() -> None:
    assert [f"{number:04}" for number in range(1, int(REVISION) + 1)] == REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_adviser_finds_everything_again(revision: str, tmp_path: Path) -> None:
    path = _copied(revision, "adviser.rkv", tmp_path)
    store = quick_vault().open(path, Passphrase(PASSPHRASE))
    assert store.contacts.own_party() == ADVISER
    assert store.contacts.own_keys() == b"the store's own keys"
    assert list(store.contacts.all()) == [contact("contact-1")]
    assert store.curricula.get("HEA03-03") == curriculum()
    assert store.cases.get(CASE.id) is not None
    assert store.cases.candidate(CANDIDATE.id) == CANDIDATE
    assert list(store.cases.placements(CASE.id)) == [PLACEMENT]
    found = store.evaluations.get(EVALUATION.id)
    assert found is not None
    assert found.answers == {"matrix/KM1/example": "Skrev rapport for Zarah"}
    assert store.exchange.find("message-1") == record("message-1")
    assert store.exchange.queued("message-2") == queued("message-2")
    assert list(store.sharing.for_case(CASE.id)) == [sharing_event("event-1")]
    store.verify_trail()
    assert store.info().revision == REVISION
    store.close()
    assert quick_vault().check(path, Passphrase(PASSPHRASE)).findings == ()


@pytest.mark.parametrize("revision", REVISIONS)
@pytest.mark.parametrize("name", ["supervisor.rkv", "intake.rkv"])
def test_a_store_that_took_part_in_the_whole_conversation_is_whole(revision: str, name: str, tmp_path: Path) -> None:
    path = _copied(revision, name, tmp_path)
    store = quick_vault().open(path, Passphrase(DEMO_PASSPHRASE))
    if name == "supervisor.rkv":
        assert [request.evaluation_id for request in store.exchange.requests()]
        assert all(store.evaluations.get(one.evaluation_id) for one in store.exchange.requests())
    else:
        assert [application.receipt_sent for application in store.exchange.queue()] == [True]
    store.close()
    assert quick_vault().check(path, Passphrase(DEMO_PASSPHRASE)).findings == ()


def test_before_a_store_is_brought_up_to_date_a_copy_of_it_is_kept(tmp_path: Path) -> None:
    path = _copied("0001", "adviser.rkv", tmp_path)
    quick_vault().open(path, Passphrase(PASSPHRASE)).close()
    kept = quick_vault().backups(path)
    assert kept
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    oldest = elsewhere / "oldest.rkv"
    shutil.copy(kept[-1].path, oldest)
    shutil.copy(header_path(kept[-1].path), header_path(oldest))
    again = quick_vault().open(oldest, Passphrase(PASSPHRASE))
    assert again.cases.candidate(CANDIDATE.id) == CANDIDATE
    again.close()
