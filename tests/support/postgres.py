# SPDX-License-Identifier: MIT
"""A PostgreSQL server of our own: in a temporary folder, on a Unix socket, sorting as a Norwegian server does."""

import contextlib
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
from psycopg import sql

from rkv_app.foundation.clock import SystemClock
from rkv_app.store.database.postgres import PostgresDatabase, connect

_SERVER_USER = "postgres"
_EMPTYING = """
    SELECT format('DELETE FROM %s', oid::regclass) FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname NOT IN ('alembic_version', 'store_info')
"""
# A test that pulls the plug would need a disk that is waited for; none of ours does.
_UNSAFE_BUT_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=16MB"
_NORWEGIAN = ("--locale-provider=icu", "--icu-locale=nb-NO", "--locale=C")
_FROM_NEWEST = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: folder.parent.name, reverse=True)


class Server:
    """A running server, and on it a register that is emptied for whoever asks for it next.

    Emptying takes a few milliseconds; making a new database, or TRUNCATE, takes as long as a whole test.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()
        self._own = psycopg.connect(self._conninfo("postgres"), autocommit=True)
        self._register = self.new_database()
        with contextlib.closing(PostgresDatabase(connect(self._register), SystemClock())) as database:
            database.bring_up_to_date()

    def empty_register(self) -> str:
        """What to `connect` to for a register with nothing in its tables; it is the same one each time."""
        self.cut_all_connections()
        with psycopg.connect(self._register) as connection:
            connection.execute("DROP TABLE IF EXISTS search_state, search_entry")
            connection.execute("SET session_replication_role = replica")
            for (statement,) in connection.execute(_EMPTYING).fetchall():
                connection.execute(statement)
        return self._register

    def new_database(self) -> str:
        """What to `connect` to for a database without any tables."""
        name = f"register_{next(self._numbers)}"
        self._own.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        return self._conninfo(name)

    def cut_all_connections(self) -> None:
        """What clients see when the server is restarted under them."""
        self._own.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname ^@ 'register_'")

    def close(self) -> None:
        """Lets go of the server, which runs on."""
        self._own.close()

    def _conninfo(self, name: str) -> str:
        return f"host={self._folder} user=pg dbname={name}"


def why_not_available() -> str:
    """Why a server cannot be run here, or an empty text."""
    if os.name != "posix" or _program("initdb") is None:
        return "PostgreSQL (15 or later) is not installed"
    if os.geteuid() == 0 and not _is_known(_SERVER_USER):
        return f"PostgreSQL does not run as root, and there is no user {_SERVER_USER}"
    return ""


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """Starts a server, and ends it and takes its files away whatever happens."""
    # The path of a socket is at most 107 bytes, and another user than ours must reach it: not a folder of pytest's.
    folder = Path(tempfile.mkdtemp(prefix="rkv-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, _SERVER_USER)
        # The rules for sorting are the server's language's on purpose: nothing of ours may depend on them.
        _run(folder, "initdb", "-A", "trust", "-U", "pg", "-E", "UTF8", "--no-sync", *_NORWEGIAN)
        # Without a log file of its own the server keeps our output open, and whoever reads that waits for ever.
        options = f"-k {folder} -c listen_addresses='' {_UNSAFE_BUT_QUICK}"
        try:
            _run(folder, "pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
            with contextlib.closing(Server(folder)) as server:
                yield server
        finally:
            _run(folder, "pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder)


def _is_known(user: str) -> bool:
    import pwd  # only where there is one

    return any(user == entry.pw_name for entry in pwd.getpwall())


def _program(name: str) -> Path | None:
    known = [*(folder / name for folder in _FROM_NEWEST), *map(Path, filter(None, [shutil.which(name)]))]
    return next((path for path in known if path.is_file()), None)


def _run(folder: Path, name: str, *arguments: str) -> None:
    program = _program(name)
    assert program is not None
    somebody = {"user": _SERVER_USER, "group": _SERVER_USER, "extra_groups": ()} if os.geteuid() == 0 else {}
    command = [program, "-D", folder / "data", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60, **somebody)
    assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
