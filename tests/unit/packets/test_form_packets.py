# SPDX-License-Identifier: MIT
"""A packet of forms is a container that stock tools check, and of which no byte can be changed unseen."""

import hashlib
import io
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.crypto.identity import pem_files
from rkv_app.domain.exchange import MessageType
from rkv_app.foundation.errors import UserError
from rkv_app.packets.build import signing_files
from rkv_app.packets.container import NewFile, write_container
from rkv_app.packets.form_messages import PackedForm, PackedList, read_form_message, write_form_message
from rkv_app.packets.form_packets import (
    NewForm,
    NewList,
    build_form_packet,
    looks_like_forms,
    read_form_packet,
)
from rkv_app.packets.json_reading import canonical_json, parse_untrusted_json
from rkv_app.packets.opening import Verdict, verify_packet
from support import packet_forgery as forgery
from support import packet_samples as samples
from support.county_forms import FORM_ID, LIST, form_text

FORM, LIST_DATA = form_text().encode(), LIST.encode()
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def built(*, party: str = "county", signer: str = "county") -> bytes:
    return build_form_packet(
        [NewForm(FORM_ID, "2026.1", FORM)],
        [NewList("measures", date(2026, 11, 24), LIST_DATA)],
        sender=samples.card(party, samples.COUNTY),
        edition="Høsten 2026",
        identity=samples.identity(signer),
        at=samples.AT,
    )


PACKET = built()


def code_of(data: bytes) -> str:
    with pytest.raises(UserError) as refused:
        read_form_packet(io.BytesIO(data))
    return refused.value.code


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def forged(files: dict[str, bytes], *, signer: str = "county") -> bytes:
    """A container with these files, signed well."""
    covered = [(name, "application/yaml", hashlib.sha256(data).digest()) for name, data in files.items()]
    _, meta = signing_files(covered, samples.identity(signer), samples.AT)
    out = io.BytesIO()
    write_container(out, [*(NewFile(name, data) for name, data in files.items()), *meta])
    return out.getvalue()


def honest() -> dict[str, bytes]:
    return {name: data for name, data in parts(PACKET).items() if name != "mimetype" and "META" not in name}


def test_what_was_packed_comes_out_with_who_signed_it() -> None:
    read = read_form_packet(io.BytesIO(PACKET))
    assert read.contents == {"skjema-county-visit-2026.1.yaml": FORM, "liste-measures.yaml": LIST_DATA}
    assert (read.message.edition, read.message.sender.party) == ("Høsten 2026", samples.COUNTY)
    assert (read.message.created, read.signed_at) == (samples.AT, samples.AT)
    assert looks_like_forms(io.BytesIO(PACKET))


def test_the_same_files_give_the_same_bytes_but_for_the_signature() -> None:
    first, second = parts(PACKET), parts(built())
    assert {name for name in first if first[name] != second.get(name)} == {
        name for name in first if name == "META-INF/ASiCManifest.xml" or name.endswith(".p7s")
    }


def test_openssl_and_unzip_check_it(tmp_path: Path) -> None:
    for tool in ("openssl", "unzip"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    (tmp_path / "p.rkvskjema").write_bytes(PACKET)
    assert subprocess.run(["unzip", "-q", "p.rkvskjema"], cwd=tmp_path, check=False).returncode == 0
    (signature,) = (tmp_path / "META-INF").glob("*.p7s")
    (tmp_path / "claimed.pem").write_bytes(pem_files(samples.identity("county"))["sign-cert.pem"])
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", str(signature), "-content"]
    command += ["META-INF/ASiCManifest.xml", "-CAfile", "claimed.pem", "-purpose", "any", "-partial_chain"]
    command += ["-no_check_time", "-out", "signed.xml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    (tmp_path / "META-INF" / "ASiCManifest.xml").write_bytes(b"<other/>")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def test_no_byte_can_be_changed_unseen() -> None:
    """Every byte of the file, with one bit turned."""
    honest_read = read_form_packet(io.BytesIO(PACKET))
    for place in range(len(PACKET)):
        altered = bytearray(PACKET)
        altered[place] ^= 1 << place % 8
        try:
            read = read_form_packet(io.BytesIO(bytes(altered)))
        except UserError:
            continue
        # The list that nothing is read from may say anything, and a date in a ZIP header means nothing.
        assert (read.message, read.contents) == (honest_read.message, honest_read.contents), place
        assert read.manifest_sha256 == honest_read.manifest_sha256, place


@settings(FUZZ)
@given(
    st.lists(st.tuples(st.integers(0, len(PACKET)), st.integers(0, 12), st.binary(max_size=12)), min_size=1, max_size=4)
)
def test_whatever_the_bytes_it_answers_or_refuses(changes: list[tuple[int, int, bytes]]) -> None:
    data = bytearray(PACKET)
    for place, removed, inserted in changes:
        data[place : place + removed] = inserted
    try:
        read = read_form_packet(io.BytesIO(bytes(data)))
    except UserError:
        return
    assert read.contents == {"skjema-county-visit-2026.1.yaml": FORM, "liste-measures.yaml": LIST_DATA}


@settings(FUZZ)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda one: st.lists(one) | st.dictionaries(st.sampled_from(["id", "versjon", "sha256", "x"]), one),
    )
)
def test_whatever_the_message_says_it_is_read_or_refused(value: object) -> None:
    tree = parse_untrusted_json(honest()["rkv.json"])
    for field in ("skjemaer", "lister", "avsender", "utgave", "opprettet", "type"):
        with pytest.raises(UserError):
            read_form_message(canonical_json({**tree, field: [value, value]}))


def test_who_signs_must_be_who_sends() -> None:
    with pytest.raises(ValueError, match="keys"):
        built(party="adviser")
    assert code_of(forged(honest(), signer="adviser")) == "RKV-PKT-005"


def test_the_list_of_files_must_be_the_files() -> None:
    more = {**honest(), "skjema-county-visit-2026.2.yaml": b"a: b"}
    less = {name: data for name, data in honest().items() if "liste" not in name}
    other = {**honest(), "liste-measures.yaml": b"a: b"}
    assert [code_of(forged(each)) for each in (more, less, other)] == ["RKV-PKT-016"] * 3


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("schema", "rkv-skjemapakke/2", "RKV-PKT-017"),
        ("schema", "rkv-pakke/1", "RKV-PKT-066"),
        ("schema", "other/1", "RKV-PKT-066"),
        ("type", "soknad", "RKV-PKT-016"),
        ("mottakere", [], "RKV-PKT-016"),
        ("utgave", "", "RKV-PKT-016"),
        ("skjemaer", [], "RKV-PKT-016"),
    ],
)
def test_a_message_that_is_not_of_the_profile_is_refused(field: str, value: object, code: str) -> None:
    tree = parse_untrusted_json(honest()["rkv.json"])
    assert code_of(forged({**honest(), "rkv.json": canonical_json({**tree, field: value})})) == code


def test_a_form_id_that_leads_elsewhere_is_refused() -> None:
    for form_id in ("../x", "a/b", "", "A", "x" * 65):
        tree = parse_untrusted_json(honest()["rkv.json"])
        forms = tree["skjemaer"]
        assert isinstance(forms, list)
        changed = canonical_json({**tree, "skjemaer": [{**forms[0], "id": form_id}]})
        assert code_of(forged({**honest(), "rkv.json": changed})) == "RKV-PKT-016"


def test_what_blows_up_is_refused_before_it_is_inflated() -> None:
    bomb = {f"skjema-a-2026.{number}.yaml": bytes(2**20) for number in range(1, 40)}
    assert code_of(forged({**honest(), **bomb})) == "RKV-PKT-012"


def test_an_unsigned_one_and_one_with_a_stranger_in_its_folder_are_refused() -> None:
    files = honest()
    unsigned = io.BytesIO()
    write_container(unsigned, [NewFile(name, data) for name, data in files.items()])
    assert code_of(unsigned.getvalue()) == "RKV-PKT-042"
    assert code_of(forgery.container(files, extra={"META-INF/evidencerecord1.xml": b"<x/>"})) == "RKV-PKT-041"


def test_other_packets_are_told_apart() -> None:
    assert code_of(samples.built(MessageType.APPLICATION).data) == "RKV-PKT-066"
    assert code_of(b"") == code_of(b"%PDF-1.7") == "RKV-PKT-066"
    assert not looks_like_forms(io.BytesIO(samples.built(MessageType.APPLICATION).data))
    report = verify_packet(PACKET, None)
    assert report.verdict is Verdict.VALID_UNKNOWN_SENDER


def test_a_text_that_no_reader_would_take_is_not_written() -> None:
    form = PackedForm(id=FORM_ID, versjon="2026.1", sha256="0" * 64, stoerrelse=1)
    listed = PackedList(id="measures", kontrollert=date(2026, 1, 1), sha256="0" * 64, stoerrelse=1)
    for edition in ("", " ", "\u202e", "x" * 61):
        with pytest.raises(UserError) as refused:
            write_form_message(samples.card("county"), samples.AT, edition, (form,), (listed,))
        assert refused.value.code == "RKV-PKT-016"
