# SPDX-License-Identifier: MIT
"""How long to wait after wrong passphrases, outlasting the program: `<store id>.tries` in a state folder.

It slows people down who guess at this machine. Whoever has copied the store is slowed down by Argon2 only.
"""

import contextlib
import json
import math
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.store.files.small_files import read_small

_FREE_TRIES: Final = 3
_LONGEST_WAIT: Final = 60
_MOST_COUNTED: Final = 100
_LONGEST_FILE: Final = 1024
_OWNER_ONLY: Final = 0o700


class Attempts:
    """Wrong tries at one store's passphrase. What cannot be read counts as none, so that nobody is kept out by it.

    Args:
        folder: the user's own state folder; made when there is something to remember.
        store_id: a UUID.

    Raises:
        ValueError: `store_id` is no UUID.
    """

    def __init__(self, folder: Path, store_id: str) -> None:
        self._file = folder / f"{UUID(store_id)}.tries"

    def wait(self, now: datetime) -> int:
        """Returns how many seconds have to pass before the next try: 0 to 60.

        None after three wrong tries, then one second, doubled by each further one. When the clock was set back, the
        wait begins anew.
        """
        wrong, last = self._remembered(now)
        wait = _wait_after(wrong)
        if wait == 0:
            return 0
        passed = (now - last).total_seconds()
        if passed < 0:
            # Were it not written down, the wait would begin anew each time, and never end.
            return wait if self._remember(wrong, now) else 0
        return max(0, math.ceil(wait - passed))

    def require(self, now: datetime) -> None:
        """Lets pass whoever may try now.

        Raises:
            UserError: RKV-STO-006 there are still seconds to wait.
        """
        seconds = self.wait(now)
        if seconds:
            raise UserError(
                "RKV-STO-006",
                message(
                    "There have been several wrong tries. The next one can be made in {seconds} s.", seconds=seconds
                ),
                message("Nothing was changed. Wait, check Caps Lock and the keyboard language, then try again."),
                ExitStatus.LOCKED,
            )

    def failed(self, now: datetime) -> None:
        """Remembers one more wrong try."""
        wrong, _ = self._remembered(now)
        self._remember(min(wrong + 1, _MOST_COUNTED), now)

    def succeeded(self) -> None:
        """Forgets the wrong tries."""
        with contextlib.suppress(OSError):
            self._file.unlink()

    def _remembered(self, now: datetime) -> tuple[int, datetime]:
        try:
            told = json.loads(read_small(self._file, _LONGEST_FILE))
            wrong, last = told["wrong"], datetime.fromisoformat(told["last"])
            if type(wrong) is int and 0 < wrong <= _MOST_COUNTED and last.tzinfo:
                return wrong, last
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            pass
        return 0, now

    def _remember(self, wrong: int, now: datetime) -> bool:
        try:
            self._file.parent.mkdir(_OWNER_ONLY, parents=True, exist_ok=True)
            write_atomically(self._file, json.dumps({"wrong": wrong, "last": now.isoformat()}).encode(), replace=True)
        except (OSError, UserError):
            return False
        return True


def _wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong tries."""
    return 0 if wrong <= _FREE_TRIES else min(_LONGEST_WAIT, 1 << (wrong - _FREE_TRIES - 1))
