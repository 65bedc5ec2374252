# SPDX-License-Identifier: MIT
"""Options that `rkv` takes when it opens a window, and that commands on a store share."""

import argparse
from pathlib import Path

from rkv_app.foundation.i18n import Language


def add_window_options(parser: argparse.ArgumentParser, *, store_required: bool = False) -> None:
    """Adds --store, --passphrase-file, --passphrase-fd and --language."""
    parser.add_argument("--store", type=Path, required=store_required, metavar="FILE", help="the encrypted store")
    add_passphrase_options(parser)
    parser.add_argument("--language", type=Language, choices=list(Language), help="nb, nn or en")


def add_passphrase_options(parser: argparse.ArgumentParser) -> None:
    """Adds the two ways to hand over a passphrase without showing it to other users of the machine."""
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="read the passphrase from the first line of FILE"
    )
    parser.add_argument(
        "--passphrase-fd", type=int, metavar="N", help="read the passphrase from open file descriptor N"
    )
