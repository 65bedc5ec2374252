# SPDX-License-Identifier: MIT
"""The county's queue, and one application in it, aim by aim."""

from collections.abc import Sequence
from dataclasses import dataclass

from rkv_app.domain.coverage import AimCoverage
from rkv_app.domain.exchange import QueuedApplication
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.documented import documented
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """An application with every source of every aim side by side."""

    queued: QueuedApplication
    coverage: tuple[AimCoverage, ...]


def list_queue(ws: Workspace) -> Sequence[QueuedApplication]:
    """Returns the queue, oldest first."""
    return ws.store.exchange.queue()


def view_application(ws: Workspace, message_id: str) -> ApplicationView:
    """Returns one application.

    Raises:
        UserError: RKV-CAS-014 it is not in the queue.
    """
    queued = ws.store.exchange.queued(message_id)
    if queued is None:
        raise UserError(
            "RKV-CAS-014",
            message("There is no such application in the queue."),
            message("Nothing was changed. Go back to the queue and choose again."),
        )
    application = queued.application
    covered = documented(ws.forms, application.aims, application.placements, application.evaluations)
    return ApplicationView(queued, covered)
