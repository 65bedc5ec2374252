# SPDX-License-Identifier: MIT
"""What a container may be: its limits, the names in it, and the records that a ZIP is made of (APPNOTE 6.3.10)."""

import re
import struct
from collections.abc import Sequence
from typing import Final

from rkv_app.foundation.i18n import message
from rkv_app.packets.problems import too_large

MIMETYPE: Final = b"application/vnd.etsi.asic-e+zip"
META_FOLDER: Final = "META-INF/"

MAX_FILES: Final = 300
MAX_FILE_SIZE: Final = 200 * 2**20
MAX_TOTAL_SIZE: Final = 1536 * 2**20
MAX_META_SIZE: Final = 4 * 2**20
RATIO_FREE: Final = 2**20
"""Most bytes a file may have for its packing ratio to be of no interest."""
PIECE: Final = 64 * 1024
"""Most bytes of content that are held at once."""
_MAX_RATIO: Final = 200

END: Final = struct.Struct("<4s4H2LH")
CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
LOCAL: Final = struct.Struct("<4s5H3L2H")
END_MARK: Final = b"PK\x05\x06"
CENTRAL_MARK: Final = b"PK\x01\x02"
LOCAL_MARK: Final = b"PK\x03\x04"
STORED: Final = 0
DEFLATED: Final = 8

_FILE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_DEVICE_NAME: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
# The names ETSI EN 319 162-1 gives to files in META-INF, matched without case as Difi and KS write them.
_META_NAME: Final = re.compile(
    r"META-INF/(manifest\.xml|ASiC(Archive|EvidenceRecord)?Manifest[\w.-]{0,80}\.xml|signatures?[\w.-]{0,80}\.(p7s|xml)"
    r"|timestamp[\w.-]{0,80}\.tst|evidencerecord[\w.-]{0,80}\.(xml|ers))",
    re.IGNORECASE | re.ASCII,
)


def is_file_name(name: str) -> bool:
    """Whether `name` may be a data file's entry name: flat, ASCII, and safe as a file name on every system."""
    return bool(_FILE_NAME.fullmatch(name)) and not name.endswith(".") and not _DEVICE_NAME.fullmatch(name)


def is_entry_name(name: str) -> bool:
    """Whether `name` may stand in a container, as a data file or in META-INF."""
    return is_file_name(name) or bool(_META_NAME.fullmatch(name))


def check_counts(sizes: Sequence[int], packed_sizes: Sequence[int] = ()) -> None:
    """Checks the sizes of all files, unpacked and (of a container that is read) packed.

    Raises:
        UserError: RKV-PKT-012.
    """
    check_number(len(sizes))
    if max(sizes, default=0) > MAX_FILE_SIZE:
        raise too_large(message("a file in it is over {limit} MiB", limit=MAX_FILE_SIZE // 2**20))
    if sum(sizes) > MAX_TOTAL_SIZE:
        raise too_large(message("its files are over {limit} MiB together", limit=MAX_TOTAL_SIZE // 2**20))
    for size, packed in zip(sizes, packed_sizes, strict=False):
        if size > RATIO_FREE and size > _MAX_RATIO * packed:
            raise too_large(message("a file in it unpacks to more than {limit} times its size", limit=_MAX_RATIO))


def check_number(count: int) -> None:
    """Checks how many files there are.

    Raises:
        UserError: RKV-PKT-012.
    """
    if count > MAX_FILES:
        raise too_large(message("it has more than {limit} files", limit=MAX_FILES))
