# SPDX-License-Identifier: MIT
"""Which files of a folder that somebody chose are forms and lists, and their content.

The folder may be anybody's, or chosen by mistake: how much is looked at and read is limited, and nothing outside it is.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from rkv_app.forms.lint import LOCK
from rkv_app.forms.loader import read_bytes
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.foundation.safe_files import explain_os_error

_SUFFIX: Final = ".yaml"
_HIDDEN: Final = "."
_MOST_FILES: Final = 200
# A home folder that was chosen by mistake is not walked to its end.
_MOST_ENTRIES: Final = 5_000
# As much as fits into a packet of forms.
_MOST_BYTES: Final = 32 * 2**20


@dataclass(frozen=True, slots=True, repr=False)
class FolderOfForms:
    """What was read.

    Attributes:
        files: content by the path within the folder, with slashes.
        lock: content of `published.lock`, empty where there is none.
        others: how many files that can be seen are neither forms nor lists.
    """

    files: dict[str, bytes]
    lock: bytes
    others: int


def read_folder(folder: Path) -> FolderOfForms:
    """Reads every file that ends in .yaml, in the folder and those in it. Hidden files and folders are passed over.

    Raises:
        UserError: RKV-FRM-080 there is too much in it, or a file leads out of it or is none; RKV-SYS-002, RKV-SYS-004
            it cannot be read.
    """
    home = folder.resolve()
    if not home.is_dir():
        raise explain_os_error(FileNotFoundError(), folder)
    files: dict[str, bytes] = {}
    lock, others, size = b"", 0, 0
    for path in _walk(home):
        name = path.relative_to(home).as_posix()
        is_lock = name == LOCK
        if path.suffix != _SUFFIX and not is_lock:
            others += 1
            continue
        if len(files) == _MOST_FILES:
            raise _not_read(message("there are more than {limit} forms and lists in it", limit=_MOST_FILES))
        data = _read(path, name, home)
        size += len(data)
        if size > _MOST_BYTES:
            raise _not_read(message("its forms and lists are over {limit} MiB together", limit=_MOST_BYTES // 2**20))
        if is_lock:
            lock = data
        else:
            files[name] = data
    return FolderOfForms(files, lock, others)


def _walk(home: Path) -> Iterator[Path]:
    """Every file that is not hidden, in a fixed order, and every folder that leads away, which is not gone into."""
    seen = 0
    for place, folders, files in os.walk(home, onerror=_raise):
        seen += len(folders) + len(files)
        if seen > _MOST_ENTRIES:
            raise _not_read(message("there are more than {limit} files in it", limit=_MOST_ENTRIES))
        inside = sorted(name for name in folders if not name.startswith(_HIDDEN))
        # Junctions of Windows are no links to `os.walk`.
        away = [name for name in inside if Path(place, name).resolve() != Path(place, name)]
        folders[:] = [name for name in inside if name not in away]
        yield from (Path(place, name) for name in sorted(files) if not name.startswith(_HIDDEN))
        yield from (Path(place, name) for name in away)


def _read(path: Path, name: str, home: Path) -> bytes:
    # It is told wherever something is wrong with the file.
    if not name.isprintable():
        raise _not_read(message("a file in it has a name that cannot be shown"))
    try:
        really = path.resolve(strict=True)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
    if not really.is_relative_to(home):
        raise _not_read(message("{file} leads out of it", file=name[:120]))
    # A pipe or a device would be waited for.
    if not really.is_file():
        raise _not_read(message("{file} is no file", file=name[:120]))
    return read_bytes(really)[0]


def _raise(problem: OSError) -> NoReturn:
    raise explain_os_error(problem, Path(str(problem.filename))) from problem


def _not_read(why: Message) -> UserError:
    return UserError(
        "RKV-FRM-080",
        message("This folder is not read: {why}.", why=why),
        message("Nothing was packed or added. Put only the forms and lists that are meant in a folder of their own."),
    )
