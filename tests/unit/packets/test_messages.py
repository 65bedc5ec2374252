# SPDX-License-Identifier: MIT
"""`rkv.json` says the same on both sides, takes nothing it does not know, and hides nothing from the reader."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from rkv_app.domain.exchange import Card, MessageType
from rkv_app.foundation.errors import UserError
from rkv_app.packets.drafts import read_draft
from rkv_app.packets.json_reading import clean_text, parse_untrusted_json
from rkv_app.packets.messages import (
    FileEntry,
    FileRole,
    MessageFields,
    json_schema,
    read_message,
    record_json,
    write_message,
)
from support import packet_samples as samples

PUBLISHED = Path(__file__).resolve().parents[3] / "docs" / "formats" / "rkv-pakke-1.schema.json"
MAIN = FileEntry(
    navn="hoveddokument.pdf",
    visningsnavn="Søknad.pdf",
    sha256="0" * 64,
    stoerrelse=9,
    rolle=FileRole.MAIN,
    mediatype="application/pdf",
)


def fields(kind: MessageType = MessageType.APPLICATION) -> MessageFields:
    return MessageFields(
        type=kind,
        message_id="11111111-2222-4333-8444-555555555555",
        conversation_id=samples.CONVERSATION,
        answers="",
        created=samples.AT,
        expires=date(2027, 1, 31),
        sender=samples.card("adviser"),
        recipients=["a" * 64, "kode"],
        reply_token=samples.TOKEN,
        files=[MAIN],
        content=samples.CONTENTS[kind],
    )


def changed(change: Callable[[dict], object], kind: MessageType = MessageType.APPLICATION) -> bytes:
    tree = json.loads(write_message(fields(kind)))
    change(tree)
    return json.dumps(tree).encode()


def code_of(data: bytes) -> str:
    with pytest.raises(UserError) as caught:
        read_message(data)
    return caught.value.code


@pytest.mark.parametrize("kind", list(samples.CONTENTS), ids=lambda kind: kind.value)
def test_what_is_written_is_read_back(kind: MessageType) -> None:
    read = read_message(write_message(fields(kind)))
    assert MessageType(read.type) is kind
    assert read.content == samples.CONTENTS[kind]
    assert read.sender == samples.card("adviser")
    assert (read.created, read.expires, read.files) == (samples.AT, date(2027, 1, 31), (MAIN,))


@pytest.mark.parametrize("kind", list(samples.CONTENTS), ids=lambda kind: kind.value)
def test_every_message_follows_the_published_schema(kind: MessageType) -> None:
    schema = json.loads(PUBLISHED.read_bytes())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(write_message(fields(kind))), schema, jsonschema.Draft202012Validator)


def test_the_published_schema_is_the_one_the_program_uses() -> None:
    assert PUBLISHED.read_bytes() == json_schema(), "write it anew: docs/formats/rkv-pakke-1.schema.json"


@pytest.mark.parametrize("kind", list(samples.CONTENTS), ids=lambda kind: kind.value)
def test_the_content_in_the_pdf_is_the_content_in_the_message(kind: MessageType) -> None:
    whole = write_message(fields(kind))
    record = json.loads(record_json(samples.CONTENTS[kind]))
    assert record == {name: json.loads(whole)[name] for name in ("schema", "type", "innhold")}


@pytest.mark.parametrize("kind", list(samples.CONTENTS), ids=lambda kind: kind.value)
def test_a_packet_can_be_made_again_of_what_the_pdf_carries(kind: MessageType) -> None:
    draft = read_draft(record_json(samples.CONTENTS[kind]))
    assert (draft.type, draft.content) == (kind, samples.CONTENTS[kind])


def test_header_fields_have_the_names_of_the_profile() -> None:
    tree = json.loads(write_message(fields()))
    assert tree.keys() == {
        *("schema", "type", "meldingId", "samtaleId", "svarPaa", "opprettet", "utloper"),
        *("avsender", "mottakere", "svarToken", "filer", "innhold"),
    }
    assert tree["schema"] == "rkv-pakke/1"


WRONG: dict[str, Callable[[dict], object]] = {
    "unknown_field": lambda tree: tree.update(extra=1),
    "unknown_field_deep_in_the_content": lambda tree: tree["innhold"]["candidate"].update(extra=1),
    "missing_field": lambda tree: tree.pop("mottakere"),
    "no_recipients": lambda tree: tree.update(mottakere=[]),
    "too_many_recipients": lambda tree: tree.update(mottakere=["kode"] * 21),
    "recipient_that_is_no_key": lambda tree: tree.update(mottakere=["alle"]),
    "message_id_that_is_a_path": lambda tree: tree.update(meldingId="../../etc/passwd"),
    "file_name_that_is_a_path": lambda tree: tree["filer"][0].update(navn="../a.pdf"),
    "number_where_text_should_be": lambda tree: tree["innhold"].update(reference=1),
    "text_where_number_should_be": lambda tree: tree["innhold"]["placements"][0].update(percent="80"),
    "percent_out_of_range": lambda tree: tree["innhold"]["placements"][0].update(percent=101),
    "placement_that_ends_before_it_starts": lambda tree: tree["innhold"]["placements"][0].update(end="2020-01-01"),
    "time_without_zone": lambda tree: tree.update(opprettet="2026-11-23T09:30:00"),
    "unknown_type": lambda tree: tree.update(type="brev"),
    "content_of_another_type": lambda tree: tree.update(type="kvittering"),
    "certificate_that_is_none": lambda tree: tree["avsender"].update(signing_certificate="AAAA"),
    "certificate_that_is_not_base64": lambda tree: tree["avsender"].update(signing_certificate="!"),
    "schema_of_another_format": lambda tree: tree.update(schema="arkivmelding/1"),
    "text_too_long": lambda tree: tree["innhold"]["ground"].update(purpose="x" * 20_001),
    "name_too_long": lambda tree: tree["innhold"]["candidate"].update(given_name="x" * 201),
    "hidden_sign_in_a_key": lambda tree: tree["innhold"]["evaluations"][0]["answers"].update({"a\u202eb": 1}),
    "nested_too_deep": lambda tree: tree["innhold"]["evaluations"][0]["answers"].update(
        a=json.loads("[" * 40 + "]" * 40)
    ),
}


UNSAFE_TEXT = {"text_too_long", "name_too_long", "hidden_sign_in_a_key", "nested_too_deep"}


@pytest.mark.parametrize("case", WRONG)
def test_a_message_that_breaks_the_rules_is_refused(case: str) -> None:
    assert code_of(changed(WRONG[case])) == ("RKV-PKT-044" if case in UNSAFE_TEXT else "RKV-PKT-016")


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"null", b"{", b"\xff", b'{"a":1,"a":2}', b'{"a":NaN}', b'{"a":' + b"9" * 5000 + b"}"],
)
def test_what_is_not_one_clear_json_object_is_refused(data: bytes) -> None:
    assert code_of(data) == "RKV-PKT-016"


def test_json_is_measured_before_it_is_parsed() -> None:
    assert code_of(b" " * (16 * 2**20 + 1)) == "RKV-PKT-044"
    assert code_of(b"[" * 100_000) == "RKV-PKT-044"


@pytest.mark.parametrize("version", ["rkv-pakke/2", "rkv-pakke/10"])
def test_a_newer_version_says_which_version_is_needed(version: str) -> None:
    with pytest.raises(UserError) as caught:
        read_message(changed(lambda tree: tree.update(schema=version, innhold="?")))
    assert caught.value.code == "RKV-PKT-017"
    assert version in str(caught.value.message)


def test_all_types_of_the_profile_are_read() -> None:
    assert samples.CONTENTS.keys() == set(MessageType)


def test_a_request_for_more_asks_for_something_and_an_outcome_decides_something() -> None:
    for kind, field in ((MessageType.SUPPLEMENT_REQUEST, "items"), (MessageType.OUTCOME, "decisions")):
        nothing = changed(lambda tree, field=field: tree["innhold"].update({field: []}), kind)
        assert code_of(nothing) == "RKV-PKT-016"


def test_signs_that_hide_or_reorder_text_never_reach_the_reader() -> None:
    data = changed(lambda tree: tree["innhold"]["candidate"].update(given_name="Nor\u202e\u0000 M\u0085ann\ud800"))
    assert read_message(data).content.candidate.given_name == "Nor Mann"


def test_line_breaks_and_other_scripts_are_kept() -> None:
    text = "Å\tb\nмова لغة\u200f ŋ"
    assert clean_text(text) == text


def test_a_text_that_is_too_long_is_told_when_the_packet_is_made() -> None:
    content = replace(samples.RECEIPT, journal_number="x" * 300)
    with pytest.raises(UserError) as caught:
        write_message(replace(fields(MessageType.RECEIPT), content=content))
    assert caught.value.code == "RKV-PKT-044"


def test_an_error_repeats_nothing_of_what_was_in_the_message() -> None:
    with pytest.raises(UserError) as caught:
        read_message(changed(lambda tree: tree["innhold"]["candidate"].update({"Kari Nordmann 010190": "01019012345"})))
    assert "Kari" not in str(caught.value.message)
    assert "01019012345" not in str(caught.value.message)
    assert caught.value.__cause__ is None


def test_a_long_flat_message_is_measured_in_linear_time() -> None:
    assert parse_untrusted_json(b'{"a":"' + b'\\"[' * 2000 + b'"}') == {"a": '"[' * 2000}


def test_a_card_with_an_enormous_certificate_is_refused() -> None:
    keys = samples.identity("adviser")
    card = Card(party=samples.ADVISER, signing_certificate=bytes(15_000), sealing_certificate=keys.sealing_certificate)
    with pytest.raises(UserError) as caught:
        write_message(replace(fields(), sender=card))
    assert caught.value.code == "RKV-PKT-016"


def test_a_certificate_with_a_key_of_an_unknown_kind_is_refused() -> None:
    certificate = samples.card("adviser").signing_certificate
    p256, unknown = bytes.fromhex("06082a8648ce3d030107"), bytes.fromhex("06082a8648ce3d03017f")
    card = replace(samples.card("adviser"), signing_certificate=certificate.replace(p256, unknown))
    with pytest.raises(UserError) as caught:
        write_message(replace(fields(), sender=card))
    assert caught.value.code == "RKV-PKT-016"
