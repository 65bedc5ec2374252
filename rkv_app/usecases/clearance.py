# SPDX-License-Identifier: MIT
"""What leaves about a candidate with address protection leaves when a named person has cleared it, and on record.

What goes to somebody else asks here first. A copy that stays with the adviser or goes to the candidate does not.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from rkv_app.domain.cases import Case, Transition, cleared
from rkv_app.domain.people import Candidate
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.workspace import Workspace


def require_clearance(candidate: Candidate, cleared_by: str) -> None:
    """Lets something about a shielded candidate leave only when somebody has cleared it by name.

    Raises:
        UserError: RKV-CAS-008.
    """
    if candidate.shielded and not cleared_by.strip():
        raise UserError(
            "RKV-CAS-008",
            message("This candidate's address is protected, so a named person must clear the sending."),
            message("Nothing was sent. Write who has cleared it, after reading through what will leave."),
        )


def record_clearance(ws: Workspace, case: Case, what: str, cleared_by: str) -> None:
    """Puts on the case's history who cleared something that moves the case nowhere; nothing where nobody had to.

    Part of the transaction that is open, so that nothing leaves without it.

    Args:
        ws: where the case is.
        case: as it is now.
        what: what leaves, as a short code.
        cleared_by: who cleared it.
    """
    if cleared_by.strip():
        ws.store.cases.record(
            Transition(
                case_id=case.id,
                before=case.state,
                after=case.state,
                at=ws.clock.now(),
                by=ws.party.name,
                why=cleared(what, cleared_by),
            )
        )


@contextlib.contextmanager
def clearance_on_record(ws: Workspace, case: Case, what: str, cleared_by: str, target: Path) -> Iterator[None]:
    """Puts a clearance on record together with the file that is written inside, both or neither.

    Where nobody had to clear anything, nothing is put on record; so that works in a store open for reading only.
    `target` is the file; it is taken away again where it is written and cannot be put on record. For the others see
    `record_clearance`.
    """
    if not cleared_by.strip():
        yield
        return
    written = False
    try:
        with ws.store.transaction():
            record_clearance(ws, case, what, cleared_by)
            yield
            written = True
    except BaseException:
        if written:
            target.unlink(missing_ok=True)
        raise


def candidate_of(ws: Workspace, case: Case) -> Candidate:
    """Whom a case is about."""
    candidate = ws.store.cases.candidate(case.candidate_id)
    if candidate is None:
        raise RuntimeError("a case without its candidate")
    return candidate
