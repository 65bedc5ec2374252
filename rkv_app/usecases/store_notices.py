# SPDX-License-Identifier: MIT
"""What was noticed about the open store: told at home until somebody has read it, and again after a week."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from rkv_app.domain.stores import Backup, Notice
from rkv_app.usecases.workspace import Workspace

_SETTING = "dismissed_notices"
_QUIET = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What home tells of the store.

    Attributes:
        notices: those that nobody has put away this week.
        last_backup: None where there is none.
    """

    notices: tuple[Notice, ...]
    last_backup: Backup | None
    read_only: bool


def view_care(ws: Workspace) -> Care:
    """Returns what home tells of the store."""
    quiet = _quiet(ws)
    return Care(
        notices=tuple(one for one in ws.store.notices if one.code not in quiet),
        last_backup=ws.store.info().last_backup,
        read_only=ws.store.read_only,
    )


def dismiss_notice(ws: Workspace, code: str) -> None:
    """Keeps a notice quiet for a week; in a store that is read-only, it comes back with the next page."""
    if not ws.store.read_only:
        ws.store.settings.put(_SETTING, {**_quiet(ws), code: ws.clock.now().isoformat()})


def _quiet(ws: Workspace) -> Mapping[str, str]:
    kept = ws.store.settings.get(_SETTING)
    since = ws.clock.now() - _QUIET
    return {
        code: at for code, at in (kept if isinstance(kept, dict) else {}).items() if datetime.fromisoformat(at) > since
    }
