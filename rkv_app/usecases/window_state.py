# SPDX-License-Identifier: MIT
"""Keep what was on the screen while the store is closed: it is as personal as the store itself, so it lies inside."""

from collections.abc import Mapping

from rkv_app.usecases.workspace import Workspace

_KEY = "window"


def keep_window_state(ws: Workspace, state: Mapping[str, object]) -> None:
    """Keeps the state of the window, JSON values, in place of the one before; an empty one takes it away.

    Raises:
        UserError: RKV-SYS-001 the disk is full; RKV-STO-007 the store is open read-only.
    """
    if state:
        ws.store.drafts.put(_KEY, dict(state), ws.clock.now())
    else:
        ws.store.drafts.remove(_KEY)


def take_window_state(ws: Workspace) -> Mapping[str, object] | None:
    """Returns the state that was kept, and keeps it no longer; None where there is none.

    Raises:
        UserError: as `keep_window_state` does.
    """
    kept = ws.store.drafts.get(_KEY)
    if not isinstance(kept, dict):
        return None
    ws.store.drafts.remove(_KEY)
    return kept
