# SPDX-License-Identifier: MIT
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs7
from hypothesis import given, settings
from hypothesis import strategies as st

from rkv_app.crypto.key_files import read_key_file
from rkv_app.crypto.trust import Anchors
from rkv_app.crypto.trust_files import issuer_facts, list_facts, newest_lists, read_trust_file
from rkv_app.foundation.errors import UserError
from support import certificate_chains as chains

ROOT = chains.issuer("Øvingsrot")
MIDDLE = chains.issuer("Øvingsutsteder 1", ROOT)
HELD = Anchors(roots=(ROOT.der,), intermediates=(MIDDLE.der,))
LIST = chains.revocation_list(MIDDLE)
SEEDS = (
    MIDDLE.der,
    chains.pem(ROOT.certificate) + chains.pem(MIDDLE.certificate),
    pkcs7.serialize_certificates([ROOT.certificate, MIDDLE.certificate], serialization.Encoding.DER),
    pkcs7.serialize_certificates([ROOT.certificate], serialization.Encoding.PEM),
    LIST,
    x509.load_der_x509_crl(LIST).public_bytes(serialization.Encoding.PEM),
)


@settings(max_examples=300)
@given(st.sampled_from(SEEDS), st.data())
def test_a_damaged_trust_file_is_read_or_refused_and_what_was_read_can_be_shown(
    seed: bytes, data: st.DataObject
) -> None:
    changed = bytearray(seed)
    for _ in range(data.draw(st.integers(0, 3))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        read = read_trust_file(bytes(changed[: data.draw(st.integers(0, len(changed)))]), HELD)
    except UserError:
        return
    for certificate in (*read.roots, *read.intermediates):
        assert len(issuer_facts(certificate).fingerprint) == 64
    for one in newest_lists((LIST, *read.lists)):
        assert list_facts(one, (*read.roots, *read.intermediates)).issuer


@pytest.mark.parametrize("kind", [0x01, 0x03])
@pytest.mark.parametrize("name", [0, 1], ids=["issuer", "subject"])
def test_a_certificate_with_a_damaged_name_is_refused(name: int, kind: int) -> None:
    """The library reads names only when they are asked for, so such a file is readable at first."""
    parts = MIDDLE.der.split(b"\x13\x02NO")
    assert len(parts) == 3
    countries = [b"\x13\x02NO", b"\x13\x02NO"]
    countries[name] = bytes([kind]) + b"\x02NO"
    with pytest.raises(UserError, match="RKV-EXC-012"):
        read_trust_file(parts[0] + countries[0] + parts[1] + countries[1] + parts[2], HELD)


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_no_trust_file_and_no_key_file(data: bytes) -> None:
    with pytest.raises(UserError, match="RKV-EXC-012"):
        read_trust_file(data, HELD)
    with pytest.raises(UserError, match=r"RKV-PKT-00[36]"):
        read_key_file(data, "passord")


def test_a_certificate_that_only_says_it_is_its_own_issuer_is_no_root() -> None:
    other = chains.Issuer(ROOT.certificate, chains.rsa_key("another root"))
    named_alike = chains.issuer("Øvingsrot", other)
    assert named_alike.certificate.subject == named_alike.certificate.issuer
    read = read_trust_file(named_alike.der, Anchors())
    assert (read.roots, read.intermediates) == ((), (named_alike.der,))
