# SPDX-License-Identifier: MIT
"""Whatever the bytes, a parser answers or refuses; it never crashes and never takes altered bytes for whole ones."""

import io
import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rkv_app.crypto.envelope import unseal
from rkv_app.foundation.errors import UserError
from rkv_app.packets.cards import read_card, write_card
from rkv_app.packets.checking import check_signed_container
from rkv_app.packets.container import NewFile, is_file_name, read_container
from rkv_app.packets.manifest import Manifest, Reference, read_manifest, write_manifest
from rkv_app.packets.messages import read_message
from rkv_app.packets.xml_reading import parse_untrusted_xml
from support import hand_made, honest_parts
from support import packet_forgery as forgery
from support import packet_samples as samples
from support.containers import packed

FUZZ = settings(max_examples=150)
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


def _element(first: bytes, second: bytes) -> bytes:
    return b"<b c='" + second[:5].replace(b"<", b"").replace(b"'", b"") + b"'>" + first + b"</b>" + second


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


@FUZZ
@given(content=st.recursive(st.just(b""), lambda inner: st.builds(_element, inner, inner), max_leaves=12))
def test_xml_of_any_shape_is_read_or_refused(content: bytes) -> None:
    answer(parse_untrusted_xml, b"<a>" + content + b"</a>")


@FUZZ
@given(declared=st.sampled_from([b"<!DOCTYPE a>", b'<!DOCTYPE a [<!ENTITY b "c">]>', b'<!DOCTYPE a SYSTEM "x">']),
       encoding=st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32", "utf-7", "cp037"]))  # fmt: skip
def test_no_encoding_smuggles_a_document_type_in(declared: bytes, encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{declared.decode()}<a/>'
    assert not answer(parse_untrusted_xml, text.encode(encoding))


@FUZZ
@given(changes=edits)
def test_a_card_whose_owner_signed_anything_at_all_is_read_or_refused(changes: list[tuple[int, int, bytes]]) -> None:
    payload = honest_parts.card_payload("adviser")
    answer(read_card, honest_parts.card_file("adviser", edited(payload, changes)))


@FUZZ
@given(field=st.sampled_from(["innhold", "signatur", "schema"]), value=trees)
def test_any_value_in_any_field_of_a_card_is_refused(field: str, value: object) -> None:
    shell = {**json.loads(CARD), field: value}
    assert not answer(read_card, json.dumps(shell).encode())


SEALED = {
    "definite": hand_made.Seal(infos=[hand_made.key_info(hand_made.identity("county").sealing_certificate)]).around(
        b"sealed" * 20
    ),
    "streamed": hand_made.streamed(
        [hand_made.key_info(hand_made.identity("county").sealing_certificate)], b"sealed" * 20
    ),
}


@pytest.mark.parametrize("form", SEALED)
@FUZZ
@given(changes=edits)
def test_no_edit_of_a_seal_gives_other_bytes(form: str, changes: list[tuple[int, int, bytes]]) -> None:
    out = io.BytesIO()
    try:
        unseal(io.BytesIO(edited(SEALED[form], changes)), out, hand_made.identity("county"))
    except UserError:
        return
    assert out.getvalue() == b"sealed" * 20


@FUZZ
@given(header=st.binary(max_size=300))
def test_any_recipients_are_refused_by_a_reader_they_do_not_name(header: bytes) -> None:
    sealed = hand_made.Seal(infos=[header]).around(b"x")
    assert not answer(lambda data: unseal(io.BytesIO(data), io.BytesIO(), hand_made.identity("county")), sealed)


references = st.lists(
    st.builds(
        Reference, st.text("abcæ&<\"'.", min_size=1, max_size=8), st.just("a/b"), st.binary(min_size=32, max_size=32)
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda reference: reference.name,
)


@FUZZ
@given(references=references)
def test_what_is_written_in_a_manifest_is_what_is_read(references: list[Reference]) -> None:
    manifest = Manifest("META-INF/signature-1.p7s", tuple(references))
    assert read_manifest(write_manifest(manifest)) == manifest


@FUZZ
@given(
    files=st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9.]{0,8}[a-z]", fullmatch=True), st.binary(max_size=300), max_size=6
    )
)
def test_a_container_gives_back_what_was_put_in(files: dict[str, bytes]) -> None:
    names = {name: content for name, content in files.items() if is_file_name(name) and name != "mimetype"}
    written = packed([NewFile(name, content) for name, content in names.items()])
    assert dict(read_container(written).files) == names
