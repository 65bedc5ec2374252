# SPDX-License-Identifier: MIT
"""Processes that die on the way: killed at every step at which they touch the disk, or refused by it.

A step is a call of ours that renames, removes or syncs a file or makes a folder; SQLite's own lie between them.
"""

import os
import signal
from collections.abc import Callable, Iterator
from typing import Any

STEPS = ("replace", "unlink", "fsync", "mkdir")


def kills(action: Callable[[], object], *, most: int = 500) -> Iterator[int]:
    """Runs `action` in a child that is killed before its first step, its second one and so on, until it gets through.

    Yields after each: the number of the step; whoever takes it looks at what is left, and makes everything as it was.
    """
    for step in range(1, most):
        child = os.fork()
        if child == 0:
            _count_down(step)
            try:
                action()
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        yield step
        if not os.WIFSIGNALED(status):
            return
    raise AssertionError("it never got through")


def _count_down(step: int) -> None:
    left = [step]

    def counted(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*arguments, **options)

        return call

    for name in STEPS:
        setattr(os, name, counted(getattr(os, name)))
