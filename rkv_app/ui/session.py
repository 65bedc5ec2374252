# SPDX-License-Identifier: MIT
"""The open store behind the windows: who it belongs to, and the one road to it, which is the worker thread's."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from rkv_app.domain.people import Party
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.packets.plaintext import LentCopies
from rkv_app.ui.tasks import Job, Tasks

if TYPE_CHECKING:
    from rkv_app.domain.stores import Progress
    from rkv_app.packets.attachment_safety import Safety
    from rkv_app.usecases.workspace import Workspace

T = TypeVar("T")


class Session(QObject):
    """Owns the open workspace. The workspace itself is only ever touched by the worker.

    Signals:
        lockAfterChosen(int): the store is to lock after so many minutes without a touch.

    Attributes:
        copies: documents that are lent to the PDF reader while the store is open.
        told_of_copies: whether somebody has read what that means.
        examined: what attachments were found to be, by their digest: each is read through once while the store is open.
    """

    lockAfterChosen = Signal(int)

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        tasks.setParent(self)
        self.tasks = tasks
        self.copies = LentCopies()
        self.told_of_copies = False
        self.examined: dict[str, Safety] = {}

    @property
    def party(self) -> Party:
        """Who the store belongs to."""
        return self._workspace.party

    @property
    def read_only(self) -> bool:
        """Whether the store can be looked at only."""
        return self._workspace.store.read_only

    @property
    def store_mark(self) -> bytes:
        """Tells this store from every other: its own certificate, which nobody else has."""
        return self._workspace.identity.signing_certificate

    def use_words(self, words: Words) -> None:
        """Documents made from now on are in this language."""
        self._workspace = dataclasses.replace(self._workspace, words=words)

    def use_keys(self, workspace: Workspace) -> None:
        """Goes on with the keys of a workspace that a use case returned, and with what its owner's card states now."""
        self._workspace = dataclasses.replace(self._workspace, identity=workspace.identity, party=workspace.party)

    def run(
        self,
        work: Callable[[Workspace], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
        owner: QObject | None = None,
    ) -> None:
        """Runs `work` on the workspace, see `Tasks.run`."""
        workspace = self._workspace
        self.tasks.run(lambda: work(workspace), done=done, failed=failed, owner=owner)

    def run_long(
        self,
        work: Callable[[Workspace, Progress], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
        owner: QObject | None = None,
    ) -> Job:
        """Runs `work` on the workspace with a `Progress` to call, see `Tasks.run_long`."""
        workspace = self._workspace
        return self.tasks.run_long(lambda progress: work(workspace, progress), done=done, failed=failed, owner=owner)

    def close(self) -> None:
        """Lets what was given be written, then closes the store."""
        self.tasks.run(lambda: self._end(back_up=True), done=lambda _: None, failed=lambda _: None)
        self.tasks.close()

    def close_in_time(self, closed: Callable[[], None]) -> None:
        """Closes the store when what was given is written, and calls `closed` then; does not wait for it.

        Nothing is backed up: somebody may be waiting to open it again.
        """

        def ended(_: object) -> None:
            self.tasks.close(wait=False)
            closed()

        self.tasks.run(lambda: self._end(back_up=False), done=ended, failed=ended)

    def _end(self, *, back_up: bool) -> None:
        # Also what was lent while the window went.
        self.copies.take_all_back()
        self._workspace.close(back_up=back_up)
