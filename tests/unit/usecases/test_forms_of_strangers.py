# SPDX-License-Identifier: MIT
"""What somebody signed who did not use this program to pack: hostile, untrue, or by an organisation's certificate."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from rkv_app.domain.exchange import Trust
from rkv_app.forms.registry import Forms
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.resources import forms_dir, own_forms_dir, own_packets_dir
from rkv_app.packets.form_packets import NewForm, NewList, build_form_packet
from rkv_app.usecases.add_forms import add_forms
from rkv_app.usecases.look_at_forms import look_at_forms
from rkv_app.usecases.organisation_roots import import_trust_file
from rkv_app.usecases.use_certificate import Use, use_certificate
from rkv_app.usecases.workspace import Workspace
from support import certificate_chains as chains
from support.certificate_chains import Wish
from support.county_forms import FORM_ID, LIST, form_text
from support.desks import NOW, Desks

PASSWORD = "hemmelig"
FORM = NewForm(FORM_ID, "2026.1", form_text().encode())
MEASURES = NewList("measures", date(2026, 11, 24), LIST.encode())


@pytest.fixture
def adviser(desks: Desks) -> Workspace:
    return dataclasses.replace(desks.adviser, forms=Forms(forms_dir(), own_forms_dir(), own_packets_dir()))


def signed(ws: Workspace, path: Path, forms: Sequence[NewForm], lists: Sequence[NewList] = ()) -> Path:
    path.write_bytes(build_form_packet(forms, lists, sender=ws.card, edition="x", identity=ws.identity, at=NOW))
    return path


@pytest.mark.parametrize(
    ("form", "listed", "code"),
    [
        (NewForm(FORM_ID, "2026.1", b"a: &a [1]\nb: [*a, *a]\n"), MEASURES, "RKV-FRM-002"),
        (NewForm(FORM_ID, "2026.1", b"a: !!python/object:os.system x\n"), MEASURES, "RKV-FRM-002"),
        (NewForm(FORM_ID, "2026.1", b"[" * 5000), MEASURES, "RKV-FRM-00"),
        (NewForm(FORM_ID, "2026.1", b"\xff\xfe\x00"), MEASURES, "RKV-FRM-00"),
        (NewForm("other-form", "2026.1", FORM.data), MEASURES, "RKV-PKT-016"),
        (NewForm(FORM_ID, "2026.2", FORM.data), MEASURES, "RKV-PKT-016"),
        (FORM, NewList("measures", date(2026, 11, 25), MEASURES.data), "RKV-PKT-016"),
        (FORM, NewList("measures", date(2026, 11, 24), b"a: *b"), "RKV-REF-00"),
        (FORM, NewList("passwords", date(2026, 11, 24), MEASURES.data), "RKV-FRM-044"),
    ],
    ids=["alias", "tag", "deep", "bytes", "id", "version", "day", "list", "unknown list"],
)
def test_what_is_hostile_or_untrue_is_refused_whole(
    desks: Desks, adviser: Workspace, form: NewForm, listed: NewList, code: str
) -> None:
    path = signed(desks.intake, desks.folder / "x.rkvskjema", [form], [listed])
    with pytest.raises(UserError) as refused:
        look_at_forms(adviser, path)
    assert refused.value.code.startswith(code)
    assert not own_packets_dir().exists()


def test_a_version_that_uses_an_item_again_for_something_else_is_refused(desks: Desks, adviser: Workspace) -> None:
    first = signed(desks.intake, desks.folder / "a.rkvskjema", [FORM])
    add_forms(adviser, look_at_forms(adviser, first), "Ola", "by_phone")
    later = form_text("2026.2").replace("type: long_text", "type: yes_no").encode()
    path = signed(desks.intake, desks.folder / "b.rkvskjema", [NewForm(FORM_ID, "2026.2", later)])
    with pytest.raises(UserError) as refused:
        look_at_forms(adviser, path)
    assert refused.value.code == "RKV-FRM-044"
    assert adviser.forms.versions(FORM_ID) == ("2026.1",)


@pytest.mark.parametrize("imported", [True, False])
def test_an_organisation_is_believed_by_its_certificate_where_its_issuer_is(
    desks: Desks, adviser: Workspace, *, imported: bool
) -> None:
    root = chains.issuer("Øvingsrot")
    key = chains.rsa_key("company")
    leaf = chains.certificate(key, root, Wish(uses=["digital_signature", "key_encipherment"]))
    (desks.folder / "root.pem").write_bytes(chains.pem(root.certificate))
    (desks.folder / "company.p12").write_bytes(chains.key_file(key, leaf, PASSWORD))
    county = use_certificate(desks.intake, desks.folder / "company.p12", PASSWORD, Use.BOTH)
    county = dataclasses.replace(county, party=dataclasses.replace(county.party, org_number=chains.ORG_NUMBER))
    path = signed(county, desks.folder / "x.rkvskjema", [FORM])
    if imported:
        import_trust_file(adviser, desks.folder / "root.pem")
    signer = look_at_forms(adviser, path).signer
    assert signer is not None
    assert (signer.trust, signer.needs_digits) == ((Trust.ORGANISATION, False) if imported else (Trust.UNKNOWN, True))
    assert [note.code for note in signer.notes] == (["RKV-PKT-024"] if imported else ["RKV-PKT-021"])
    if imported:
        add_forms(adviser, look_at_forms(adviser, path), "Ola")
        assert adviser.forms.versions(FORM_ID) == ("2026.1",)
