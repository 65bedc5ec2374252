# SPDX-License-Identifier: MIT
import dataclasses
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.crypto.identity import Identity
from rkv_app.crypto.kdf import KdfCost
from rkv_app.crypto.key_header import check_seal, header_bytes, new_header, parse_header
from rkv_app.crypto.keyslots import (
    add_office,
    add_passphrase,
    add_quick,
    add_recovery,
    key_slots,
    replace_passphrase,
    unlock,
    without,
)
from rkv_app.crypto.recovery_words import new_recovery_words
from rkv_app.crypto.slots import Header
from rkv_app.domain.stores import OfficeKey, Passphrase, QuickUnlock, RecoveryWords, SlotKind, WayIn
from rkv_app.foundation.errors import UserError

CHEAP = KdfCost(memory_kib=8192, iterations=1, lanes=1)
STORE = "c0d7cf9c-d0e8-41b3-892d-a1bb9c138613"
OTHER_STORE = "00000000-0000-4000-8000-000000000000"
KEY = bytes(range(32))
SECRET = bytes(range(32, 64))
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
WORDS = new_recovery_words()
EMPTY = new_header(STORE)

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
Office = tuple[bytes, OfficeKey]


def opened(
    header: Header, way: WayIn, *, now: datetime = NOW, boot: str = "start-1", secret: bytes | None = SECRET
) -> bytearray:
    return unlock(header, way, now=now, boot=boot, quick_secret=lambda store_id: secret)


def refusal(
    header: Header, way: WayIn, *, now: datetime = NOW, boot: str = "start-1", secret: bytes | None = SECRET
) -> str:
    with pytest.raises(UserError) as refused:
        opened(header, way, now=now, boot=boot, secret=secret)
    return refused.value.code


def refused_as(change: Callable[[], object]) -> str:
    with pytest.raises(UserError) as refused:
        change()
    return refused.value.code


@pytest.fixture(scope="module")
def header() -> Header:
    return add_passphrase(EMPTY, KEY, "på tide å øve", CHEAP, "Kontoret", NOW)


def office_for(
    key: PrivateKey,
    certificate_for: Callable[[PrivateKey], bytes],
    pkcs12_for: Callable[[PrivateKey, bytes], bytes],
) -> Office:
    pem = certificate_for(key)
    certificate = x509.load_pem_x509_certificate(pem).public_bytes(serialization.Encoding.DER)
    return certificate, OfficeKey(pkcs12_for(key, pem), "test")


@pytest.fixture(scope="module")
def office(certificate_for: Callable[[PrivateKey], bytes], pkcs12_for: Callable[[PrivateKey, bytes], bytes]) -> Office:
    return office_for(ec.generate_private_key(ec.SECP256R1()), certificate_for, pkcs12_for)


@pytest.fixture(scope="module")
def rsa_office(
    rsa_key: rsa.RSAPrivateKey,
    certificate_for: Callable[[PrivateKey], bytes],
    pkcs12_for: Callable[[PrivateKey, bytes], bytes],
) -> Office:
    return office_for(rsa_key, certificate_for, pkcs12_for)


# Passphrases


def test_the_passphrase_gives_the_store_key_back(header: Header) -> None:
    assert opened(header, Passphrase("på tide å øve")) == KEY
    assert opened(header, Passphrase("pa\u030a tide a\u030a øve")) == KEY


@pytest.mark.parametrize("passphrase", ["", "På tide å øve", "på tide å øve ", "pa tide a ove", "\ud800"])
def test_a_wrong_passphrase_is_told_as_such(header: Header, passphrase: str) -> None:
    assert refusal(header, Passphrase(passphrase)) == "RKV-STO-001"


def test_each_of_several_passphrases_opens(header: Header) -> None:
    both = add_passphrase(header, KEY, "en annen frase", CHEAP, "Hjemme", NOW)

    assert opened(both, Passphrase("på tide å øve")) == opened(both, Passphrase("en annen frase")) == KEY


def test_a_changed_passphrase_takes_the_place_of_the_old_one(header: Header) -> None:
    later = NOW + timedelta(days=1)

    changed = replace_passphrase(header, header.slots[0].id, KEY, "en annen frase", CHEAP, later)

    assert opened(changed, Passphrase("en annen frase")) == KEY
    assert refusal(changed, Passphrase("på tide å øve")) == "RKV-STO-001"
    assert key_slots(changed) == (dataclasses.replace(key_slots(header)[0], created=later),)


def test_only_a_passphrase_is_changed_as_a_passphrase(header: Header) -> None:
    both = add_recovery(header, KEY, WORDS, "", NOW)
    for slot_id in (both.slots[1].id, "unknown"):
        assert (
            refused_as(lambda slot_id=slot_id: replace_passphrase(both, slot_id, KEY, "x", CHEAP, NOW)) == "RKV-STO-019"
        )


@settings(max_examples=10)
@given(st.text(max_size=30), st.binary(min_size=32, max_size=32))
def test_every_passphrase_opens_what_it_closed(passphrase: str, key: bytes) -> None:
    assert opened(add_passphrase(EMPTY, key, passphrase, CHEAP, "", NOW), Passphrase(passphrase)) == key


def test_two_slots_of_one_key_have_nothing_secret_in_common(header: Header) -> None:
    both = add_passphrase(header, KEY, "på tide å øve", CHEAP, "", NOW)
    slots = json.loads(header_bytes(both, KEY).partition(b"\n")[2])["slots"]

    assert all(slots[0][name] != slots[1][name] for name in ("id", "salt", "nonce", "wrapped"))


@pytest.mark.parametrize(("key", "cost"), [(b"short", CHEAP), (KEY, KdfCost(1024, 1, 1)), (KEY, KdfCost(8192, 99, 1))])
def test_a_passphrase_that_could_not_open_is_not_added(key: bytes, cost: KdfCost) -> None:
    with pytest.raises(ValueError):
        add_passphrase(EMPTY, key, "x", cost, "", NOW)


# Recovery words


def test_the_words_of_the_sheet_open() -> None:
    header = add_recovery(EMPTY, KEY, WORDS, "Ark i safen", NOW)

    assert opened(header, RecoveryWords(WORDS)) == KEY
    assert opened(header, RecoveryWords(WORDS.upper().replace(" ", "\n"))) == KEY


def test_wrong_words_are_told_as_such() -> None:
    header = add_recovery(EMPTY, KEY, WORDS, "Ark i safen", NOW)

    assert refusal(header, RecoveryWords(new_recovery_words())) == "RKV-STO-008"
    assert refusal(header, RecoveryWords(WORDS + " ekorn")) == "RKV-STO-008"
    assert refused_as(lambda: add_recovery(EMPTY, KEY, "ekorn", "", NOW)) == "RKV-STO-008"


# Quick unlock


@pytest.fixture(scope="module")
def quick(header: Header) -> Header:
    return add_quick(header, KEY, SECRET, NOW + timedelta(hours=8), "start-1", NOW)


@pytest.mark.parametrize("after", [timedelta(0), timedelta(hours=7, minutes=59, seconds=59)])
def test_quick_unlock_opens_for_as_long_as_was_said(quick: Header, after: timedelta) -> None:
    assert opened(quick, QuickUnlock(), now=NOW + after) == KEY
    assert opened(quick, QuickUnlock(), now=(NOW + after).astimezone(timezone(timedelta(hours=5)))) == KEY


@pytest.mark.parametrize(
    ("after", "boot", "secret"),
    [
        (timedelta(hours=8), "start-1", SECRET),
        (timedelta(days=400), "start-1", SECRET),
        (timedelta(seconds=-1), "start-1", SECRET),
        (timedelta(days=-400), "start-1", SECRET),
        (timedelta(0), "start-2", SECRET),
        (timedelta(0), "", SECRET),
        (timedelta(0), "start-1", None),
        (timedelta(0), "start-1", b""),
        (timedelta(0), "start-1", SECRET[:-1]),
        (timedelta(0), "start-1", bytes(32)),
    ],
)
def test_quick_unlock_ends_with_time_restart_clock_set_back_or_another_secret(
    quick: Header, after: timedelta, boot: str, secret: bytes | None
) -> None:
    assert refusal(quick, QuickUnlock(), now=NOW + after, boot=boot, secret=secret) == "RKV-STO-009"


def test_the_key_store_is_asked_for_this_store_and_only_where_it_can_help(quick: Header) -> None:
    asked: list[str] = []

    def quick_secret(store_id: str) -> bytes:
        asked.append(store_id)
        return SECRET

    unlock(quick, QuickUnlock(), now=NOW, boot="start-1", quick_secret=quick_secret)
    with pytest.raises(UserError):
        unlock(quick, QuickUnlock(), now=NOW + timedelta(days=1), boot="start-1", quick_secret=quick_secret)
    assert asked == [STORE]


def test_quick_unlock_takes_the_place_of_what_ran_out_or_was_of_the_same_start(quick: Header) -> None:
    again = add_quick(quick, KEY, SECRET, NOW + timedelta(hours=9), "start-1", NOW + timedelta(hours=1))
    elsewhere = add_quick(again, KEY, SECRET, NOW + timedelta(hours=9), "start-2", NOW + timedelta(hours=1))
    next_day = add_quick(elsewhere, KEY, SECRET, NOW + timedelta(days=2), "start-3", NOW + timedelta(days=1))

    assert [len(one.slots) for one in (quick, again, elsewhere, next_day)] == [2, 2, 3, 2]


@pytest.mark.parametrize(("secret", "boot"), [(b"short", "start-1"), (SECRET, ""), (SECRET, "ø"), (SECRET, "x" * 129)])
def test_quick_unlock_that_could_not_open_is_not_added(header: Header, secret: bytes, boot: str) -> None:
    with pytest.raises(ValueError):
        add_quick(header, KEY, secret, NOW + timedelta(hours=8), boot, NOW)


# Office keys


@pytest.mark.parametrize("kind", ["office", "rsa_office"])
def test_the_office_key_opens(kind: str, request: pytest.FixtureRequest) -> None:
    certificate, office_key = request.getfixturevalue(kind)
    data = header_bytes(add_office(EMPTY, KEY, certificate, "Fylkeskommunen", NOW), KEY)

    header = parse_header(data)

    assert opened(header, office_key) == KEY
    assert header.slots[0].certificate == certificate


def test_an_office_key_that_does_not_open_is_told_as_such(office: Office, rsa_office: Office) -> None:
    certificate, office_key = office
    header = add_office(EMPTY, KEY, certificate, "", NOW)

    for wrong in (
        rsa_office[1],
        OfficeKey(office_key.pkcs12, "wrong"),
        OfficeKey(office_key.pkcs12, "\ud800"),
        OfficeKey(office_key.pkcs12, ""),
        OfficeKey(office_key.pkcs12[:-1], "test"),
        OfficeKey(b"", "test"),
        OfficeKey(certificate, "test"),
    ):
        assert refusal(header, wrong) == "RKV-STO-016"


def test_each_of_several_office_keys_opens(office: Office, rsa_office: Office) -> None:
    header = add_office(add_office(EMPTY, KEY, office[0], "", NOW), KEY, rsa_office[0], "", NOW)

    assert opened(header, office[1]) == opened(header, rsa_office[1]) == KEY


def test_a_certificate_of_another_kind_is_refused(
    office: Office, identity: Identity, certificate_for: Callable[[PrivateKey], bytes]
) -> None:
    long_curve = x509.load_pem_x509_certificate(certificate_for(ec.generate_private_key(ec.SECP384R1())))
    for certificate in (b"", b"nonsense", office[0] + bytes(4096), long_curve.public_bytes(serialization.Encoding.DER)):
        with pytest.raises(UserError) as refused:
            add_office(EMPTY, KEY, certificate, "", NOW)
        assert refused.value.code == "RKV-STO-016"
    add_office(EMPTY, KEY, identity.sealing_certificate, "", NOW)


# All kinds together


def test_a_way_in_moved_to_another_store_does_not_open(header: Header, office: Office) -> None:
    full = add_office(add_recovery(header, KEY, WORDS, "", NOW), KEY, office[0], "", NOW)
    full = add_quick(full, KEY, SECRET, NOW + timedelta(hours=8), "start-1", NOW)

    moved = dataclasses.replace(full, store_id=OTHER_STORE)

    assert refusal(moved, Passphrase("på tide å øve")) == "RKV-STO-001"
    assert refusal(moved, RecoveryWords(WORDS)) == "RKV-STO-008"
    assert refusal(moved, QuickUnlock()) == "RKV-STO-009"
    assert refusal(moved, office[1]) == "RKV-STO-016"


def test_a_way_in_whose_description_was_changed_does_not_open(header: Header, office: Office) -> None:
    full = add_office(add_recovery(header, KEY, WORDS, "", NOW), KEY, office[0], "", NOW)
    full = add_quick(full, KEY, SECRET, NOW + timedelta(hours=8), "start-1", NOW)
    renamed = dataclasses.replace(full, slots=tuple(dataclasses.replace(slot, label="x") for slot in full.slots))
    longer = dataclasses.replace(full, slots=(dataclasses.replace(full.slots[3], expires=NOW + timedelta(days=99)),))

    assert refusal(renamed, Passphrase("på tide å øve")) == "RKV-STO-001"
    assert refusal(renamed, RecoveryWords(WORDS)) == "RKV-STO-008"
    assert refusal(renamed, office[1]) == "RKV-STO-016"
    assert refusal(longer, QuickUnlock()) == "RKV-STO-009"


def test_a_way_that_the_store_does_not_have_is_told_as_such(header: Header) -> None:
    only_words = add_recovery(EMPTY, KEY, WORDS, "", NOW)

    assert refusal(only_words, Passphrase("på tide å øve")) == "RKV-STO-019"
    for way in (RecoveryWords(WORDS), QuickUnlock(), OfficeKey(b"", "")):
        assert refusal(header, way) == "RKV-STO-019"


def test_the_last_lasting_way_in_stays(header: Header, quick: Header, office: Office) -> None:
    only_words = add_recovery(EMPTY, KEY, WORDS, "", NOW)
    only_office = add_office(EMPTY, KEY, office[0], "", NOW)

    for one in (header, quick, only_words, only_office):
        assert refused_as(lambda one=one: without(one, one.slots[0].id)) == "RKV-STO-017"
    assert refused_as(lambda: without(quick, "unknown")) == "RKV-STO-019"
    assert without(quick, quick.slots[1].id) == header
    assert opened(without(add_recovery(header, KEY, WORDS, "", NOW), header.slots[0].id), RecoveryWords(WORDS)) == KEY


def test_the_ninth_way_in_is_refused(header: Header) -> None:
    full = header
    for _ in range(7):
        full = add_recovery(full, KEY, WORDS, "", NOW)

    parse_header(header_bytes(full, KEY))
    assert refused_as(lambda: add_recovery(full, KEY, WORDS, "", NOW)) == "RKV-STO-019"


def test_eight_of_the_largest_certificates_still_fit_into_a_header(office: Office) -> None:
    one = add_office(EMPTY, KEY, office[0], "æ" * 80, NOW).slots[0]
    largest = dataclasses.replace(one, certificate=bytes(3 * 1024), wrapped=bytes(2 * 1024))
    full = Header(STORE, tuple(dataclasses.replace(largest, id=f"{number:0>36}") for number in range(8)))

    assert parse_header(header_bytes(full, KEY)) == full


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Hjemme \n igjen\t", "Hjemme igjen"),
        ("x" * 200, "x" * 80),
        ("\ud800\x00\u202e", ""),
        ("Ørjans ark", "Ørjans ark"),
    ],
)
def test_a_label_is_kept_as_one_short_line(header: Header, given: str, kept: str) -> None:
    made = add_recovery(header, KEY, WORDS, given, NOW)

    assert key_slots(parse_header(header_bytes(made, KEY)))[1].label == kept


def test_a_moment_without_a_time_zone_is_a_mistake() -> None:
    with pytest.raises(ValueError):
        add_recovery(EMPTY, KEY, WORDS, "", NOW.replace(tzinfo=None))


def test_nothing_secret_shows_when_values_are_shown(quick: Header, office: Office) -> None:
    full = add_office(add_recovery(quick, KEY, WORDS, "", NOW), KEY, office[0], "", NOW)
    ways = (Passphrase("på tide å øve"), RecoveryWords(WORDS), QuickUnlock(), office[1])
    shown = repr((full, key_slots(full), ways))

    for secret in ("på tide", WORDS, WORDS.split()[0] + " ", repr(KEY), repr(SECRET), repr(office[1].pkcs12), "\\x"):
        assert secret not in shown


STEPS = st.lists(
    st.tuples(st.sampled_from(["passphrase", "recovery", "quick", "office", "replace", "remove"]), st.integers(0, 7)),
    max_size=8,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_no_order_of_changes_loses_the_last_way_in_or_brings_a_removed_one_back(
    header: Header, office: Office, steps: list[tuple[str, int]]
) -> None:
    ways: dict[str, WayIn] = {header.slots[0].id: Passphrase("på tide å øve")}
    gone: list[WayIn] = []
    for number, (step, place) in enumerate(steps):
        slot = header.slots[place % len(header.slots)]
        before, way = header, None
        try:
            if step == "passphrase":
                way = Passphrase(f"frase {number}")
                header = add_passphrase(header, KEY, f"frase {number}", CHEAP, "", NOW)
            elif step == "recovery":
                way = RecoveryWords(new_recovery_words())
                header = add_recovery(header, KEY, way.text, "", NOW)
            elif step == "quick":
                way = QuickUnlock()
                header = add_quick(header, KEY, SECRET, NOW + timedelta(hours=8), "start-1", NOW)
            elif step == "office":
                way = office[1]
                header = add_office(header, KEY, office[0], "", NOW)
            elif step == "replace":
                header = replace_passphrase(header, slot.id, KEY, f"frase {number}", CHEAP, NOW)
                gone.append(ways[slot.id])
                ways[slot.id] = Passphrase(f"frase {number}")
            else:
                header = without(header, slot.id)
        except UserError as refused:
            expected = {"replace": "RKV-STO-019", "remove": "RKV-STO-017"}.get(step, "RKV-STO-019")
            assert refused.code == expected  # noqa: PT017 (one of many steps may be refused)
            assert step != "replace" or slot.kind is not SlotKind.PASSPHRASE
            continue
        for lost in {one.id for one in before.slots} - {one.id for one in header.slots}:
            gone.append(ways.pop(lost))
        if way is not None:
            ways[header.slots[-1].id] = way
    data = header_bytes(header, KEY)
    header = parse_header(data)
    check_seal(data, header, KEY)
    assert {slot.id for slot in header.slots} == set(ways)
    assert any(slot.kind is not SlotKind.QUICK for slot in header.slots)
    for way in ways.values():
        assert opened(header, way) == KEY
    for way in gone:
        if way not in ways.values():
            assert refusal(header, way) in {"RKV-STO-001", "RKV-STO-008", "RKV-STO-009", "RKV-STO-016", "RKV-STO-019"}
