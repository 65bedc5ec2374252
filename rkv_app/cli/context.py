# SPDX-License-Identifier: MIT
"""What a running command is given: the tools, the words, its options, and the way to answer."""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from rkv_app.cli.passphrases import read_passphrase
from rkv_app.cli.tools import Tools
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

    def workspace(self) -> Workspace:
        """Opens the store that the options name."""
        store: Path = self.options.store
        return open_workspace(
            self.tools.vault,
            store,
            self.passphrase(),
            forms=self.tools.forms,
            clock=self.tools.clock,
            words=self.words,
        )
