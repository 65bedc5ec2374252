# SPDX-License-Identifier: MIT
"""Verifies the packets in a folder, in a process of its own, and tells what that cost.

A file is opened with the code, or as its name ends: `.county.rkvpakke`, `.office.rkvpakke`. `honest.rkvpakke` comes
first, so that what is counted is the hostile files' own.
"""

import json
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Prints one JSON object."""
    sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]
    from rkv_app.crypto.envelope import SpokenCode
    from rkv_app.packets.opening import verify_packet
    from support import hand_made
    from support.memory import memory_for

    openers = {"county": hand_made.identity("county"), "office": hand_made.office("office")}
    folder = Path(sys.argv[1])
    assert verify_packet((folder / "honest.rkvpakke").read_bytes(), SpokenCode(hand_made.CODE)).good
    seconds = {}

    def judge() -> None:
        for path in sorted(folder.glob("hostile-*.rkvpakke")):
            opener = openers.get(path.stem.rpartition(".")[2], SpokenCode(hand_made.CODE))
            data = path.read_bytes()
            begun = time.perf_counter()
            assert not verify_packet(data, opener).good
            seconds[path.stem] = round(time.perf_counter() - begun, 3)

    growth = round(memory_for(judge), 1)
    print(json.dumps({"verdicts": len(seconds), "growth_in_mebibytes": growth, "seconds": seconds}))


if __name__ == "__main__":
    main()
