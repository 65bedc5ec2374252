# SPDX-License-Identifier: MIT
import hashlib
import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rkv_app.crypto.keyslots import MINIMUM_COST, KdfCost, calibrated_cost, make_header, open_header
from rkv_app.foundation.errors import ExitStatus, UserError

CHEAP = KdfCost(memory_kib=8192, iterations=1, lanes=1)
KEY = bytes(range(32))


@pytest.fixture(scope="module")
def header() -> bytes:
    return make_header("store-1", KEY, "på tide å øve", CHEAP)


def with_valid_digest(body: bytes) -> bytes:
    return b"rkv-store/1 " + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def changed(header: bytes, change: Callable[[dict], None]) -> bytes:
    """A header whose content somebody changed on purpose, with the damage check repaired."""
    content = json.loads(header.partition(b"\n")[2])
    change(content)
    return with_valid_digest(json.dumps(content).encode())


def assert_damaged(data: bytes) -> None:
    with pytest.raises(UserError) as refused:
        open_header(data, "på tide å øve")
    assert (refused.value.code, refused.value.status) == ("RKV-STO-010", ExitStatus.DAMAGED)


def test_the_passphrase_gives_the_store_key_back(header: bytes) -> None:
    opened = open_header(header, "på tide å øve")

    assert opened.store_id == "store-1"
    assert opened.key == bytearray(KEY)


def test_it_does_not_matter_how_the_keyboard_composes_letters(header: bytes) -> None:
    assert open_header(header, "pa\u030a tide a\u030a øve").key == KEY


@pytest.mark.parametrize("passphrase", ["", "På tide å øve", "på tide å øve ", "pa tide a ove", "\ud800"])
def test_a_wrong_passphrase_is_told_as_such(header: bytes, passphrase: str) -> None:
    with pytest.raises(UserError) as refused:
        open_header(header, passphrase)

    assert (refused.value.code, refused.value.status) == ("RKV-STO-001", ExitStatus.LOCKED)


def test_any_flipped_bit_is_told_as_damage(header: bytes) -> None:
    for position in range(len(header)):
        for bit in range(8):
            flipped = bytearray(header)
            flipped[position] ^= 1 << bit
            assert_damaged(bytes(flipped))


def test_any_truncation_is_told_as_damage(header: bytes) -> None:
    for length in range(len(header)):
        assert_damaged(header[:length])
    assert_damaged(header + b" ")


def test_a_key_moved_to_another_store_does_not_open(header: bytes) -> None:
    with pytest.raises(UserError) as refused:
        open_header(changed(header, lambda content: content.update(store="store-2")), "på tide å øve")

    assert refused.value.code == "RKV-STO-001"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory_kib", 8 * 1024 - 1),
        ("memory_kib", 1024 * 1024 + 1),
        ("memory_kib", 2**70),
        ("memory_kib", "8192"),
        ("iterations", 0),
        ("iterations", 10_000),
        ("lanes", 0),
        ("lanes", 1000),
        ("name", "scrypt"),
    ],
)
def test_parameters_that_no_store_needs_are_refused_before_any_work(header: bytes, name: str, value: object) -> None:
    assert_damaged(changed(header, lambda content: content["slots"][0]["kdf"].update({name: value})))


@pytest.mark.parametrize("slots", [None, [], "x", [1], [{}], [{"kind": "passphrase"}], [{"kind": "passphrase"}] * 9])
def test_a_header_without_a_usable_slot_is_told_as_damage(header: bytes, slots: object) -> None:
    assert_damaged(changed(header, lambda content: content.update(slots=slots)))


def test_slots_of_a_later_kind_are_passed_over(header: bytes) -> None:
    later = {"kind": "security-key", "credential": "x"}

    opened = open_header(changed(header, lambda content: content["slots"].insert(0, later)), "på tide å øve")

    assert opened.key == KEY


@given(st.binary(max_size=300))
def test_other_files_are_told_as_damage(data: bytes) -> None:
    assert_damaged(data)
    assert_damaged(with_valid_digest(data))


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)))
def test_other_json_with_a_valid_digest_is_told_as_damage(content: object) -> None:
    assert_damaged(with_valid_digest(json.dumps({"store": "x", "slots": content}).encode()))


@settings(max_examples=10, deadline=None)
@given(st.text(max_size=30), st.binary(min_size=32, max_size=32))
def test_every_passphrase_opens_what_it_closed(passphrase: str, key: bytes) -> None:
    assert open_header(make_header("s", key, passphrase, CHEAP), passphrase).key == key


def test_two_headers_of_one_key_have_nothing_secret_in_common(header: bytes) -> None:
    slots = [json.loads(h.partition(b"\n")[2])["slots"][0] for h in (header, make_header("store-1", KEY, "x", CHEAP))]

    assert all(slots[0][name] != slots[1][name] for name in ("salt", "nonce", "wrapped"))


def test_showing_an_opened_header_does_not_show_the_key(header: bytes) -> None:
    assert repr(open_header(header, "på tide å øve")) == "OpenedHeader(store_id='store-1')"


def test_calibration_never_goes_below_the_minimum_or_above_what_opens() -> None:
    cost = calibrated_cost()

    assert MINIMUM_COST.memory_kib <= cost.memory_kib <= 256 * 1024
    assert cost.iterations >= MINIMUM_COST.iterations
    assert cost.lanes == MINIMUM_COST.lanes


@pytest.mark.parametrize(("key", "cost"), [(b"short", CHEAP), (KEY, KdfCost(1024, 1, 1)), (KEY, KdfCost(8192, 99, 1))])
def test_a_header_that_could_not_be_opened_is_not_made(key: bytes, cost: KdfCost) -> None:
    with pytest.raises(ValueError):
        make_header("s", key, "x", cost)
