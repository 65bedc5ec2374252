# SPDX-License-Identifier: MIT
"""The open store behind the windows: who it belongs to, and the one road to it, which is the worker thread's."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from rkv_app.domain.people import Party
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from rkv_app.usecases.workspace import Workspace

T = TypeVar("T")


class Session(QObject):
    """Owns the open workspace. The workspace itself is only ever touched by the worker."""

    def __init__(self, workspace: Workspace, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.tasks = tasks

    @property
    def party(self) -> Party:
        """Who the store belongs to."""
        return self._workspace.party

    def use_words(self, words: Words) -> None:
        """Documents made from now on are in this language."""
        self._workspace = dataclasses.replace(self._workspace, words=words)

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

    def close(self) -> None:
        """Lets what was given be written, then closes the store."""
        workspace = self._workspace
        self.tasks.run(workspace.close, done=lambda _: None, failed=lambda _: None)
        self.tasks.close()
