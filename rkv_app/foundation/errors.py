# SPDX-License-Identifier: MIT
"""The one kind of error that a user is shown: a stable code, what happened, and what to do about it.

Everything else that is raised is a bug and is reported as one.
"""

from enum import IntEnum

from rkv_app.foundation.i18n import Message


class ExitStatus(IntEnum):
    """Exit statuses of `rkv`, the same for every command."""

    OK = 0
    NO = 1
    REFUSED = 2
    LOCKED = 3
    DAMAGED = 4


class UserError(Exception):
    """Something the user can understand and act on. Nothing has been changed when it is raised.

    Attributes:
        code: stable, `RKV-XXX-nnn`; `docs/handbook/errors/<code>.md` explains it.
        message: what happened, in one plain sentence.
        hint: what is safe and what to do.
        status: the exit status it gives on the command line.
    """

    def __init__(self, code: str, message: Message, hint: Message, status: ExitStatus = ExitStatus.REFUSED) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.hint = hint
        self.status = status

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
