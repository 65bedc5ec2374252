# SPDX-License-Identifier: MIT
"""A contact card is whole and shows the key that signed it, or it is refused."""

import base64
import json

import pytest

from rkv_app.crypto.signing import sign_detached
from rkv_app.foundation.errors import UserError
from rkv_app.packets.cards import read_card, write_card
from support import packet_samples as samples


def written() -> bytes:
    return write_card(samples.card("adviser"), samples.identity("adviser"), samples.AT)


def refused(data: bytes) -> bool:
    with pytest.raises(UserError) as caught:
        read_card(data)
    return caught.value.code == "RKV-PKT-018"


def test_what_is_written_is_read_back() -> None:
    assert read_card(written()) == samples.card("adviser")


def test_a_card_with_a_changed_name_is_refused() -> None:
    shell = json.loads(written())
    payload = base64.b64decode(shell["innhold"]).replace("Åse".encode(), b"Ada")
    shell["innhold"] = base64.b64encode(payload).decode()
    assert refused(json.dumps(shell).encode())


def test_a_card_signed_by_another_key_is_refused() -> None:
    shell = json.loads(written())
    payload = base64.b64decode(shell["innhold"])
    shell["signatur"] = base64.b64encode(sign_detached(payload, samples.identity("stranger"), samples.AT)).decode()
    assert refused(json.dumps(shell).encode())


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[1]", b"\xff\xfe", b"PK\3\4", b"{" * 9999, b" " * 300_000, b'{"schema":"rkv-kontakt/2"}'],
)
def test_what_is_no_card_is_refused(data: bytes) -> None:
    assert refused(data)


def test_a_card_is_only_written_with_its_own_keys() -> None:
    with pytest.raises(ValueError):
        write_card(samples.card("adviser"), samples.identity("county"), samples.AT)
