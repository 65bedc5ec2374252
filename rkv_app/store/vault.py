# SPDX-License-Identifier: MIT
"""Makes, opens and checks encrypted stores: a SQLCipher database and the header file with its wrapped key.

A store's id is also the salt that stands in clear at the head of its database, so that a header from another store is
told apart from a damaged database, which no wrong key could.
"""

import contextlib
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from rkv_app.crypto.keyslots import KdfCost, calibrated_cost, make_header, open_header
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.ids import new_id
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.store.engine import Database, RawConnection, connect
from rkv_app.store.failures import damaged_database, exists_already, no_store, wrong_pairing
from rkv_app.store.header_file import header_path, read_header, write_header
from rkv_app.store.migration import bring_up_to_date, run_revisions
from rkv_app.store.schema import store_info
from rkv_app.store.store import SqlCipherStore

_KEY_LENGTH: Final = 32
_SALT_LENGTH: Final = 16
_OWNER_ONLY: Final = 0o600
_COMPANIONS: Final = ("-wal", "-shm", "-journal")


class SqlCipherVault:
    """Implements `domain.ports.Vault`.

    Args:
        cost: what a guess at the passphrase of a new store costs; measured on this machine when None.
    """

    def __init__(self, cost: KdfCost | None = None) -> None:
        self._cost = cost

    def create(self, path: Path, passphrase: str) -> SqlCipherStore:
        """See Vault. When anything fails, neither the database nor the header is left behind."""
        with _reachable(path):
            if path.exists() or header_path(path).exists():
                raise exists_already()
        store_id = new_id()
        key = bytearray(secrets.token_bytes(_KEY_LENGTH))
        try:
            header = make_header(store_id, bytes(key), passphrase, self._cost or calibrated_cost())
            _claim(path)
            try:
                database = _new_database(path, key, store_id)
                try:
                    write_header(path, header)
                except BaseException:
                    database.close()
                    raise
            except BaseException:
                _remove(path)
                raise
        finally:
            _wipe(key)
        return SqlCipherStore(database)

    def open(self, path: Path, passphrase: str) -> SqlCipherStore:
        """See Vault."""
        return SqlCipherStore(_open_database(path, passphrase))

    def check(self, path: Path, passphrase: str) -> None:
        """See Vault."""
        database = _open_database(path, passphrase)
        try:
            if not database.is_sound():
                raise damaged_database()
        finally:
            database.close()


def _new_database(path: Path, key: bytearray, store_id: str) -> Database:
    database = Database(connect(path, key, salt=UUID(store_id).bytes), path)
    try:
        with database.transaction() as connection:
            run_revisions(connection)
            connection.execute(store_info.insert().values(id=1, store_id=store_id))
    except BaseException:
        database.close()
        raise
    return database


def _open_database(path: Path, passphrase: str) -> Database:
    _require_database(path)
    opened = open_header(read_header(path), passphrase)
    try:
        database = Database(_connect_paired(path, opened.key, opened.store_id), path)
    finally:
        _wipe(opened.key)
    try:
        with database.transaction() as connection:
            bring_up_to_date(connection)
            if connection.scalar(sa.select(store_info.c.store_id)) != opened.store_id:
                raise wrong_pairing()
    except BaseException:
        database.close()
        raise
    return database


def _require_database(path: Path) -> None:
    """Refuses where SQLite would make a new database out of nothing, or out of next to nothing."""
    with _reachable(path):
        has_header = header_path(path).exists()
        has_database = path.is_file()
        is_stump = has_database and path.stat().st_size < _SALT_LENGTH
    if not has_database and not has_header:
        raise no_store()
    if has_header and (not has_database or is_stump):
        raise damaged_database()


def _connect_paired(path: Path, key: bytearray, store_id: str) -> RawConnection:
    try:
        return connect(path, key)
    except UserError as problem:
        if problem.status is ExitStatus.DAMAGED and _is_of_another_store(path, key, UUID(store_id)):
            raise wrong_pairing() from problem
        raise


def _is_of_another_store(path: Path, key: bytearray, store_id: UUID) -> bool:
    """Whether the database carries another store's id, rather than a damaged copy of its own.

    To be called only after opening has failed on what the file holds: reading the file by any other way than SQLite's
    gives up this process's lock on it (POSIX), and a file that somebody has locked never gets that far.
    """
    with _reachable(path), path.open("rb") as database:
        salt = database.read(_SALT_LENGTH)
    if len(salt) < _SALT_LENGTH or salt == store_id.bytes or UUID(bytes=salt).version != store_id.version:
        return False
    try:
        connect(path, key, salt=store_id.bytes).close()
    except UserError:
        return True
    return False


def _claim(path: Path) -> None:
    """Makes the empty file that becomes the database, readable by its owner only."""
    try:
        with _reachable(path.parent):
            path.touch(_OWNER_ONLY, exist_ok=False)
    except FileExistsError as problem:
        raise exists_already() from problem


def _remove(path: Path) -> None:
    for part in (path, header_path(path), *(path.with_name(path.name + suffix) for suffix in _COMPANIONS)):
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def _reachable(place: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError:
        raise
    except OSError as problem:
        raise explain_os_error(problem, place) from problem


def _wipe(key: bytearray) -> None:
    key[:] = bytes(len(key))
