# SPDX-License-Identifier: MIT
"""What stands outside the encryption is told without a key, and nothing hostile there does any harm."""

import io
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rkv_app.crypto.envelope import CertificateRecipient, CodeRecipient, seal
from rkv_app.crypto.fiks_envelope import envelop
from rkv_app.crypto.identity import make_identity
from rkv_app.crypto.inspecting import RecipientKind, inspect_seal
from rkv_app.foundation.errors import UserError
from support.fiks_account import fiks_account

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MINE = make_identity(AT).sealing_certificate
THEIRS = make_identity(AT).sealing_certificate


@pytest.fixture(scope="module")
def sealed() -> bytes:
    account = fiks_account(AT)
    out = io.BytesIO()
    to = [
        CertificateRecipient(THEIRS),
        CodeRecipient("12345 67890 12345 67890"),
        CertificateRecipient(account.certificate),
    ]
    seal(io.BytesIO(b"innhold"), out, to)
    return out.getvalue()


def test_it_tells_how_a_packet_is_sealed_and_for_whom(sealed: bytes) -> None:
    facts = inspect_seal(io.BytesIO(sealed))
    assert facts.seal == "authEnvelopedData"
    by_kind = {to.kind: to for to in facts.recipients}
    assert by_kind.keys() == {RecipientKind.CERTIFICATE, RecipientKind.OWN_KEY, RecipientKind.CODE}
    assert by_kind[RecipientKind.CERTIFICATE].issuer == "CN=Fiks prøvekonto"
    assert by_kind[RecipientKind.OWN_KEY].issuer.startswith("CN=rkv ")
    assert by_kind[RecipientKind.OWN_KEY].serial
    assert not any(to.ours for to in facts.recipients)


def test_it_knows_our_own_key_among_the_receivers(sealed: bytes) -> None:
    assert [to.kind for to in inspect_seal(io.BytesIO(sealed), [MINE, THEIRS]).recipients if to.ours] == [
        RecipientKind.OWN_KEY
    ]
    assert not any(to.ours for to in inspect_seal(io.BytesIO(sealed), [MINE]).recipients)


def test_an_envelope_without_authentication_is_told_from_a_packet() -> None:
    out = io.BytesIO()
    envelop(io.BytesIO(b"innhold"), out, [fiks_account(AT).certificate])
    assert inspect_seal(io.BytesIO(out.getvalue())).seal == "envelopedData"


@given(st.binary(max_size=200))
@example(b"")
@example(b"%PDF-1.7")
@example(bytes.fromhex("3080060b2a864886f70d0109100117a080"))
def test_anything_else_is_refused_with_a_code(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        inspect_seal(io.BytesIO(data))
    assert caught.value.code in ("RKV-PKT-001", "RKV-PKT-004")


@given(st.data())
def test_a_damaged_head_is_told_or_refused_never_worse(sealed: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, min(len(sealed) - 1, 1200)))
    changed = sealed[:place] + bytes([data.draw(st.integers(0, 255))]) + sealed[place + 1 :]
    assert _outcome(changed) in ("told", "RKV-PKT-001", "RKV-PKT-004")


def _outcome(data: bytes) -> str:
    try:
        inspect_seal(io.BytesIO(data), [MINE])
    except UserError as problem:
        return problem.code
    return "told"
