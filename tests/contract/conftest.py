# SPDX-License-Identifier: MIT
"""The stores that must all keep the same promises: one parameter for each kind of database."""

import contextlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from rkv_app.domain.store_ports import Store
from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.clock import SystemClock
from rkv_app.store.database.engine import SqlCipherDatabase, connect
from rkv_app.store.database.migration import run_revisions
from rkv_app.store.repositories.postgres_search import PostgresSearch
from rkv_app.store.repositories.search import SqlCipherSearch
from rkv_app.store.vault import SqlCipherVault
from support import postgres
from support.composed_store import ComposedStore
from support.store_samples import PASSPHRASE, QUICK_COST, quick_vault

Request = pytest.FixtureRequest

STORE = "store.rkv"
BARE = "bare.rkv"


@contextlib.contextmanager
def _sqlcipher(request: Request) -> Iterator[Store]:
    folder = shutil.copytree(request.getfixturevalue("made_once"), request.getfixturevalue("tmp_path") / "store")
    with contextlib.closing(quick_vault().open(folder / STORE, Passphrase(PASSPHRASE))) as store:
        yield store


@contextlib.contextmanager
def _bare_sqlcipher(request: Request) -> Iterator[ComposedStore]:
    folder = shutil.copytree(request.getfixturevalue("made_once"), request.getfixturevalue("tmp_path") / "bare")
    database = _opened_bare(folder / BARE)
    database.begin_trail()
    with contextlib.closing(ComposedStore(database, SqlCipherSearch(database))) as store:
        yield store


def _opened_bare(path: Path) -> SqlCipherDatabase:
    return SqlCipherDatabase(connect(path, bytes(32)), path, SystemClock())


@contextlib.contextmanager
def _postgresql(request: Request) -> Iterator[ComposedStore]:
    server: postgres.Server = request.getfixturevalue("server")
    database = postgres.PostgresDatabase(postgres.connect(server.empty_register()), SystemClock())
    with contextlib.closing(ComposedStore(database, PostgresSearch(database))) as store:
        yield store


ADAPTERS: Mapping[str, Callable[[Request], AbstractContextManager[Store]]] = {
    "sqlcipher": _sqlcipher,
    "postgresql": _postgresql,
}
BARE_ADAPTERS: Mapping[str, Callable[[Request], AbstractContextManager[ComposedStore]]] = {
    "sqlcipher": _bare_sqlcipher,
    "postgresql": _postgresql,
}


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store and a bare database of SQLCipher, both empty: copying them is quicker than making them."""
    folder = tmp_path_factory.mktemp("made-once")
    state_folder = tmp_path_factory.mktemp("state")
    SqlCipherVault(SystemClock(), state_folder, cost=QUICK_COST).create(folder / STORE, PASSPHRASE).close()
    (folder / BARE).touch()
    with contextlib.closing(_opened_bare(folder / BARE)) as database, database.transaction() as connection:
        run_revisions(connection)
    return folder


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A running PostgreSQL server. Skips where none can be run."""
    if reason := postgres.why_not_available():
        pytest.skip(reason)
    with postgres.running_server() as running:
        yield running


@pytest.fixture(params=ADAPTERS)
def store(request: Request) -> Iterator[Store]:
    """An empty store of each kind."""
    with ADAPTERS[request.param](request) as opened:
        yield opened


@pytest.fixture(params=BARE_ADAPTERS)
def bare_store(request: Request) -> Iterator[ComposedStore]:
    """The repositories alone on a new database of each kind, with a view of the trail."""
    with BARE_ADAPTERS[request.param](request) as opened:
        yield opened
