# SPDX-License-Identifier: MIT
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.crypto.kdf import KdfCost
from rkv_app.crypto.key_header import check_seal, header_bytes, new_header, parse_header
from rkv_app.crypto.keyslots import add_passphrase, add_quick, add_recovery, key_slots, unlock, without
from rkv_app.crypto.recovery_words import new_recovery_words
from rkv_app.crypto.slots import Header
from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.errors import ExitStatus, UserError
from support.store_samples import PASSPHRASE

CHEAP = KdfCost(memory_kib=8192, iterations=1, lanes=1)
STORE = "c0d7cf9c-d0e8-41b3-892d-a1bb9c138613"
KEY = bytes(range(32))
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
OFFICE_SIZED = 3 * 1024

# Written by the version that only knew this format; the passphrase is "på tide å øve", the key 00 01 … 1f.
FIRST = (
    b"rkv-store/1 a3dcb0fdda7166760d67e4536910362766f04c97f866892209046172866139f4\n"
    b'{"slots":[{"kdf":{"iterations":1,"lanes":1,"memory_kib":8192,"name":"argon2id"},"kind":"passphrase",'
    b'"nonce":"EBuiEX2fqq+offMd","salt":"xIXV4aFZHM1v49xQUd7kpw==","wrapped":"k0Bam3+Y1SL6yIbyGqrG7ZxI5J9e5831hgxAEUxuycsIGNKhuXuMvqx8I4f3qbPD"}],"store":"c0d7cf9c-d0e8-41b3-892d-a1bb9c138613"}'
)


@pytest.fixture(scope="module")
def header() -> Header:
    made = add_passphrase(new_header(STORE), KEY, "på tide å øve", CHEAP, "Kontoret", NOW)
    made = add_recovery(made, KEY, new_recovery_words(), "Ark i safen", NOW)
    return add_quick(made, KEY, bytes(32), NOW + timedelta(hours=8), "start-1", NOW)


@pytest.fixture(scope="module")
def data(header: Header) -> bytes:
    return header_bytes(header, KEY)


def with_digest(body: bytes, format_name: str = "rkv-store/2") -> bytes:
    return f"{format_name} {hashlib.sha256(body).hexdigest()}\n".encode() + body


def rewritten(data: bytes, change: Callable[[dict], object]) -> bytes:
    """A header that somebody without the key changed on purpose, written as this program would write it."""
    content = json.loads(data.partition(b"\n")[2])
    change(content)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return with_digest(text.encode(), data[:11].decode())


def assert_damaged(data: bytes) -> None:
    with pytest.raises(UserError) as refused:
        parse_header(data)
    assert (refused.value.code, refused.value.status) == ("RKV-STO-010", ExitStatus.DAMAGED)


def assert_seal_broken(data: bytes) -> None:
    with pytest.raises(UserError) as refused:
        check_seal(data, parse_header(data), KEY)
    assert (refused.value.code, refused.value.status) == ("RKV-STO-010", ExitStatus.DAMAGED)


def test_what_was_written_is_what_is_read(header: Header, data: bytes) -> None:
    assert parse_header(data) == header
    check_seal(data, parse_header(data), KEY)
    assert data.startswith(b"rkv-store/2 ")


def test_any_flipped_bit_is_told_as_damage(data: bytes) -> None:
    for position in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[position] ^= 1 << bit
            assert_damaged(bytes(flipped))


def test_any_truncation_is_told_as_damage(data: bytes) -> None:
    for length in range(len(data)):
        assert_damaged(data[:length])
    assert_damaged(data + b" ")


def test_any_flipped_bit_behind_a_repaired_digest_is_damage_or_breaks_the_seal(data: bytes) -> None:
    body = data.partition(b"\n")[2]
    for position in range(len(body)):
        for bit in range(8):
            flipped = bytearray(body)
            flipped[position] ^= 1 << bit
            forged = with_digest(bytes(flipped))
            with pytest.raises(UserError) as refused:
                check_seal(forged, parse_header(forged), KEY)
            assert refused.value.code == "RKV-STO-010"


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["slots"].pop(),
        lambda content: content["slots"].pop(1),
        lambda content: content["slots"].append({**content["slots"][1], "id": "another"}),
        lambda content: content["slots"].reverse(),
        lambda content: content["slots"][0].update(label="Hjemme"),
        lambda content: content["slots"][0].update(id="another"),
        lambda content: content["slots"][1].update(created="2026-03-02T09:30:01Z"),
        lambda content: content["slots"][2].update(expires="2099-01-01T00:00:00Z"),
        lambda content: content["slots"][2].update(boot="start-2"),
        lambda content: content["slots"][0]["kdf"].update(memory_kib=16384),
        lambda content: content["slots"][0].update(made_as="rkv-store/1"),
        lambda content: content["seal"].update(tag="AAAAAAAAAAAAAAAAAAAAAA=="),
        lambda content: content["seal"].update(nonce="AAAAAAAAAAAAAAAA"),
        lambda content: content.update(store="00000000-0000-4000-8000-000000000000"),
    ],
)
def test_what_was_changed_without_the_key_breaks_the_seal(data: bytes, change: Callable[[dict], object]) -> None:
    assert_seal_broken(rewritten(data, change))


def test_a_slot_of_another_header_of_the_same_store_breaks_the_seal(header: Header, data: bytes) -> None:
    other = header_bytes(without(header, header.slots[1].id), KEY)
    old_slots = json.loads(data.partition(b"\n")[2])["slots"]

    assert_seal_broken(rewritten(other, lambda content: content.update(slots=old_slots)))


def test_a_seal_made_with_another_key_does_not_hold(header: Header) -> None:
    assert_seal_broken(header_bytes(header, bytes(32)))


def test_the_seal_of_one_file_does_not_vouch_for_another_header(header: Header, data: bytes) -> None:
    for file, other in ((data, without(header, header.slots[0].id)), (FIRST, header)):
        with pytest.raises(UserError) as refused:
            check_seal(file, other, KEY)
        assert refused.value.code == "RKV-STO-010"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("memory_kib", 8 * 1024 - 1),
        ("memory_kib", 1024 * 1024 + 1),
        ("memory_kib", -8192),
        ("memory_kib", 2**70),
        ("memory_kib", "8192"),
        ("memory_kib", 8192.0),
        ("memory_kib", None),
        ("iterations", 0),
        ("iterations", -1),
        ("iterations", True),
        ("iterations", 10_000),
        ("lanes", 0),
        ("lanes", 1000),
        ("name", "scrypt"),
    ],
)
@pytest.mark.parametrize("source", ["first", "present"])
def test_parameters_that_no_store_needs_are_refused_before_any_work(
    data: bytes, source: str, name: str, value: object
) -> None:
    assert_damaged(
        rewritten(
            FIRST if source == "first" else data, lambda content: content["slots"][0]["kdf"].update({name: value})
        )
    )


def test_a_header_may_not_ask_for_hours_of_work_in_many_slots(data: bytes) -> None:
    def dear(content: dict) -> None:
        slot = content["slots"][0]
        slot["kdf"].update(memory_kib=1024 * 1024, iterations=16)
        content["slots"] = [{**slot, "id": f"slot-{number}"} for number in range(3)]

    assert_damaged(rewritten(data, dear))


@pytest.mark.parametrize(
    ("number", "change"),
    [
        (0, {"id": ""}),
        (0, {"id": "UPPER"}),
        (0, {"id": "x" * 37}),
        (0, {"id": 1}),
        (0, {"label": "x" * 81}),
        (0, {"label": "two\nlines"}),
        (0, {"label": None}),
        (0, {"created": None}),
        (0, {"created": "2026-03-02T09:30:00"}),
        (0, {"created": "2026-03-02T09:30:00+00:00"}),
        (0, {"created": "2026-13-02T09:30:00Z"}),
        (0, {"created": "٢٠٢٦-03-02T09:30:00Z"}),
        (0, {"kind": "security-key"}),
        (0, {"kind": ["passphrase"]}),
        (0, {"made_as": "rkv-store/3"}),
        (0, {"salt": "AAAA"}),
        (0, {"nonce": "AAAA"}),
        (0, {"wrapped": "A" * 400}),
        (0, {"wrapped": "not base64"}),
        (0, {"extra": 1}),
        (1, {"made_as": "rkv-store/1", "created": None}),
        (1, {"nonce": None}),
        (2, {"boot": ""}),
        (2, {"boot": "x" * 129}),
        (2, {"boot": 7}),
        (2, {"expires": None}),
        (2, {"kind": "office", "certificate": ""}),
        (2, {"kind": "office", "certificate": "AAAA" * OFFICE_SIZED}),
    ],
)
def test_a_slot_that_this_program_would_not_write_is_damage(data: bytes, number: int, change: dict) -> None:
    assert_damaged(rewritten(data, lambda content: content["slots"][number].update(change)))


@pytest.mark.parametrize("slots", [None, [], "x", [1], [{}], [{"kind": "passphrase"}], {}])
@pytest.mark.parametrize("source", ["first", "present"])
def test_a_header_without_a_usable_slot_is_damage(data: bytes, source: str, slots: object) -> None:
    assert_damaged(rewritten(FIRST if source == "first" else data, lambda content: content.update(slots=slots)))


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["slots"].append(content["slots"][0]),
        lambda content: content.update(slots=[{**content["slots"][1], "id": f"s{n}"} for n in range(9)]),
        lambda content: content.update(slots=content["slots"][2:]),
        lambda content: content.update(extra=1),
        lambda content: content.pop("seal"),
        lambda content: content.pop("store"),
        lambda content: content.update(store=STORE.upper()),
        lambda content: content.update(store="store-1"),
        lambda content: content["seal"].update(tag="AAAA"),
    ],
)
def test_a_header_that_this_program_would_not_write_is_damage(data: bytes, change: Callable[[dict], object]) -> None:
    assert_damaged(rewritten(data, change))


def test_the_same_content_written_in_another_way_is_damage(data: bytes) -> None:
    body = data.partition(b"\n")[2]
    assert_damaged(with_digest(json.dumps(json.loads(body)).encode()))
    assert_damaged(with_digest(body.replace(b'{"seal"', b'{"seal":1,"seal"', 1)))


@pytest.mark.parametrize(
    "body", [b"", b"[" * 60_000, b'{"a":' * 10_000, b"1" * 5000, b"NaN", b"\xff", b'"\\ud800"', b" " * 2**20, b"null"]
)
def test_hostile_bodies_are_told_as_damage(body: bytes) -> None:
    for format_name in ("rkv-store/1", "rkv-store/2", "rkv-store/3"):
        assert_damaged(with_digest(body, format_name))


@given(st.binary(max_size=300))
def test_other_files_are_told_as_damage(content: bytes) -> None:
    assert_damaged(content)
    assert_damaged(with_digest(content))
    assert_damaged(with_digest(content, "rkv-store/1"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
NAMES = ["id", "kind", "label", "created", "made_as", "kdf", "salt", "nonce", "wrapped"]


@given(JSON, st.sampled_from(["rkv-store/1", "rkv-store/2"]))
def test_other_json_with_a_valid_digest_is_told_as_damage(content: object, format_name: str) -> None:
    assert_damaged(with_digest(json.dumps({"store": STORE, "slots": content}).encode(), format_name))


@given(st.sampled_from(NAMES), JSON, st.integers(min_value=0, max_value=2))
def test_any_value_in_any_field_is_damage_or_breaks_the_seal(name: str, value: object, number: int) -> None:
    made = add_recovery(new_header(STORE), KEY, WORDS, "Ark", NOW)
    made = Header(STORE, tuple(replace(made.slots[0], id=f"slot-{place}") for place in range(3)))
    before = header_bytes(made, KEY)
    forged = rewritten(before, lambda content: content["slots"][number].update({name: value}))
    if forged != before:
        with pytest.raises(UserError) as refused:
            check_seal(forged, parse_header(forged), KEY)
        assert refused.value.code == "RKV-STO-010"


WORDS = new_recovery_words()


def opened(header: Header, passphrase: str) -> bytearray:
    return unlock(header, Passphrase(passphrase), now=NOW, boot="", quick_secret=lambda store_id: None)


def test_a_header_of_the_first_version_opens() -> None:
    header = parse_header(FIRST)

    assert opened(header, "på tide å øve") == KEY
    check_seal(FIRST, header, KEY)
    assert [(slot.kind, slot.label, slot.created) for slot in key_slots(header)] == [("passphrase", "", None)]


def test_a_way_in_of_the_first_version_still_opens_beside_new_ones() -> None:
    """Its key is wrapped for the first format, and nobody has to type the passphrase for it to be carried over."""
    data = header_bytes(add_recovery(parse_header(FIRST), KEY, WORDS, "Ark", NOW), KEY)
    header = parse_header(data)

    check_seal(data, header, KEY)
    assert opened(header, "på tide å øve") == KEY
    assert data.startswith(b"rkv-store/2 ")


def test_a_store_of_the_first_version_opens() -> None:
    samples = Path(__file__).resolve().parents[2] / "data" / "stores" / "0001"
    header = parse_header((samples / "adviser.rkv.key").read_bytes())

    assert len(opened(header, PASSPHRASE)) == 32
    assert UUID(header.store_id).bytes == (samples / "adviser.rkv").read_bytes()[:16]


def test_a_header_of_the_first_version_has_one_slot() -> None:
    assert_damaged(rewritten(FIRST, lambda content: content["slots"].append(content["slots"][0])))


def test_any_flipped_bit_of_the_first_version_is_told_as_damage() -> None:
    for position in range(len(FIRST)):
        for bit in range(8):
            flipped = bytearray(FIRST)
            flipped[position] ^= 1 << bit
            assert_damaged(bytes(flipped))


def test_a_header_that_could_not_be_read_again_is_not_written(header: Header) -> None:
    only_quick = Header(STORE, header.slots[2:])
    for bad, key in ((new_header(STORE), KEY), (only_quick, KEY), (header, b"short")):
        with pytest.raises(ValueError):
            header_bytes(bad, key)
    with pytest.raises(ValueError):
        new_header("store-1")
