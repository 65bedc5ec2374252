# SPDX-License-Identifier: MIT
"""Fetch curricula from Udir's Grep, when somebody asks for it and never else, and bring them into the store.

How Grep is reached stands in the store's settings, the API key among them: it is as well kept there as the cases are.
Nothing about anybody is sent: Grep is told the codes that are asked for, and the key.
"""

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Final

from rkv_app.curriculum.collecting import Collection
from rkv_app.curriculum.fetching import GrepService, connected
from rkv_app.curriculum.sources import go_on
from rkv_app.domain.stores import Progress
from rkv_app.foundation.resources import cache_folder
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.usecases.import_curriculum import Imported, import_curriculum
from rkv_app.usecases.workspace import Workspace

SERVICE: Final = "curriculum.service"
"""The setting that says how Grep is reached: fields of `GrepService`, where they are other than usual."""
_NEWEST: Final = "curriculum.newest_change"
# Of a hundred parts of the work, so many are fetching; the rest is importing.
_FETCHING: Final = 80
_WHOLE: Final = 100
# Seconds.
_STEP: Final = 0.25

Wait = Callable[[float], None]


def grep_service(ws: Workspace) -> GrepService:
    """How Grep is reached from this store."""
    kept = ws.store.settings.get(SERVICE)
    known = {field.name for field in fields(GrepService)}
    return GrepService(
        **{name: value for name, value in (kept if isinstance(kept, dict) else {}).items() if name in known}
    )


def set_grep_service(
    ws: Workspace, *, root: str | None = None, key_header: str | None = None, key: str | None = None
) -> None:
    """Keeps how Grep is reached; None leaves a part as it is, and an empty text brings back what is usual."""
    usual, before = asdict(GrepService()), asdict(grep_service(ws))
    given = {"root": root, "key_header": key_header, "key": key}
    changed = {name: value or usual[name] for name, value in given.items() if value is not None}
    ws.store.settings.put(
        SERVICE, {name: value for name, value in {**before, **changed}.items() if value != usual[name]}
    )


def fetch_curricula(
    ws: Workspace,
    codes: Sequence[str],
    progress: Progress | None = None,
    *,
    folder: Path | None = None,
    wait: Wait | None = None,
) -> Imported:
    """Fetches these curricula with all that belongs to them, and stores them, all of them or none.

    Args:
        ws: where to.
        codes: such as HEA03-03.
        progress: is told how far it is, in hundredths.
        folder: keeps what was fetched until the next day, so that a run that was cut off goes on from there.
        wait: waits so many seconds between two calls; without one, as long as the work is not cancelled.

    Raises:
        UserError: RKV-CUR-008 cancelled; RKV-CUR-009 to RKV-CUR-015, see `GrepClient`; what `import_curriculum` raises.
    """
    place = _made(folder or cache_folder() / "grep")
    with connected(grep_service(ws), wait or _patience(progress)) as client:
        files = Collection(client, place, ws.clock.now(), _share(progress, 0, _FETCHING)).plans(codes)
    return import_curriculum(ws, files, codes, _share(progress, _FETCHING, _WHOLE))


def fetch_catalogue(
    ws: Workspace, progress: Progress | None = None, *, folder: Path | None = None, wait: Wait | None = None
) -> Imported | None:
    """Fetches Grep's whole dump and stores every curriculum; None where nothing has changed since the last time.

    Args and errors as `fetch_curricula`. A dump that was cut off is gone on from where it stopped.
    """
    place = _made(folder or cache_folder() / "grep")
    dump = place / "dump.zip"
    with connected(grep_service(ws), wait or _patience(progress)) as client:
        newest = client.newest_change()
        if newest and newest == ws.store.settings.get(_NEWEST):
            return None
        client.dump(dump, _share(progress, 0, _FETCHING))
    try:
        with ws.store.transaction():
            report = import_curriculum(ws, [dump], progress=_share(progress, _FETCHING, _WHOLE))
            ws.store.settings.put(_NEWEST, newest)
    finally:
        with contextlib.suppress(OSError):
            dump.unlink()
    return report


def _patience(progress: Progress | None) -> Wait:
    """Waits in steps: Grep may ask for two minutes, and nobody who has called it off is to wait for them."""

    def wait(seconds: float) -> None:
        while seconds > 0:
            # No total: it says that nothing is known of how far the work is.
            go_on(progress, 0, 0)
            time.sleep(min(seconds, _STEP))
            seconds -= _STEP

    return wait


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise explain_os_error(problem, folder) from problem
    return folder


def _share(progress: Progress | None, first: int, last: int) -> Progress | None:
    """Progress of a part of the work, as progress of the whole."""
    if progress is None:
        return None
    return lambda done, total: progress(first + (last - first) * done // max(total, 1), _WHOLE)
