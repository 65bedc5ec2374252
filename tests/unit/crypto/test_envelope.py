# SPDX-License-Identifier: MIT
import io
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.crypto import der
from rkv_app.crypto.envelope import (
    CertificateRecipient,
    CodeRecipient,
    OpenWith,
    Passphrase,
    SealTo,
    SpokenCode,
    load_pkcs12,
    seal,
    unseal,
    unseal_to_file,
)
from rkv_app.crypto.identity import Identity
from rkv_app.foundation.errors import ExitStatus, UserError

CODE = "12345 67890 12345 67890"
PLAIN = b"PK\x03\x04 a packet's bytes " * 20
ALTERED = {
    "opened",
    "RKV-PKT-001",
    "RKV-PKT-002",
    "RKV-PKT-004",
    "RKV-PKT-006",
    *(f"RKV-PKT-03{last}" for last in range(4)),
}
FUZZ = settings(max_examples=150, deadline=2000, suppress_health_check=[HealthCheck.function_scoped_fixture])


def sealed_to(*recipients: SealTo, plain: bytes = PLAIN) -> bytes:
    sealed = io.BytesIO()
    seal(io.BytesIO(plain), sealed, recipients)
    return sealed.getvalue()


def opened(sealed: bytes, opener: OpenWith) -> bytes:
    plaintext = io.BytesIO()
    unseal(io.BytesIO(sealed), plaintext, opener)
    return plaintext.getvalue()


def refusal(sealed: bytes, opener: OpenWith) -> tuple[str, ExitStatus]:
    with pytest.raises(UserError) as refused:
        opened(sealed, opener)
    return refused.value.code, refused.value.status


def outcome(sealed: bytes, opener: OpenWith) -> str:
    """The code of the refusal, or "opened" with the right bytes; anything else fails the test."""
    try:
        plaintext = opened(sealed, opener)
    except UserError as refused:
        return refused.code
    assert plaintext == PLAIN
    return "opened"


def der_of(pem: bytes) -> bytes:
    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)


@pytest.fixture(scope="module")
def sealed(identity: Identity) -> bytes:
    return sealed_to(CertificateRecipient(identity.sealing_certificate))


@pytest.fixture(scope="module")
def sealed_with_code() -> bytes:
    return sealed_to(CodeRecipient(CODE))


@pytest.mark.parametrize("size", [0, 1, 16, der.CHUNK - 1, der.CHUNK, der.CHUNK + 1])
def test_what_was_sealed_comes_back_whatever_its_size(identity: Identity, size: int) -> None:
    plain = os.urandom(size)

    sealed = sealed_to(CertificateRecipient(identity.sealing_certificate), plain=plain)

    assert opened(sealed, identity) == plain
    assert size < 16 or plain[:16] not in sealed


def test_each_recipient_opens_with_its_own_key_or_code(
    identity: Identity,
    stranger: Identity,
    rsa_key: rsa.RSAPrivateKey,
    certificate_for: Callable[[rsa.RSAPrivateKey], bytes],
    pkcs12_for: Callable[[rsa.RSAPrivateKey, bytes], bytes],
) -> None:
    office = certificate_for(rsa_key)
    sealed = sealed_to(
        CertificateRecipient(identity.sealing_certificate),
        CertificateRecipient(stranger.sealing_certificate),
        CertificateRecipient(der_of(office)),
        CodeRecipient(CODE),
    )

    office_key = load_pkcs12(pkcs12_for(rsa_key, office), b"test")
    for opener in (identity, stranger, office_key, SpokenCode("12345-67890-12345-67890")):
        assert opened(sealed, opener) == PLAIN


def test_sealing_twice_gives_nothing_in_common(identity: Identity) -> None:
    first, second = (sealed_to(CertificateRecipient(identity.sealing_certificate)) for _ in range(2))

    assert first[-len(PLAIN) :] != second[-len(PLAIN) :]


def test_sealing_starts_at_the_present_place_of_the_source(identity: Identity) -> None:
    source, sealed = io.BytesIO(b"skipped" + PLAIN), io.BytesIO()
    source.seek(7)

    seal(source, sealed, [CertificateRecipient(identity.sealing_certificate)])

    assert opened(sealed.getvalue(), identity) == PLAIN


def test_large_files_pass_through_in_small_pieces(identity: Identity) -> None:
    pieces = []

    class Watched(io.BytesIO):
        def write(self, data: bytes) -> int:  # type: ignore[override]
            pieces.append(len(data))
            return super().write(data)

    plain, sealed, plaintext = bytes(5 * der.CHUNK), Watched(), Watched()
    seal(io.BytesIO(plain), sealed, [CertificateRecipient(identity.sealing_certificate)])
    sealed.seek(0)
    unseal(sealed, plaintext, identity)

    assert plaintext.getvalue() == plain
    assert max(pieces) <= der.CHUNK


def test_a_packet_for_somebody_else_stays_locked(sealed: bytes, sealed_with_code: bytes, stranger: Identity) -> None:
    assert refusal(sealed, stranger) == ("RKV-PKT-002", ExitStatus.LOCKED)
    assert refusal(sealed, SpokenCode(CODE)) == ("RKV-PKT-002", ExitStatus.LOCKED)
    assert refusal(sealed_with_code, stranger) == ("RKV-PKT-002", ExitStatus.LOCKED)


def test_a_wrong_code_is_told_from_damage(sealed_with_code: bytes) -> None:
    damaged = sealed_with_code[:-1] + bytes([sealed_with_code[-1] ^ 1])

    assert refusal(sealed_with_code, SpokenCode("0" * 20)) == ("RKV-PKT-003", ExitStatus.LOCKED)
    assert refusal(sealed_with_code, Passphrase("x" * 2000)) == ("RKV-PKT-003", ExitStatus.LOCKED)
    assert refusal(damaged, SpokenCode(CODE)) == ("RKV-PKT-004", ExitStatus.DAMAGED)


def test_a_code_that_is_no_code_is_refused_before_any_work(sealed_with_code: bytes) -> None:
    assert refusal(sealed_with_code, SpokenCode("1234")) == ("RKV-PKT-007", ExitStatus.REFUSED)
    with pytest.raises(UserError, match="RKV-PKT-007"):
        sealed_to(CodeRecipient("my own password"))


@pytest.mark.parametrize("data", [b"", b"0", b"PK\x03\x04", b"\x30\x80" * 100_000, b"\x30\x84\xff\xff\xff\xff", b"{}"])
def test_other_files_are_told_as_not_our_format(data: bytes, identity: Identity) -> None:
    assert refusal(data, identity) == ("RKV-PKT-001", ExitStatus.REFUSED)


def test_every_changed_byte_is_refused_or_changes_nothing(sealed: bytes, identity: Identity) -> None:
    for position in range(len(sealed)):
        for flip in (0x01, 0x80, 0xFF):
            altered = bytearray(sealed)
            altered[position] ^= flip
            assert outcome(bytes(altered), identity) in ALTERED


def test_every_changed_byte_of_content_or_tag_is_told_as_damage(sealed: bytes, identity: Identity) -> None:
    for position in range(len(sealed) - len(PLAIN) - 18, len(sealed) - 18):
        altered = bytearray(sealed)
        altered[position] ^= 0x10
        assert refusal(bytes(altered), identity) == ("RKV-PKT-004", ExitStatus.DAMAGED)


def test_every_truncation_and_every_addition_is_refused(sealed: bytes, identity: Identity) -> None:
    for length in range(len(sealed)):
        assert refusal(sealed[:length], identity)[0] in {"RKV-PKT-001", "RKV-PKT-004"}
    assert refusal(sealed + b"\0", identity) == ("RKV-PKT-033", ExitStatus.DAMAGED)
    assert refusal(sealed + sealed, identity) == ("RKV-PKT-033", ExitStatus.DAMAGED)


@FUZZ
@given(st.data())
def test_mutilated_packets_never_crash_and_never_give_other_bytes(
    sealed: bytes, identity: Identity, data: st.DataObject
) -> None:
    altered = bytearray(sealed)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(altered)))
        stop = min(len(altered), start + data.draw(st.integers(0, 8)))
        altered[start:stop] = data.draw(st.binary(max_size=12))
    assert outcome(bytes(altered), identity) in ALTERED


@FUZZ
@given(st.binary(max_size=200))
def test_any_bytes_after_a_good_beginning_are_refused_without_a_crash(identity: Identity, tail: bytes) -> None:
    beginning = bytes.fromhex("3080060b2a864886f70d0109100117a0803080020100")

    assert refusal(beginning + tail, identity)[0].startswith("RKV-PKT-0")


@pytest.mark.parametrize(
    ("found", "put"),
    [
        pytest.param("60864801650304012e", "608648016503040106", id="AES-128-GCM"),
        pytest.param("2b8104010b01", "2b8104010b02", id="another key agreement"),
        pytest.param("60864801650304012d", "608648016503040105", id="AES-128 key wrap"),
        pytest.param("2a8648ce3d030107", "2a8648ce3d030101", id="another curve"),
    ],
)
def test_weaker_or_unknown_cryptography_is_refused(sealed: bytes, identity: Identity, found: str, put: str) -> None:
    assert bytes.fromhex(found) in sealed

    assert refusal(sealed.replace(bytes.fromhex(found), bytes.fromhex(put)), identity) == (
        "RKV-PKT-006",
        ExitStatus.REFUSED,
    )


@pytest.mark.parametrize("length", ["02010c", "020104"])
def test_a_short_tag_is_refused_as_easy_to_forge(sealed: bytes, identity: Identity, length: str) -> None:
    short = sealed.replace(bytes.fromhex("020110"), bytes.fromhex(length))

    assert refusal(short, identity) == ("RKV-PKT-031", ExitStatus.REFUSED)


@pytest.mark.parametrize(
    ("iterations", "code"), [("00270f", "RKV-PKT-006"), ("4c4b41", "RKV-PKT-032"), ("7fffff", "RKV-PKT-032")]
)
def test_codes_that_cost_too_little_or_too_much_to_try_are_refused(
    sealed_with_code: bytes, iterations: str, code: str
) -> None:
    dear = sealed_with_code.replace(bytes.fromhex("02030927c0"), bytes.fromhex("0203" + iterations))

    assert refusal(dear, SpokenCode(CODE)) == (code, ExitStatus.REFUSED)


def test_pbkdf2_with_sha1_is_refused(sealed_with_code: bytes) -> None:
    weak = sealed_with_code.replace(bytes.fromhex("2a864886f70d0209"), bytes.fromhex("2a864886f70d0207"))

    assert refusal(weak, SpokenCode(CODE)) == ("RKV-PKT-006", ExitStatus.REFUSED)


def hostile(*infos: bytes, raw_set: bytes = b"") -> bytes:
    """A packet of our type with the given recipients and nothing after them."""
    recipients = raw_set or der.set_of(*infos)
    body = der.sequence(der.integer(0), recipients)
    return der.sequence(der.oid("1.2.840.113549.1.9.16.1.23"), der.tlv(der.context(0), body))


def with_recipients(sealed: bytes, infos: list[bytes]) -> bytes:
    """The packet with other recipients, its lengths made right."""
    root = der.parse(sealed)
    version, _old, *rest = root.children[1].children[0].children
    body = der.sequence(version.raw, der.set_of(*infos), *(node.raw for node in rest))
    return der.sequence(root.children[0].raw, der.tlv(der.context(0), body))


def test_more_than_twenty_recipients_are_refused(sealed: bytes, identity: Identity) -> None:
    info = der.parse(sealed).children[1].children[0].children[1].children[0].raw

    assert opened(with_recipients(sealed, [info] * 20), identity) == PLAIN
    assert refusal(with_recipients(sealed, [info] * 21), identity) == ("RKV-PKT-032", ExitStatus.REFUSED)
    with pytest.raises(ValueError):
        sealed_to()
    with pytest.raises(ValueError):
        sealed_to(*[CertificateRecipient(identity.sealing_certificate)] * 21)


def test_many_costly_codes_together_are_refused(sealed_with_code: bytes) -> None:
    info = der.parse(sealed_with_code).children[1].children[0].children[1].children[0].raw

    assert refusal(with_recipients(sealed_with_code, [info] * 9), SpokenCode("0" * 20))[0] == "RKV-PKT-032"


def test_one_cheap_code_beside_a_good_one_is_refused(sealed_with_code: bytes) -> None:
    info = der.parse(sealed_with_code).children[1].children[0].children[1].children[0].raw
    cheap = info.replace(bytes.fromhex("02030927c0"), bytes.fromhex("020300270f"))

    assert refusal(with_recipients(sealed_with_code, [info, cheap]), SpokenCode(CODE))[0] == "RKV-PKT-006"


def test_a_packet_without_recipients_is_damaged(sealed: bytes, identity: Identity) -> None:
    assert refusal(with_recipients(sealed, []), identity) == ("RKV-PKT-004", ExitStatus.DAMAGED)


def test_a_header_of_more_than_a_mebibyte_or_a_lying_length_is_refused(sealed: bytes, identity: Identity) -> None:
    info = der.parse(sealed).children[1].children[0].children[1].children[0].raw
    huge = der.tlv(der.context(4, constructed=False), bytes(2 * 1024 * 1024))

    assert refusal(with_recipients(sealed, [info, huge]), identity)[0] == "RKV-PKT-032"
    assert refusal(hostile(raw_set=b"\x31\x86\x7f\xff\xff\xff\xff\xff"), identity)[0] == "RKV-PKT-004"
    assert refusal(hostile(*[der.tlv(der.NULL)] * 200_000), identity)[0] == "RKV-PKT-032"


def test_nesting_without_end_is_refused(identity: Identity) -> None:
    nested = der.tlv(der.NULL)
    for _ in range(200):
        nested = der.sequence(nested)

    assert refusal(hostile(nested), identity)[0] == "RKV-PKT-032"


def segmented(sealed: bytes, segments: list[bytes]) -> bytes:
    """The packet with its content in segments, as a program that streams writes it."""
    root = der.parse(sealed)
    version, infos, encrypted, tag = root.children[1].children[0].children
    kind, algorithm, _content = encrypted.children
    pieces = b"".join(segments)
    content = b"\xa0\x80" + pieces + b"\0\0"
    body = b"\x30\x80" + version.raw + infos.raw + b"\x30\x80" + kind.raw + algorithm.raw + content + b"\0\0" + tag.raw
    return b"\x30\x80" + root.children[0].raw + b"\xa0\x80" + body + b"\0\0" * 3


def ciphertext(sealed: bytes) -> bytes:
    return der.parse(sealed).children[1].children[0].children[2].children[2].content


def test_content_in_segments_within_segments_is_read(sealed: bytes, identity: Identity) -> None:
    content = ciphertext(sealed)
    inner = b"\x24\x80" + der.octet_string(content[7:100]) + b"\x04\x00" + b"\0\0"

    packet = segmented(sealed, [der.octet_string(content[:7]), inner, der.octet_string(content[100:])])

    assert opened(packet, identity) == PLAIN
    assert refusal(packet[:-1], identity)[0] == "RKV-PKT-004"


def test_segments_that_only_cost_time_are_refused(sealed: bytes, identity: Identity) -> None:
    empty = segmented(sealed, [b"\x04\x00"] * 5000 + [der.octet_string(ciphertext(sealed))])
    deep = segmented(sealed, [b"\x24\x80" * 5000])

    assert refusal(empty, identity)[0] == "RKV-PKT-032"
    assert refusal(deep, identity)[0] == "RKV-PKT-032"


@pytest.mark.parametrize("curve", [ec.SECP384R1(), ec.SECP256K1()])
def test_other_curves_are_not_sealed_to(
    curve: ec.EllipticCurve,
    certificate_for: Callable[[ec.EllipticCurvePrivateKey], bytes],
    pkcs12_for: Callable[[ec.EllipticCurvePrivateKey, bytes], bytes],
) -> None:
    key = ec.generate_private_key(curve)
    certificate = certificate_for(key)

    with pytest.raises(UserError, match="RKV-PKT-006"):
        sealed_to(CertificateRecipient(der_of(certificate)))
    with pytest.raises(UserError, match="RKV-PKT-006"):
        load_pkcs12(pkcs12_for(key, certificate), b"test")


def test_bytes_that_are_no_certificate_are_not_sealed_to() -> None:
    with pytest.raises(UserError, match="RKV-PKT-006"):
        sealed_to(CertificateRecipient(b"no certificate"))


def test_a_key_file_with_a_wrong_password_stays_locked(
    rsa_key: rsa.RSAPrivateKey,
    certificate_for: Callable[[rsa.RSAPrivateKey], bytes],
    pkcs12_for: Callable[[rsa.RSAPrivateKey, bytes], bytes],
) -> None:
    with pytest.raises(UserError) as refused:
        load_pkcs12(pkcs12_for(rsa_key, certificate_for(rsa_key)), b"wrong")

    assert (refused.value.code, refused.value.status) == ("RKV-PKT-003", ExitStatus.LOCKED)


def test_nothing_secret_is_shown() -> None:
    shown = repr([CodeRecipient(CODE), SpokenCode(CODE), Passphrase("hemmelig")])

    assert "12345" not in shown
    assert "hemmelig" not in shown


def test_an_opened_file_is_for_its_owner_only(sealed: bytes, identity: Identity, tmp_path: Path) -> None:
    path = tmp_path / "packet.asice"

    unseal_to_file(io.BytesIO(sealed), path, identity)

    assert path.read_bytes() == PLAIN
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_no_plaintext_is_left_when_the_last_byte_was_changed(sealed: bytes, identity: Identity, tmp_path: Path) -> None:
    damaged = sealed[:-1] + bytes([sealed[-1] ^ 1])

    with pytest.raises(UserError, match="RKV-PKT-004"):
        unseal_to_file(io.BytesIO(damaged), tmp_path / "packet.asice", identity)

    assert list(tmp_path.glob("packet*")) == []


def test_an_existing_file_is_left_as_it_was(sealed: bytes, identity: Identity, tmp_path: Path) -> None:
    path = tmp_path / "packet.asice"
    path.write_bytes(b"older")

    with pytest.raises(UserError, match="RKV-SYS-"):
        unseal_to_file(io.BytesIO(sealed), path, identity)

    assert path.read_bytes() == b"older"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told_and_leaves_no_file(sealed: bytes, identity: Identity, tmp_path: Path) -> None:
    class FullDisk(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            with open("/dev/full", "wb", buffering=0) as full:
                full.write(b"x")
            return super().read(size)

    with pytest.raises(UserError, match="RKV-SYS-001"):
        unseal_to_file(FullDisk(sealed), tmp_path / "packet.asice", identity)

    assert list(tmp_path.glob("packet*")) == []


def test_a_source_that_grows_while_it_is_sealed_is_noticed(identity: Identity) -> None:
    class Growing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            here = self.tell()
            self.seek(0, os.SEEK_END)
            if self.tell() < 100:
                super().write(b"more")
            self.seek(here)
            return super().read(size)

    with pytest.raises(ValueError):
        seal(Growing(b"first"), io.BytesIO(), [CertificateRecipient(identity.sealing_certificate)])
