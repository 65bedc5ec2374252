# SPDX-License-Identifier: MIT
"""A store whose making was interrupted before it had an owner is finished by making it once more."""

from pathlib import Path

import pytest

from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language
from support import parties
from support.store_samples import PASSPHRASE, made_store, quick_vault

OTHER = "kopp svaberg nystekt yrke tundra mild"


@pytest.fixture
def unfinished(tmp_path: Path) -> Path:
    """A store without an owner."""
    path = tmp_path / "store.rkv"
    quick_vault().create(path, PASSPHRASE).close()
    return path


def _refusal(path: Path, passphrase: str) -> str:
    with pytest.raises(UserError) as refused:
        parties.made(path, passphrase, parties.ADVISER, Language.BOKMAL)
    return refused.value.code


def test_making_it_again_with_its_passphrase_finishes_it(unfinished: Path) -> None:
    parties.made(unfinished, PASSPHRASE, parties.ADVISER, Language.BOKMAL).close()
    workspace = parties.opened(unfinished, Passphrase(PASSPHRASE), Language.BOKMAL)
    assert workspace.party == parties.ADVISER
    workspace.close()


def test_with_another_passphrase_it_stays_as_it_is(unfinished: Path) -> None:
    before = unfinished.read_bytes()
    assert _refusal(unfinished, OTHER) == "RKV-STO-003"
    assert unfinished.read_bytes() == before


def test_a_store_that_belongs_to_somebody_is_never_taken(tmp_path: Path) -> None:
    path = made_store(tmp_path / "store.rkv")
    assert _refusal(path, PASSPHRASE) == "RKV-STO-003"
    store = quick_vault().open(path, Passphrase(PASSPHRASE))
    assert store.cases.summaries()
    store.close()
