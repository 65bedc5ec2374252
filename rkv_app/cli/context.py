# SPDX-License-Identifier: MIT
"""What a running command is given: the tools, the words, its options, and the way to answer."""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from rkv_app.cli.passphrases import read_new_passphrase, read_passphrase, read_words
from rkv_app.cli.tools import Tools
from rkv_app.domain.store_ports import Store
from rkv_app.domain.stores import Passphrase, Progress, RecoveryWords, WayIn
from rkv_app.foundation.i18n import Words
from rkv_app.usecases.open_workspace import open_workspace
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Context:
    """One run of one command."""

    tools: Tools
    words: Words
    options: argparse.Namespace
    out: TextIO

    def say(self, text: str = "") -> None:
        """Prints a line for a person; nothing with --json."""
        if not self.options.json:
            print(text, file=self.out)

    def answer(self, document: object) -> None:
        """Prints the one JSON document of --json; nothing without it."""
        if self.options.json:
            json.dump(document, self.out, ensure_ascii=False, indent=2, default=str)
            self.out.write("\n")

    def passphrase(self) -> str:
        """The passphrase of the store, from where the options say."""
        return read_passphrase(
            self.options.passphrase_file, self.options.passphrase_fd, self.words("Passphrase") + ": "
        )

    def new_passphrase(self) -> str:
        """The passphrase that is to be, from where the options say."""
        return read_new_passphrase(
            self.options.new_passphrase_file,
            self.options.new_passphrase_fd,
            self.words("New passphrase") + ": ",
            self.words("The new passphrase again") + ": ",
        )

    def way(self) -> WayIn:
        """The way into the store: recovery words where the options name a file with them, else the passphrase."""
        file: Path | None = self._option("recovery_file")
        return RecoveryWords(read_words(file)) if file else Passphrase(self.passphrase())

    def store(self) -> Store:
        """Opens the store that the options name, whoever it belongs to."""
        return self.opened(self.way())

    def opened(self, way: WayIn) -> Store:
        """Opens the store that the options name by a way in that was asked for before."""
        return self.tools.vault.open(
            self.options.store,
            way,
            read_only=bool(self._option("read_only")),
            accept_older=bool(self._option("accept_older")),
        )

    def workspace(self) -> Workspace:
        """Opens the store that the options name, as its owner."""
        return open_workspace(
            self.tools.vault,
            self.options.store,
            self.way(),
            forms=self.tools.forms,
            clock=self.tools.clock,
            words=self.words,
            read_only=bool(self._option("read_only")),
            accept_older=bool(self._option("accept_older")),
        )

    def progress(self) -> Progress | None:
        """Shows on a terminal how far it is; None where nobody would see it."""
        return _show_progress if sys.stderr.isatty() and not self.options.json else None

    def _option(self, name: str) -> Any:
        """An option that only some commands take."""
        return getattr(self.options, name, None)


def _show_progress(done: int, total: int) -> bool:
    if total:
        sys.stderr.write(f"\r{100 * done // total:3} %" + ("\n" if done >= total else ""))
        sys.stderr.flush()
    return True
