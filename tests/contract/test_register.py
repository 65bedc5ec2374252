# SPDX-License-Identifier: MIT
"""What a shared register promises beyond a store: many may use it at once, and it is reached over a wire."""

import contextlib
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace

import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from rkv_app.domain.stores import HitKind
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.errors import UserError
from rkv_app.store.database.postgres import PostgresDatabase, connect
from rkv_app.store.database.schema import metadata
from rkv_app.store.repositories.postgres_search import PostgresSearch
from support.composed_store import ComposedStore
from support.postgres import Server
from support.store_samples import CANDIDATE, CASE, contact, packet, record

TIMES = 25


@pytest.fixture
def conninfo(server: Server) -> str:
    """An empty register."""
    return server.empty_register()


@contextlib.contextmanager
def _opened(conninfo: str, *, read_only: bool = False, settings: str = "") -> Iterator[ComposedStore]:
    raw = connect(conninfo)
    if settings:
        raw.execute(settings)
    database = PostgresDatabase(raw, SystemClock(), read_only=read_only)
    with contextlib.closing(ComposedStore(database, PostgresSearch(database))) as store:
        yield store


def _at_once(conninfo: str, *works: Callable[[ComposedStore], None]) -> None:
    """Runs each work on a connection and in a thread of its own, all from the same moment on."""
    together = threading.Barrier(len(works))
    failures: list[BaseException] = []

    def run(work: Callable[[ComposedStore], None]) -> None:
        try:
            with _opened(conninfo) as store:
                together.wait()
                work(store)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_those_who_write_at_once_make_one_unbroken_trail(conninfo: str) -> None:
    def record_as(name: str) -> Callable[[ComposedStore], None]:
        def work(store: ComposedStore) -> None:
            for number in range(TIMES):
                with store.transaction():
                    store.exchange.record(record(f"{name}-{number}"), packet())
                    store.exchange.mark_reply_used(f"{name}-{number}")

        return work

    _at_once(conninfo, record_as("a"), record_as("b"), record_as("c"))
    with _opened(conninfo) as store:
        subjects = [row[3] for row in store.trail()]
        assert store.first_broken_entry() is None
    assert len(subjects) == 3 * 2 * TIMES
    # The two entries of a transaction stand together.
    assert subjects[::2] == subjects[1::2]
    for name in "abc":
        assert [one for one in subjects[::2] if one[0] == name] == [f"{name}-{number}" for number in range(TIMES)]


def test_what_is_read_inside_a_transaction_is_what_its_writes_replace(conninfo: str) -> None:
    def count_up(store: ComposedStore) -> None:
        for _ in range(TIMES):
            with store.transaction():
                so_far = store.settings.get("journal.last")
                store.settings.put("journal.last", (so_far if isinstance(so_far, int) else 0) + 1)

    _at_once(conninfo, count_up, count_up)
    with _opened(conninfo) as store:
        assert store.settings.get("journal.last") == 2 * TIMES


def test_all_reads_together_see_one_state_while_somebody_writes(conninfo: str) -> None:
    with _opened(conninfo) as reader, _opened(conninfo) as writer:
        with reader.database.reading():
            assert reader.contacts.all() == []
            writer.contacts.pin(contact("c-1"))
            assert reader.contacts.all() == []
        assert len(reader.contacts.all()) == 1


def test_whoever_waits_too_long_for_a_turn_is_told_and_can_go_on_afterwards(conninfo: str) -> None:
    with _opened(conninfo) as busy, _opened(conninfo, settings="SET lock_timeout = '20ms'") as waiting:
        with busy.transaction():
            busy.contacts.pin(contact("c-1"))
            with pytest.raises(UserError, match="RKV-STO-038"):
                waiting.contacts.pin(contact("c-2"))
            assert waiting.contacts.all() == []
        waiting.contacts.pin(contact("c-3"))
        assert [one.id for one in waiting.contacts.all()] == ["c-1", "c-3"]
        assert waiting.first_broken_entry() is None


def _write_and_be_cut_off(store: ComposedStore, server: Server) -> None:
    with store.transaction():
        store.cases.add(CANDIDATE, CASE)
        server.cut_all_connections()
        store.contacts.pin(contact("c-1"))


def test_a_transaction_whose_connection_is_lost_leaves_nothing(server: Server, conninfo: str) -> None:
    with _opened(conninfo) as store, pytest.raises(UserError, match="RKV-STO-038"):
        _write_and_be_cut_off(store, server)
    with _opened(conninfo) as store:
        assert (store.cases.summaries(), store.trail()) == ([], [])


def test_a_lost_connection_is_told_each_time_and_closing_is_harmless(server: Server, conninfo: str) -> None:
    with _opened(conninfo) as store:
        assert store.cases.summaries() == []
        server.cut_all_connections()
        for _ in range(2):
            with pytest.raises(UserError, match="RKV-STO-038"):
                store.cases.summaries()
        with pytest.raises(UserError, match="RKV-STO-038"):
            store.contacts.pin(contact("c-1"))
        store.close()


def test_it_is_never_called_nothing_changed_when_the_answer_to_keeping_is_lost(server: Server, conninfo: str) -> None:
    def lose_the_answer(store: ComposedStore) -> None:
        with store.transaction():
            store.contacts.pin(contact("c-1"))
            server.cut_all_connections()

    with _opened(conninfo) as store, pytest.raises(psycopg.OperationalError):
        lose_the_answer(store)


def test_a_statement_that_failed_unnoticed_is_no_transaction_that_was_kept(conninfo: str) -> None:
    def overlook_a_failure(store: ComposedStore) -> None:
        with store.database.transaction() as connection:
            store.contacts.pin(contact("c-1"))
            with contextlib.suppress(sa.exc.DBAPIError):
                connection.execute(sa.text("SELECT 1/0"))

    with _opened(conninfo) as store:
        with pytest.raises(RuntimeError, match="nothing of it was kept"):
            overlook_a_failure(store)
        assert store.contacts.all() == []


def test_no_answer_is_told_without_address_name_or_password(conninfo: str) -> None:
    with pytest.raises(UserError, match="RKV-STO-038") as refused:
        connect("host=/nowhere user=kari password=hemmelig")
    told = "".join(traceback.format_exception(refused.value))
    # This is how libpq names a socket.
    assert ".s.PGSQL" not in told
    with pytest.raises(UserError, match="RKV-STO-038"):
        connect(conninfo.replace("dbname=register", "dbname=no_register"))


@pytest.mark.parametrize(
    ("read_only", "settings"), [(True, ""), (False, "SET default_transaction_read_only = on")], ids=["ours", "theirs"]
)
def test_a_register_for_reading_only_can_be_read_and_refuses_writes(
    conninfo: str, read_only: bool, settings: str
) -> None:
    with _opened(conninfo) as store:
        store.contacts.pin(contact("c-1"))
    with _opened(conninfo, read_only=read_only, settings=settings) as store:
        assert len(store.contacts.all()) == 1
        with pytest.raises(UserError, match="RKV-STO-007"):
            store.contacts.pin(contact("c-2"))
        assert len(store.contacts.all()) == 1


def test_two_programs_may_make_the_tables_of_a_new_register_at_once(server: Server) -> None:
    new = server.new_database()
    _at_once(new, *[lambda store: store.database.bring_up_to_date()] * 2)
    with _opened(new) as store, store.database.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM store_info")) == 1
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        by_language = connection.scalars(
            sa.text(
                "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE"
                " table_schema = 'public' AND data_type IN ('text', 'character varying') AND collation_name IS NULL"
            )
        )
        assert by_language.all() == []


def test_a_register_of_a_newer_program_is_left_alone(server: Server) -> None:
    new = server.new_database()
    with _opened(new) as store:
        store.database.bring_up_to_date()
        with store.database.transaction() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
        with pytest.raises(UserError, match="RKV-STO-014"):
            store.database.bring_up_to_date()


def test_who_may_only_read_finds_what_others_have_just_written_and_changes_nothing_for_them(conninfo: str) -> None:
    with _opened(conninfo) as writer, _opened(conninfo, read_only=True) as reader:
        for number, name in enumerate(("Zarah", "Åse")):
            writer.cases.add(
                replace(CANDIDATE, id=name, given_name=name), replace(CASE, id=name, reference=name, candidate_id=name)
            )
            assert [hit.subject for hit in reader.search.find(name.lower()) if hit.kind is HitKind.CANDIDATE] == [name]
            assert len(reader.search.find("øvels")) == number + 1
        with writer.database.reading() as connection:
            assert connection.scalar(sa.text("SELECT to_regclass('search_state')")) is None


def test_those_who_search_at_once_find_each_thing_once(conninfo: str) -> None:
    with _opened(conninfo) as store:
        store.cases.add(CANDIDATE, CASE)

    def search(store: ComposedStore) -> None:
        for _ in range(TIMES):
            store.contacts.pin(contact("c-1"))
            assert len(store.search.find("zarah")) == 1

    _at_once(conninfo, search, search)


def _somebody_waits(store: ComposedStore) -> bool:
    with store.database.reading() as connection:
        waiting = sa.text("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
        return bool(connection.scalar(waiting))


def test_an_index_that_somebody_makes_while_one_waits_to_make_it_is_not_made_again(conninfo: str) -> None:
    oid = sa.text("SELECT 'search_entry'::regclass::oid")
    with _opened(conninfo) as first, _opened(conninfo) as second:
        first.cases.add(CANDIDATE, CASE)
        with first.transaction():
            waiting = threading.Thread(target=second.search.find, args=("zarah",))
            waiting.start()
            while waiting.is_alive() and not _somebody_waits(first):
                pass
            assert len(first.search.find("zarah")) == 1
            with first.database.reading() as connection:
                made = connection.scalar(oid)
        waiting.join()
        with first.database.reading() as connection:
            assert connection.scalar(oid) == made
        assert len(second.search.find("zarah")) == len(first.search.find("zarah")) == 1
