# SPDX-License-Identifier: MIT
"""Public ASiC files from other makers get the verdict that their sources and our profile give them."""

from pathlib import Path

import pytest

from rkv_app.crypto.envelope import Passphrase, SealingKey, load_pkcs12
from rkv_app.packets.opening import Verdict, verify_packet

INTACT = [
    "cades/dss-cades-lta-alternative-naming.sce",
    "cades/dss-dss1984.asice",
    "cms/plaintext.asice",
]
# Listed as valid or weak; all three are CMS signatures with SHA-1, so "weak" is the most that can be said of them.
WEAK = [
    "cades/difi-asic-cades-test-valid.asice",
    "cades/ks-cades-valid.asice",
    "interop/difi-library-written-cades-sha1rsa.asice",
]
# Intact, but `mimetype` is not the first entry: outside the profile.
OUTSIDE_THE_PROFILE = ["cades/dss-dss1421.asice", "cades/dss-multifiles-ok.asice", "cades/dss-onefile-ok.asice"]
REFUSED = [
    "cades/difi-asic-cades-test-invalid-manifest.asice",
    "cades/difi-asic-cades-test-invalid-signature.asice",
    "cades/dss-brokenReference.asice",
    "cades/dss-removedReference.asice",
    "structure/d4j-2-mimetypes.asice",
    "structure/d4j-KS-10_manifest_topelt_bdoc21_TM.bdoc",
    "structure/d4j-KS-19_IB-3721_bdoc21-TM-2fil-samename-1sig3.bdoc",
    "structure/d4j-incorrectMimetype.bdoc",
    "structure/d4j-notABDoc.bdoc",
    "structure/d4j-zip-bomb.asice",
    "structure/efm-buggyAsic.asic",
]
XADES = [
    "d4j-2_signatures_duplicate_id.asice",
    "d4j-datafile-name-in-signature-contains-path-separator.asice",
    "d4j-manifest_validation_error.asice",
    "d4j-signature_does_not_cover_datafile.asice",
    "d4j-zip_misses_file_which_is_in_manifest.asice",
    "dss-Signature-ASiC_LT_modified_cert_values.asice",
    "dss-multifiles-ok.asice",
    "dss-onefile-too-much-files.asice",
]


def verdict(shared: Path, name: str) -> Verdict:
    return verify_packet((shared / "packet-vectors" / name).read_bytes(), None).verdict


@pytest.mark.parametrize("name", INTACT)
def test_an_intact_container_of_another_maker_is_unchanged_from_an_unknown_sender(shared: Path, name: str) -> None:
    report = verify_packet((shared / "packet-vectors" / name).read_bytes(), None)
    assert report.verdict is Verdict.VALID_UNKNOWN_SENDER
    assert report.good
    assert [finding.code for finding in report.findings] == ["RKV-PKT-020"]
    assert report.files


@pytest.mark.parametrize("name", WEAK)
def test_a_sha1_signature_is_called_weak_and_never_valid(shared: Path, name: str) -> None:
    assert verdict(shared, name) is Verdict.WEAK


@pytest.mark.parametrize("name", OUTSIDE_THE_PROFILE)
def test_an_intact_container_outside_the_profile_is_not_called_altered(shared: Path, name: str) -> None:
    assert verdict(shared, name) is Verdict.NOT_OUR_FORMAT


@pytest.mark.parametrize("name", REFUSED)
def test_a_broken_container_is_never_shown_as_valid(shared: Path, name: str) -> None:
    assert verdict(shared, name) in (Verdict.REFUSED, Verdict.NOT_OUR_FORMAT)


@pytest.mark.parametrize("name", XADES)
def test_a_xades_container_is_refused(shared: Path, name: str) -> None:
    assert verdict(shared, f"xades/{name}") in (Verdict.REFUSED, Verdict.NOT_OUR_FORMAT)


def test_the_refusal_of_xades_says_so(shared: Path) -> None:
    data = (shared / "packet-vectors/xades/d4j-2_signatures_duplicate_id.asice").read_bytes()
    report = verify_packet(data, None)
    assert report.verdict is Verdict.NOT_OUR_FORMAT
    assert "XAdES" in str(report.findings[0].message)


def key(shared: Path, name: str) -> SealingKey:
    return load_pkcs12((shared / f"packet-vectors/cms/TEST-{name}.p12").read_bytes(), b"test")


def test_containers_sealed_by_other_programs_are_verified_inside(shared: Path) -> None:
    folder = shared / "packet-vectors/cms"
    for name, opener in (
        ("bc-aead-ec.p7m", key(shared, "p256")),
        ("openssl-aead-rsa+ec-der.p7m", key(shared, "rsa3072")),
        ("bc-aead-pwri-600k.p7m", Passphrase("riktig-hest-batteri-stift")),
    ):
        assert verify_packet((folder / name).read_bytes(), opener).verdict is Verdict.VALID_UNKNOWN_SENDER


def test_broken_seals_are_refused(shared: Path) -> None:
    folder = shared / "packet-vectors/cms"
    for name in ("bad-aead-flipped-tag.p7m", "bad-aead-tag-4-bytes.p7m", "bad-aead-trailing-bytes.p7m"):
        assert verify_packet((folder / name).read_bytes(), key(shared, "p256")).verdict is Verdict.REFUSED


def test_somebody_elses_key_is_told_that_the_packet_is_not_for_it(shared: Path) -> None:
    data = (shared / "packet-vectors/cms/bc-aead-ec.p7m").read_bytes()
    assert verify_packet(data, key(shared, "other-not-recipient")).verdict is Verdict.NOT_FOR_YOU
