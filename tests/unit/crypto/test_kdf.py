# SPDX-License-Identifier: MIT
import pytest

from rkv_app.crypto import kdf
from rkv_app.crypto.kdf import MINIMUM_COST, KdfCost, calibrated_cost, derive, is_readable

CHEAP = KdfCost(memory_kib=8192, iterations=1, lanes=1)
SALT = bytes(range(16))


def test_calibration_never_goes_below_the_minimum_or_above_what_opens() -> None:
    cost = calibrated_cost()

    assert MINIMUM_COST.memory_kib <= cost.memory_kib <= 256 * 1024
    assert cost.iterations >= MINIMUM_COST.iterations
    assert cost.lanes == MINIMUM_COST.lanes
    assert is_readable(cost)


@pytest.mark.parametrize("speed", [1, 5, 9, 20, 60, 400])
def test_opening_a_store_takes_about_as_long_on_a_fast_machine_as_on_a_slow_one(
    monkeypatch: pytest.MonkeyPatch, speed: int
) -> None:
    """`speed` is how often a machine fills 64 MiB in a second."""

    def seconds(cost: KdfCost) -> float:
        return cost.work / 65536 / speed

    monkeypatch.setattr(kdf, "_seconds", seconds)

    slowest = seconds(MINIMUM_COST)
    fastest = seconds(KdfCost(256 * 1024, 16, 4))
    assert min(0.4, fastest) <= seconds(calibrated_cost()) <= max(1.0, slowest)


def test_it_does_not_matter_how_the_keyboard_composes_letters() -> None:
    assert derive("på tide å øve", SALT, CHEAP) == derive("pa\u030a tide a\u030a øve", SALT, CHEAP)


@pytest.mark.parametrize(
    "cost",
    [KdfCost(8191, 1, 1), KdfCost(2**20 + 1, 1, 1), KdfCost(8192, 0, 1), KdfCost(8192, 17, 1), KdfCost(8192, 1, 17)],
)
def test_what_no_store_needs_is_not_readable(cost: KdfCost) -> None:
    assert not is_readable(cost)
