# SPDX-License-Identifier: MIT
"""The header file beside a store's database, `<store>.key`: where it is, how it is read and written.

What stands in it is `rkv_app.crypto.keyslots`' affair.
"""

from pathlib import Path
from typing import Final

from rkv_app.foundation.safe_files import explain_os_error, write_atomically
from rkv_app.store.failures import header_missing

_SUFFIX: Final = ".key"
# Far more than any header has, and one byte more than the reader accepts: nobody's memory is filled by a wrong file.
_MOST_BYTES: Final = 64 * 1024 + 1


def header_path(store: Path) -> Path:
    """Returns where the header of the store at `store` lies."""
    return store.with_name(store.name + _SUFFIX)


def read_header(store: Path) -> bytes:
    """Returns the header of the store at `store`.

    Raises:
        UserError: RKV-STO-012 it is missing; RKV-SYS-002 it cannot be read.
    """
    path = header_path(store)
    try:
        with path.open("rb") as header:
            return header.read(_MOST_BYTES)
    except FileNotFoundError as problem:
        raise header_missing(path.name) from problem
    except OSError as problem:
        raise explain_os_error(problem, path) from problem


def write_header(store: Path, header: bytes) -> None:
    """Writes the header of a new store, whole or not at all, readable by its owner only.

    Raises:
        UserError: RKV-SYS-001 to RKV-SYS-003, as `write_atomically` does.
    """
    write_atomically(header_path(store), header)


def replace_header(store: Path, header: bytes) -> None:
    """Writes a header in place of the one that is there: a crash leaves the old one or the new one.

    Raises:
        UserError: RKV-SYS-001, RKV-SYS-002.
    """
    write_atomically(header_path(store), header, replace=True)
