# SPDX-License-Identifier: MIT
"""While the passphrase is typed the rest of the program comes in, and neither disturbs the window nor crashes it."""

import json
import subprocess
import sys

# In a process of its own, where nothing has been imported before.
STARTED = """
import json, sys, threading
from importlib.abc import MetaPathFinder

on_threads, on_main = [], []

class Watch(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        is_main = threading.current_thread() is threading.main_thread()
        (on_main if is_main else on_threads).append(name)

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from rkv_app.ui.later import Later

app = QApplication([])
parent = QObject()
later = Later(parent)
ready = []
later.entranceReady.connect(lambda: ready.append("rkv_app.ui.shell" in sys.modules))
sys.meta_path.insert(0, Watch())
later.begin()
while "rkv_app.ui.locking.triggers" not in sys.modules:
    app.processEvents()
print(json.dumps({"ready": ready, "threads": on_threads, "main": on_main}))
"""


def _started() -> dict[str, list[str]]:
    done = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True, timeout=120)
    told: dict[str, list[str]] = json.loads(done.stdout)
    return told


def test_the_rest_comes_in_without_parts_of_windows_on_other_threads_and_without_long_work_on_theirs() -> None:
    told = _started()
    # The entrance does not wait for the pages.
    assert told["ready"] == [False]
    assert [name for name in told["threads"] if name.startswith(("PySide6", "rkv_app.ui"))] == []
    long = ("cryptography.", "pyhanko", "pydantic", "reportlab", "pikepdf", "sqlalchemy", "rkv_app.packets")
    assert [name for name in told["main"] if name.startswith(long)] == []
    assert {"rkv_app.packets.messages", "pydantic"} <= set(told["threads"])
    assert {"rkv_app.ui.pages.case.page", "rkv_app.ui.shell"} <= set(told["main"])
