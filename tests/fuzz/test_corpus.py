# SPDX-License-Identifier: MIT
"""What fuzzing has found worth keeping goes through every parser on each run, without the fuzzer."""

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from targets import TARGETS  # noqa: E402 (the harnesses are a folder of scripts, not a package)


@pytest.mark.parametrize("name", TARGETS)
def test_honest_inputs_are_accepted(name: str) -> None:
    target = TARGETS[name]
    accepted = [seed for seed, content in target.seeds().items() if target.accepts(content)]
    assert accepted


@pytest.mark.parametrize("name", TARGETS)
def test_kept_inputs_are_read_or_refused_and_never_taken_for_what_they_are_not(name: str) -> None:
    kept = sorted((HERE / "corpus" / name).iterdir())
    assert kept
    for path in kept:
        TARGETS[name].accepts(path.read_bytes())
