# SPDX-License-Identifier: MIT
"""Notices places where a store lies badly: in a folder that a service copies about, on a share, on a full disk.

What is found out about a place and what is thought of it are kept apart: `look_around` asks the machine, `judged` knows
no machine.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from rkv_app.domain.stores import Notice
from rkv_app.foundation.i18n import message
from rkv_app.foundation.machine import filesystem_type, free_bytes
from rkv_app.store.files.small_files import read_small

_LITTLE_ROOM: Final = 50_000_000
_MEGABYTE: Final = 1_000_000
_LONGEST_SETTINGS: Final = 64 * 1024
_SHARES: Final = frozenset(
    {"remote", "cifs", "smb3", "smbfs", "nfs", "nfs4", "sshfs", "davfs", "webdav", "9p", "afs", "afpfs"}
)
# How the folders of a service are named, on any system, whatever their owner or organisation adds.
_NAMED_LIKE: Final = (
    (re.compile(r"onedrive( - .+)?"), "OneDrive"),
    (re.compile(r"dropbox( \(.+\))?"), "Dropbox"),
    (re.compile(r"iclouddrive|icloud drive|com~apple~clouddocs|mobile documents"), "iCloud Drive"),
    (re.compile(r"google ?drive"), "Google Drive"),
    (re.compile(r"nextcloud\d*"), "Nextcloud"),
    (re.compile(r"owncloud\d*"), "ownCloud"),
    (re.compile(r"box sync"), "Box"),
)
# Too common a word to count anywhere but at home.
_NAMED_AT_HOME: Final = ((re.compile(r"box"), "Box"),)
# Where macOS keeps the folders of all services.
_CLOUD_STORAGE: Final = "CloudStorage"
_NAMED_IN_CLOUD_STORAGE: Final = (
    (re.compile(r"onedrive-.+"), "OneDrive"),
    (re.compile(r"dropbox-.+"), "Dropbox"),
    (re.compile(r"googledrive-.+"), "Google Drive"),
    (re.compile(r"box-.+"), "Box"),
)
# What the services' own programs leave at the top of their folders.
_LEFT_BEHIND: Final = (
    (re.compile(r"\.dropbox\.cache"), "Dropbox"),
    (re.compile(r"\.tmp\.drive(down|up)load"), "Google Drive"),
    (re.compile(r"\._?sync_.+\.db|\.nextcloudsync\.log"), "Nextcloud"),
    (re.compile(r"\.owncloudsync\.log"), "ownCloud"),
    (re.compile(r"\.stfolder"), "Syncthing"),
)
# \\server\share, but not \\?\C:, which is a long way to say C:.
_UNC: Final = re.compile(r"\\\\([?.]\\UNC|[^?.\\])", re.IGNORECASE)
_TOLD_BY_ENVIRONMENT: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What can be found out about the folder of a store.

    Attributes:
        folder: absolute, with links followed.
        home: the user's own folder.
        declared: folders that a service says are its own, with its name.
        names: the names of what lies in `folder` and in the folders above it, by folder.
        filesystem: the file system's type in the system's word; empty where unknown.
        free: bytes that can still be written; None where unknown.
    """

    folder: PurePath
    home: PurePath
    declared: tuple[tuple[PurePath, str], ...] = ()
    names: Mapping[PurePath, tuple[str, ...]]
    filesystem: str = ""
    free: int | None = None


def place_notices(path: Path, environment: Mapping[str, str] = os.environ) -> tuple[Notice, ...]:
    """Returns what is worth knowing of the place of the store at `path`: RKV-STO-025, RKV-STO-026, RKV-STO-027.

    Nothing is raised: what cannot be found out about a place is not held against it.
    """
    return judged(look_around(path, environment))


def judged(place: Surroundings) -> tuple[Notice, ...]:
    """Returns the notices on a place of which this is known."""
    return tuple(_notices(place))


def look_around(path: Path, environment: Mapping[str, str]) -> Surroundings:
    """Finds out about the place of the store at `path`."""
    folder = Path(os.path.realpath(path)).parent
    home = Path(os.path.realpath(Path.home()))
    try:
        free = free_bytes(folder)
    except OSError:
        free = None
    return Surroundings(
        folder=folder,
        home=home,
        declared=tuple(_declared(home, environment)),
        names={place: _names_in(place) for place in (folder, *folder.parents)},
        filesystem=filesystem_type(folder),
        free=free,
    )


def _notices(place: Surroundings) -> Iterator[Notice]:
    service = _service(place)
    if service:
        yield Notice(
            "RKV-STO-025",
            message("The store lies in a folder that {service} copies to other machines.", service=service),
            message(
                "Two machines could overwrite each other's work. "
                "Keep the store on this machine itself, and let the backups go to {service}.",
                service=service,
            ),
        )
    if _is_share(place):
        yield Notice(
            "RKV-STO-026",
            message("The store lies on a network share."),
            message(
                "When the connection drops, nothing can be saved. "
                "Keep the store on this machine itself, and let the backups go to the share."
            ),
        )
    if place.free is not None and place.free < _LITTLE_ROOM:
        yield Notice(
            "RKV-STO-027",
            message("There is little room left on the disk: {megabytes} MB.", megabytes=place.free // _MEGABYTE),
            message("What is saved stays saved. Free some space before you go on."),
        )


def _service(place: Surroundings) -> str:
    """The name of the service that copies the folder about; empty where there is none."""
    upwards = (place.folder, *place.folder.parents)
    return next(filter(None, (_service_of(folder, place) for folder in upwards)), "")


def _service_of(folder: PurePath, place: Surroundings) -> str:
    """The name of the service whose topmost folder this is, or shows every sign of being."""
    signs = (
        next((service for declared, service in place.declared if declared == folder), ""),
        _named_like(folder.name, _NAMED_LIKE),
        _named_like(folder.name, _NAMED_AT_HOME) if folder.parent == place.home else "",
        _named_like(folder.name, _NAMED_IN_CLOUD_STORAGE) if folder.parent.name == _CLOUD_STORAGE else "",
        *(_named_like(name, _LEFT_BEHIND) for name in place.names.get(folder, ())),
    )
    return next(filter(None, signs), "")


def _named_like(name: str, patterns: Iterable[tuple[re.Pattern[str], str]]) -> str:
    return next((service for pattern, service in patterns if pattern.fullmatch(name.casefold())), "")


def _is_share(place: Surroundings) -> bool:
    return bool(_UNC.match(place.folder.drive)) or place.filesystem in _SHARES or place.filesystem.startswith("fuse.")


def _declared(home: Path, environment: Mapping[str, str]) -> Iterator[tuple[PurePath, str]]:
    for name in _TOLD_BY_ENVIRONMENT:
        if environment.get(name):
            yield Path(os.path.realpath(environment[name])), "OneDrive"
    for settings in (home, *(Path(environment[name]) for name in ("APPDATA", "LOCALAPPDATA") if environment.get(name))):
        for file in (settings / ".dropbox" / "info.json", settings / "Dropbox" / "info.json"):
            for folder in _dropbox_folders(file):
                yield folder, "Dropbox"


def _dropbox_folders(file: Path) -> tuple[Path, ...]:
    """The folders that Dropbox names in its info.json, by account."""
    try:
        accounts = json.loads(read_small(file, _LONGEST_SETTINGS))
        return tuple(Path(os.path.realpath(account["path"])) for account in accounts.values())
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ()


def _names_in(folder: Path) -> tuple[str, ...]:
    """What lies in the folder and begins with a dot, as everything does that a service leaves behind."""
    try:
        with os.scandir(folder) as entries:
            return tuple(entry.name for entry in entries if entry.name.startswith("."))
    except OSError:
        return ()
