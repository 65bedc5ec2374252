# SPDX-License-Identifier: MIT
"""Whatever the bytes, a parser answers or refuses; it never crashes and never takes altered bytes for whole ones."""

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.foundation.errors import UserError
from rkv_app.packets.cards import read_card, write_card
from rkv_app.packets.checking import check_signed_container
from rkv_app.packets.container import read_container
from rkv_app.packets.manifest import read_manifest
from rkv_app.packets.messages import read_message
from support import packet_forgery as forgery
from support import packet_samples as samples

FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FILES = {"a.txt": b"one" * 9, "b.txt": b"two"}
CONTAINER = forgery.container(FILES, extra={"META-INF/manifest.xml": b"<m/>"})
MANIFEST = forgery.manifest_for(FILES)
MESSAGE = forgery.honest().files["rkv.json"]
CARD = write_card(samples.card("adviser"), samples.identity("adviser"), samples.AT)
READERS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "container": (read_container, CONTAINER),
    "signed": (check_signed_container, CONTAINER),
    "manifest": (read_manifest, MANIFEST),
    "message": (read_message, MESSAGE),
    "card": (read_card, CARD),
}

edits = st.lists(
    st.tuples(st.integers(0, 1_000_000), st.integers(0, 12), st.binary(max_size=12)), min_size=1, max_size=4
)


def edited(honest: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    data = bytearray(honest)
    for place, removed, inserted in changes:
        at = place % (len(data) + 1)
        data[at : at + removed] = inserted
    return bytes(data)


def answer(read: Callable[[bytes], object], data: bytes) -> bool:
    try:
        read(data)
    except UserError:
        return False
    return True


@pytest.mark.parametrize("name", READERS)
@FUZZ
@given(data=st.binary(max_size=400))
def test_random_bytes_are_refused(name: str, data: bytes) -> None:
    assert not answer(READERS[name][0], data)


@pytest.mark.parametrize("name", READERS)
@FUZZ
@given(changes=edits)
def test_an_edited_file_is_read_or_refused_but_never_breaks_the_reader(
    name: str, changes: list[tuple[int, int, bytes]]
) -> None:
    read, honest = READERS[name]
    answer(read, edited(honest, changes))


@FUZZ
@given(changes=edits)
def test_no_edit_of_a_signed_container_gives_other_files(changes: list[tuple[int, int, bytes]]) -> None:
    try:
        signed = check_signed_container(edited(CONTAINER, changes))
    except UserError:
        return
    assert dict(signed.container.files) == FILES


@FUZZ
@given(changes=edits)
def test_no_edit_of_a_card_gives_another_card(changes: list[tuple[int, int, bytes]]) -> None:
    try:
        card = read_card(edited(CARD, changes))
    except UserError:
        return
    assert card == samples.card("adviser")


trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@FUZZ
@given(field=st.sampled_from(sorted(json.loads(MESSAGE))), value=trees)
def test_any_value_in_any_field_is_read_or_refused(field: str, value: object) -> None:
    tree = {**json.loads(MESSAGE), field: value}
    answer(read_message, json.dumps(tree).encode())
