# SPDX-License-Identifier: MIT
"""The stores that must all keep the same promises: one parameter for each kind of database."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from rkv_app.domain.ports import Store
from support.store_samples import PASSPHRASE, quick_vault


def _sqlcipher(folder: Path) -> Store:
    return quick_vault().create(folder / "store.rkv", PASSPHRASE)


ADAPTERS: Mapping[str, Callable[[Path], Store]] = {"sqlcipher": _sqlcipher}


@pytest.fixture(params=ADAPTERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    opened = ADAPTERS[request.param](tmp_path)
    yield opened
    opened.close()
