# SPDX-License-Identifier: MIT
"""Real chains, made here, judged by the app and by `openssl verify` as a second opinion."""

import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from rkv_app.crypto.identity import make_identity
from rkv_app.crypto.revocation import Revocation
from rkv_app.crypto.trust import Anchors, SignerCheck, check_signer
from support import certificate_chains as chains
from support.certificate_chains import AT, ORG_NUMBER, ORGANISATION, Issuer, Wish

DAY = timedelta(days=1)
SIGNED = AT - DAY


@dataclass(frozen=True, kw_only=True)
class Case:
    """A chain and what is to be said of it.

    Attributes:
        codes: what the app finds, without RKV-PKT-024.
        openssl: whether openssl takes the chain.
    """

    leaf: x509.Certificate
    roots: Sequence[Issuer]
    between: Sequence[Issuer] = ()
    lists: Sequence[bytes] = ()
    codes: Sequence[str] = ()
    openssl: bool | None = None
    flags: Sequence[str] = field(default=())


@cache
def root(name: str = "Øvingsrot") -> Issuer:
    return chains.issuer(name)


@cache
def middle() -> Issuer:
    return chains.issuer("Øvingsutsteder 1", root(), path_length=0)


def leaf(wish: Wish | None = None, by: Issuer | None = None, key: chains.PrivateKey | None = None) -> x509.Certificate:
    return chains.certificate(key or chains.ec_key("leaf"), by or middle(), wish or Wish())


def _usual(one: x509.Certificate, **more: object) -> Case:
    return Case(**{"leaf": one, "roots": [root()], "between": [middle()], **more})  # type: ignore[arg-type]


def _named(*trees: chains.Sequence[tuple[x509.ObjectIdentifier, str]]) -> x509.NameConstraints:
    return x509.NameConstraints([x509.DirectoryName(chains.subject(tree)) for tree in trees], None)


def _constrained(allowed: str) -> Case:
    rule = _named([(NameOID.ORGANIZATION_NAME, allowed)])
    by = chains.issuer("Bundet utsteder", root(), extensions=[(rule, True)])
    fits = allowed == ORGANISATION
    codes = () if fits else ("RKV-PKT-021",)
    return Case(leaf=leaf(by=by), roots=[root()], between=[by], codes=codes, openssl=fits)


def _too_long() -> Case:
    short = chains.issuer("Kort rot", path_length=0)
    below = chains.issuer("Under kort rot", short)
    return Case(leaf=leaf(by=below), roots=[short], between=[below], codes=["RKV-PKT-021"], openssl=False)


def _too_long_below() -> Case:
    below = chains.issuer("Under utsteder 1", middle())
    return Case(leaf=leaf(by=below), roots=[root()], between=[middle(), below], codes=["RKV-PKT-021"], openssl=False)


def _constrained_root() -> Case:
    rule = _named([(NameOID.ORGANIZATION_NAME, "Et annet fylke")])
    bound = chains.issuer("Bundet rot", extensions=[(rule, True)])
    return Case(leaf=leaf(by=bound), roots=[bound], codes=["RKV-PKT-021"], openssl=False)


def _cross_signed(trusted: Callable[[], Issuer]) -> Case:
    """One issuer, certified by two roots: it leads to whichever is trusted."""
    own, other = root(), root("Den andre roten")
    key = chains.rsa_key("crossed")
    ways = [chains.issuer("Krysset", above, key=key) for above in (own, other)]
    # openssl tries the first that fits by name only; the app tries both.
    fits_first = ways if trusted() is own else ways[::-1]
    return Case(leaf=leaf(by=ways[0]), roots=[trusted()], between=fits_first, openssl=True)


def _weak(certificate: x509.Certificate, by: Issuer) -> x509.Certificate:
    return x509.load_der_x509_certificate(chains.signed_with_sha1(chains.der(certificate), by))


def _sha1() -> Case:
    return _usual(_weak(leaf(), middle()), codes=["RKV-PKT-021"], openssl=False)


def _sha1_above() -> Case:
    by = Issuer(_weak(middle().certificate, root()), middle().key)
    return Case(leaf=leaf(by=by), roots=[root()], between=[by], codes=["RKV-PKT-021"], openssl=False)


def _sha1_root() -> Case:
    """What a root says of itself proves nothing, whatever it is signed with."""
    own = Issuer(_weak(root().certificate, root()), root().key)
    return _usual(leaf(), roots=[own], openssl=True)


def _short_rsa() -> Case:
    return _usual(leaf(key=chains.rsa_key("short", 1024)), codes=["RKV-PKT-021"], openssl=False)


def _forged() -> Case:
    """Somebody else's key under the issuer's name."""
    fake = Issuer(middle().certificate, chains.rsa_key("forger"))
    return _usual(leaf(by=fake), codes=["RKV-PKT-021"], openssl=False)


def _by_a_leaf() -> Case:
    key = chains.ec_key("not an issuer")
    pretender = Issuer(leaf(key=key), key)
    return Case(
        leaf=leaf(by=pretender), roots=[root()], between=[middle(), pretender], codes=["RKV-PKT-021"], openssl=False
    )


def _old_middle() -> Case:
    old = chains.issuer("Utløpt utsteder", root(), last=AT - 10 * DAY)
    return Case(leaf=leaf(by=old), roots=[root()], between=[old], codes=["RKV-PKT-021"], openssl=False)


def _extended(*uses: x509.ObjectIdentifier) -> Wish:
    return Wish(extensions=[(x509.ExtendedKeyUsage(uses), False)])


def _lists(*revoked: x509.Certificate, **about: datetime) -> list[bytes]:
    return [chains.revocation_list(root()), chains.revocation_list(middle(), *revoked, **about)]


def _revoked() -> Case:
    one = leaf()
    return _usual(one, lists=_lists(one), codes=["RKV-PKT-023"], openssl=False, flags=["-crl_check_all"])


def _revoked_issuer() -> Case:
    by = chains.issuer("Inndratt utsteder", root())
    lists = [chains.revocation_list(root(), by.certificate), chains.revocation_list(by)]
    return Case(
        leaf=leaf(by=by), roots=[root()], between=[by], lists=lists, codes=["RKV-PKT-023"], openssl=False,
        flags=["-crl_check_all"],
    )  # fmt: skip


CASES: dict[str, Callable[[], Case]] = {
    "P-256": lambda: _usual(leaf(), openssl=True),
    "RSA-3072": lambda: _usual(leaf(key=chains.rsa_key("leaf")), openssl=True),
    "P-384 and SHA-384": lambda: _usual(
        leaf(Wish(digest=hashes.SHA384()), key=ec.generate_private_key(ec.SECP384R1())), openssl=True
    ),
    "directly under the root": lambda: Case(leaf=leaf(by=root()), roots=[root()], openssl=True),
    "SEID 1": lambda: _usual(leaf(Wish(parts=chains.SEID_1)), openssl=True),
    "signed for messages": lambda: _usual(leaf(_extended(ExtendedKeyUsageOID.EMAIL_PROTECTION)), openssl=True),
    "not revoked": lambda: _usual(leaf(), lists=_lists(), openssl=True, flags=["-crl_check_all"]),
    "named as its issuer may": lambda: _constrained(ORGANISATION),
    "cross-signed, one root": lambda: _cross_signed(root),
    "cross-signed, other root": lambda: _cross_signed(lambda: root("Den andre roten")),
    "unknown root": lambda: _usual(leaf(), roots=[root("Den andre roten")], codes=["RKV-PKT-021"], openssl=False),
    "no issuer between": lambda: _usual(leaf(), between=[], codes=["RKV-PKT-021"], openssl=False),
    "expired": lambda: _usual(leaf(Wish(last=AT - 10 * DAY)), codes=["RKV-PKT-022"] * 2, openssl=False),
    "expired since": lambda: _usual(leaf(Wish(last=AT - DAY / 2)), codes=["RKV-PKT-022"], openssl=False),
    "not valid yet": lambda: _usual(leaf(Wish(first=AT + DAY)), codes=["RKV-PKT-022"] * 2, openssl=False),
    "signed before it was valid": lambda: _usual(leaf(Wish(first=AT - DAY / 2)), codes=["RKV-PKT-022"]),
    "issuer expired": _old_middle,
    "wrong key usage": lambda: _usual(leaf(Wish(uses=["key_agreement"])), codes=["RKV-PKT-022"], openssl=False),
    "no key usage": lambda: _usual(leaf(Wish(uses=None)), codes=["RKV-PKT-022"]),
    "for a web server": lambda: _usual(
        leaf(_extended(ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH)), codes=["RKV-PKT-022"]
    ),
    "for signing code": lambda: _usual(
        leaf(_extended(ExtendedKeyUsageOID.CODE_SIGNING)), codes=["RKV-PKT-022"], openssl=False
    ),
    "an issuer itself": lambda: Case(leaf=middle().certificate, roots=[root()], codes=["RKV-PKT-022"]),
    "SHA-1": _sha1,
    "SHA-1 in the root's own signature": _sha1_root,
    "SHA-1 above": _sha1_above,
    "RSA-1024": _short_rsa,
    "another curve": lambda: _usual(leaf(key=ec.generate_private_key(ec.SECP256K1())), codes=["RKV-PKT-021"]),
    "forged": _forged,
    "issued by a leaf": _by_a_leaf,
    "path too long": _too_long,
    "path too long below an issuer": _too_long_below,
    "named as its root may not": _constrained_root,
    "named as its issuer may not": lambda: _constrained("Et annet fylke"),
    "an unknown critical extension": lambda: _usual(
        leaf(Wish(extensions=[(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), b"\5\0"), True)])),
        codes=["RKV-PKT-021"],
        openssl=False,
    ),
    "revoked": _revoked,
    "issuer revoked": _revoked_issuer,
}

NO_RULE_OF_OPENSSL = (
    "signed before it was valid",
    "no key usage",
    "for a web server",
    "an issuer itself",
    "another curve",
)


@cache
def made(name: str) -> Case:
    return CASES[name]()


def checked(case: Case, **more: datetime) -> SignerCheck:
    anchors = Anchors(roots=tuple(one.der for one in case.roots), lists=tuple(case.lists))
    times = {"signed_at": SIGNED, "now": AT, **more}
    return check_signer(chains.der(case.leaf), [one.der for one in case.between], anchors, **times)


def codes(check: SignerCheck) -> list[str]:
    return [problem.code for problem in check.problems]


@pytest.mark.parametrize("name", CASES)
def test_a_certificate_counts_only_where_every_rule_holds(name: str) -> None:
    case = made(name)
    check = checked(case)
    assert [code for code in codes(check) if code != "RKV-PKT-024"] == list(case.codes)
    assert check.holds is not bool(case.codes)


@pytest.mark.parametrize("name", [name for name in CASES if name not in NO_RULE_OF_OPENSSL])
def test_openssl_says_the_same(name: str, tmp_path: Path) -> None:
    command = shutil.which("openssl")
    if command is None:
        pytest.skip("openssl is not installed")
    case = made(name)
    files = {
        "leaf.pem": chains.pem(case.leaf),
        "roots.pem": b"".join(chains.pem(one.certificate) for one in case.roots),
        "between.pem": b"".join(chains.pem(one.certificate) for one in case.between),
        "lists.pem": b"".join(
            x509.load_der_x509_crl(one).public_bytes(chains.serialization.Encoding.PEM) for one in case.lists
        ),
    }
    for file, content in files.items():
        (tmp_path / file).write_bytes(content)
    arguments = ["-no-CApath", "-no-CAstore", "-CAfile", "roots.pem", "-auth_level", "2", "-purpose", "smimesign"]
    arguments += ["-attime", str(int(AT.timestamp())), *case.flags]
    arguments += ["-untrusted", "between.pem"] if case.between else []
    arguments += ["-CRLfile", "lists.pem"] if case.lists else []
    ran = subprocess.run(
        [command, "verify", *arguments, "leaf.pem"], cwd=tmp_path, capture_output=True, check=False, timeout=60
    )
    assert (ran.returncode == 0) is case.openssl, ran.stderr.decode()


def test_the_organisation_stands_in_the_certificate() -> None:
    for name in ("P-256", "SEID 1"):
        check = checked(made(name))
        assert (check.organisation, check.org_number) == (ORGANISATION, ORG_NUMBER)


@pytest.mark.parametrize(
    "parts",
    [
        [(NameOID.ORGANIZATION_IDENTIFIER, "NTRSE-999999999")],
        [(NameOID.ORGANIZATION_IDENTIFIER, "NTRNO-9999999990")],
        [(NameOID.ORGANIZATION_IDENTIFIER, "NTRNO-99999999９")],
        [(NameOID.ORGANIZATION_IDENTIFIER, "NTRNO-999999999"), (NameOID.ORGANIZATION_IDENTIFIER, "NTRNO-888888888")],
        [(NameOID.SERIAL_NUMBER, "UN:NO-9578-4050-999999999")],
        [(NameOID.COMMON_NAME, "NTRNO-999999999")],
    ],
)
def test_what_only_resembles_an_organisation_number_is_none(
    parts: Sequence[tuple[x509.ObjectIdentifier, str]],
) -> None:
    assert checked(_usual(leaf(Wish(parts=parts)))).org_number == ""


def test_a_name_cannot_turn_the_text_around() -> None:
    tricky = leaf(Wish(parts=[(NameOID.ORGANIZATION_NAME, "Fylket‮tekleirb\nOK")]))
    assert checked(_usual(tricky)).organisation == "FylkettekleirbOK"


def test_without_imported_roots_nobody_is_confirmed() -> None:
    check = check_signer(chains.der(leaf()), [middle().der, root().der], Anchors(), signed_at=SIGNED, now=AT)
    assert not check.holds
    assert codes(check) == ["RKV-PKT-021"]


def test_keys_made_by_the_app_are_no_organisation() -> None:
    own = make_identity(AT).signing_certificate
    check = check_signer(own, [], Anchors(roots=(root().der,)), signed_at=SIGNED, now=AT)
    assert not check.holds
    assert "made by the sender" in str(check.problems[0].message)


def test_a_cross_signed_issuer_leads_to_the_trusted_root_in_whatever_order_it_came() -> None:
    case = made("cross-signed, other root")
    assert checked(replace(case, between=case.between[::-1])).holds


def test_an_imported_issuer_between_serves_packets_that_bring_none() -> None:
    anchors = Anchors(roots=(root().der,), intermediates=(middle().der,))
    assert check_signer(chains.der(leaf()), [], anchors, signed_at=SIGNED, now=AT).holds


def test_a_certificate_that_came_along_is_no_root_for_that() -> None:
    own = root("Angriperens rot")
    mine = leaf(by=own)
    check = check_signer(chains.der(mine), [own.der], Anchors(roots=(root().der,)), signed_at=SIGNED, now=AT)
    assert not check.holds


# ---- revocation


def test_no_list_is_said_but_refuses_nobody() -> None:
    check = checked(made("P-256"))
    assert (check.holds, check.revocation, codes(check)) == (True, Revocation.NOT_CHECKED, ["RKV-PKT-024"])
    assert (check.list_made, check.list_until) == (None, None)


def test_fresh_lists_of_every_issuer_say_that_nothing_was_revoked() -> None:
    check = checked(made("not revoked"))
    assert (check.revocation, codes(check)) == (Revocation.GOOD, [])
    assert check.list_until == AT + 6 * DAY


def test_a_list_that_has_run_out_is_shown_with_its_dates() -> None:
    check = checked(_usual(leaf(), lists=_lists(made=AT - 9 * DAY, until=AT - 2 * DAY)))
    assert (check.holds, check.revocation, codes(check)) == (True, Revocation.NOT_CHECKED, ["RKV-PKT-024"])
    assert (check.list_made, check.list_until) == (AT - 9 * DAY, AT - 2 * DAY)
    assert "2026-01-11" in str(check.problems[0].message)
    assert "2026-01-18" in str(check.problems[0].message)


def test_revoked_stays_revoked_when_the_list_has_run_out() -> None:
    one = leaf()
    check = checked(_usual(one, lists=_lists(one, made=AT - 9 * DAY, until=AT - 2 * DAY)))
    assert (check.holds, check.revocation, codes(check)) == (False, Revocation.REVOKED, ["RKV-PKT-023"])


def test_one_missing_list_counts_as_not_checked() -> None:
    check = checked(_usual(leaf(), lists=[chains.revocation_list(middle())]))
    assert (check.revocation, codes(check)) == (Revocation.NOT_CHECKED, ["RKV-PKT-024"])
    assert "one is missing" in str(check.problems[0].message)


def _not_about_it() -> dict[str, list[bytes]]:
    def with_point(**about: object) -> list[bytes]:
        usual = {
            "full_name": None, "relative_name": None, "only_contains_user_certs": False,
            "only_contains_ca_certs": False, "only_some_reasons": None, "indirect_crl": False,
            "only_contains_attribute_certs": False,
        }  # fmt: skip
        point = x509.IssuingDistributionPoint(**{**usual, **about})  # type: ignore[arg-type]
        return [chains.revocation_list(root()), chains.revocation_list(middle(), extensions=[(point, True)])]

    elsewhere = [x509.UniformResourceIdentifier("http://crl.example.invalid/part-2.crl")]
    delta = (x509.DeltaCRLIndicator(1), True)
    fake = Issuer(middle().certificate, chains.rsa_key("forger"))
    return {
        "issuers only": with_point(only_contains_ca_certs=True),
        "some reasons only": with_point(only_some_reasons=frozenset([x509.ReasonFlags.key_compromise])),
        "another part": with_point(full_name=elsewhere),
        "of several issuers": with_point(indirect_crl=True),
        "changes only": [chains.revocation_list(root()), chains.revocation_list(middle(), extensions=[delta])],
        "forged": [chains.revocation_list(root()), chains.revocation_list(fake)],
        "signed with SHA-1": [
            chains.revocation_list(root()),
            chains.signed_with_sha1(chains.revocation_list(middle()), middle()),
        ],
        "from the future": _lists(made=AT + 3 * DAY, until=AT + 9 * DAY),
        "damaged": [chains.revocation_list(root()), chains.revocation_list(middle())[:-1], b"", b"\x30\0"],
    }


@pytest.mark.parametrize("name", _not_about_it())
def test_a_list_that_does_not_speak_of_the_certificate_is_not_asked(name: str) -> None:
    assert checked(_usual(leaf(), lists=_not_about_it()[name])).revocation is Revocation.NOT_CHECKED


def test_a_list_in_parts_is_asked_where_the_certificate_names_the_part() -> None:
    place = [x509.UniformResourceIdentifier("http://crl.example.invalid/part-1.crl")]
    points = x509.CRLDistributionPoints([x509.DistributionPoint(place, None, None, None)])
    part = x509.IssuingDistributionPoint(place, None, True, False, None, False, False)
    lists = [chains.revocation_list(root()), chains.revocation_list(middle(), extensions=[(part, True)])]
    assert checked(_usual(leaf(Wish(extensions=[(points, False)])), lists=lists)).revocation is Revocation.GOOD


# ---- hostile certificates


@settings(max_examples=150)
@given(st.data())
def test_no_damage_to_a_certificate_is_trusted_or_falls_over(data: st.DataObject) -> None:
    case = made("P-256")
    encoded = bytearray(chains.der(case.leaf))
    for _ in range(data.draw(st.integers(1, 4))):
        encoded[data.draw(st.integers(0, len(encoded) - 1))] ^= data.draw(st.integers(1, 255))
    anchors = Anchors(roots=(root().der,), lists=(chains.revocation_list(middle()),))
    check = check_signer(bytes(encoded), [middle().der], anchors, signed_at=SIGNED, now=AT)
    assert not check.holds or bytes(encoded) == chains.der(case.leaf)


@settings(max_examples=60)
@given(st.data())
def test_no_damage_to_what_comes_along_falls_over(data: st.DataObject) -> None:
    encoded = bytearray(middle().der)
    encoded[data.draw(st.integers(0, len(encoded) - 1))] ^= data.draw(st.integers(1, 255))
    check = check_signer(
        chains.der(leaf()), [bytes(encoded), b"", b"\x30\x80"], Anchors(roots=(root().der,)), signed_at=SIGNED, now=AT
    )
    assert check.holds is (bytes(encoded) == middle().der)


def _tangle(key_of: Callable[[str], chains.PrivateKey], name: x509.Name) -> list[x509.Certificate]:
    """Issuers that all have one name, so that every order of them looks like a chain."""
    keys = [key_of(f"tangle {number}") for number in range(8)]
    return [
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(number + 1)
        .not_valid_before(AT - DAY)
        .not_valid_after(AT + DAY)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(chains.usage(*chains.ISSUING), critical=True)
        .sign(keys[number - 1], hashes.SHA256())
        for number, key in enumerate(keys)
    ]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("named_like_the_root", [True, False])
@pytest.mark.parametrize("key_of", [chains.ec_key, lambda name: chains.rsa_key(name, 2048)], ids=["P-256", "RSA"])
def test_a_tangle_of_issuers_is_refused_at_once(
    key_of: Callable[[str], chains.PrivateKey], *, named_like_the_root: bool
) -> None:
    name = root().certificate.subject if named_like_the_root else chains.subject([(NameOID.COMMON_NAME, "Floke")])
    tangle = _tangle(key_of, name)
    bad = leaf(by=Issuer(tangle[0], key_of("tangle 0")))
    began = time.process_time()
    check = check_signer(
        chains.der(bad), list(map(chains.der, tangle)), Anchors(roots=(root().der,)), signed_at=SIGNED, now=AT
    )
    assert codes(check) == ["RKV-PKT-021"]
    assert time.process_time() - began < 1
