# SPDX-License-Identifier: MIT
"""An organisation's forms and lists travel in one signed file, get in by a named decision, and stay as they came."""

import dataclasses
import errno
import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rkv_app.domain.exchange import Trust
from rkv_app.forms.registry import Forms
from rkv_app.foundation.added_packets import RECORD, added_packets
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.resources import forms_dir, own_forms_dir, own_lists_folders, own_packets_dir
from rkv_app.usecases import contacts, reference
from rkv_app.usecases.add_forms import add_forms
from rkv_app.usecases.look_at_forms import Standing, look_at_forms
from rkv_app.usecases.own_files import OwnFolder, OwnKind, own_files
from rkv_app.usecases.pack_forms import pack_forms
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.remove_forms import remove_forms
from rkv_app.usecases.start_form import start_form
from rkv_app.usecases.workspace import Workspace
from support.commands import contents
from support.county_forms import FORM_ID, LIST, county_folder, form_text
from support.desks import NOW, Desks
from support.parties import INTAKE

HOW = "by_phone"


def at(workspace: Workspace) -> Workspace:
    """A desk of this machine, with the folders that the app looks into."""
    return dataclasses.replace(workspace, forms=Forms(forms_dir(), own_forms_dir(), own_packets_dir()))


@pytest.fixture
def adviser(desks: Desks) -> Workspace:
    return at(desks.adviser)


def packed(desks: Desks, *versions: str, name: str = "county", with_list: bool = True) -> Path:
    """A packet that the county made."""
    folder = county_folder(desks.folder / f"{name}-files", *versions, with_list=with_list)
    return pack_forms(desks.intake, folder, desks.folder / f"{name}.rkvskjema").path


def add(ws: Workspace, path: Path, by: str, how: str = "") -> None:
    """Somebody looks at it and adds it."""
    add_forms(ws, look_at_forms(ws, path), by, how)


def refused(work: Callable[[], object], code: str, status: ExitStatus | None = None) -> UserError:
    with pytest.raises(UserError) as caught:
        work()
    assert caught.value.code == code
    if status is not None:
        assert caught.value.status is status
    return caught.value


def shown(ws: Workspace) -> list[OwnFolder]:
    return [one for one in own_files(ws) if one.kind is OwnKind.PACKET]


def stands(ws: Workspace, path: Path) -> list[Standing]:
    return [one.standing for one in look_at_forms(ws, path).files]


def test_what_a_county_packs_is_used_at_the_adviser_and_told_apart(desks: Desks, adviser: Workspace) -> None:
    packet = packed(desks)
    offer = look_at_forms(adviser, packet)
    assert offer.signer is not None
    assert (offer.signer.card.party, offer.signer.trust) == (INTAKE, Trust.UNKNOWN)
    assert [(one.id, one.version, one.standing) for one in offer.files] == [
        (FORM_ID, "2026.1", Standing.NEW),
        ("measures", "2026-11-24", Standing.NEW),
    ]
    add(adviser, packet, "Ola Veileder", HOW)
    assert adviser.forms.newest(FORM_ID).title.en == "County visit"
    assert reference.measures("nb")["sommerskole"] == "Sommerskole"
    (folder,) = shown(adviser)
    assert folder.came is not None
    assert (folder.came.organisation, folder.came.person, folder.came.added_by) == (
        INTAKE.organisation,
        INTAKE.name,
        "Ola Veileder",
    )
    assert (folder.came.trust, folder.came.edition) == ("verified_contact", "2026-01-20")
    assert [(file.name, file.is_used) for file in folder.files] == [
        (f"{FORM_ID} 2026.1", True),
        ("measures 2026-11-24", True),
    ]
    (entry,) = [one for one in adviser.forms.entries() if one.form_id == FORM_ID]
    assert entry.packet is not None


def test_nobodys_packet_gets_in_before_somebody_has_compared_the_digits(desks: Desks, adviser: Workspace) -> None:
    packet = packed(desks)
    problem = refused(lambda: add(adviser, packet, "Ola"), "RKV-PKT-068", ExitStatus.NO)
    assert contacts.digits_of(desks.intake.card) in str(problem.message.params.values())
    refused(lambda: add(adviser, packet, " ", HOW), "RKV-CAS-002")
    assert shown(adviser) == []
    assert contacts.list_contacts(adviser) == []
    add(adviser, packet, "Ola", HOW)
    (contact,) = contacts.list_contacts(adviser)
    assert (contact.checked_by, contact.checked_how) == ("Ola", HOW)
    assert look_at_forms(adviser, packed(desks, "2026.2", name="later")).signer.trust is Trust.VERIFIED_CONTACT  # type: ignore[union-attr]


def test_a_known_contact_with_other_keys_is_not_believed(desks: Desks, adviser: Workspace) -> None:
    known = dataclasses.replace(desks.supervisor.card, party=INTAKE)
    contacts.pin_card(adviser, known)
    packet = packed(desks)
    refused(lambda: add(adviser, packet, "Ola", HOW), "RKV-EXC-011", ExitStatus.NO)
    assert shown(adviser) == []


def test_what_was_packed_here_needs_no_digits(desks: Desks) -> None:
    county = at(desks.intake)
    add(county, packed(desks), "Inger")
    assert county.forms.newest(FORM_ID).version == "2026.1"


def test_a_newer_version_goes_beside_the_older_and_the_same_again_changes_nothing(
    desks: Desks, adviser: Workspace
) -> None:
    first, second = packed(desks), packed(desks, "2026.1", "2026.2", name="second")
    add(adviser, first, "Ola", HOW)
    before = contents(own_packets_dir())
    assert stands(adviser, first) == [Standing.SAME, Standing.SAME]
    add(adviser, first, "Ola")
    assert contents(own_packets_dir()) == before
    assert stands(adviser, second) == [Standing.SAME, Standing.NEWER, Standing.SAME]
    add(adviser, second, "Ola")
    assert adviser.forms.versions(FORM_ID) == ("2026.1", "2026.2")


def test_a_changed_version_is_refused_with_all_that_came_with_it(desks: Desks, adviser: Workspace) -> None:
    add(adviser, packed(desks, with_list=False), "Ola", HOW)
    before = contents(own_packets_dir())
    folder = county_folder(desks.folder / "changed", "2026.1", "2026.2")
    (folder / FORM_ID / "2026.1.yaml").write_text(form_text(question="Something else?"), "utf-8")
    changed = pack_forms(desks.intake, folder, desks.folder / "changed.rkvskjema").path
    assert stands(adviser, changed) == [Standing.CHANGED, Standing.NEWER, Standing.NEW]
    refused(lambda: add(adviser, changed, "Ola"), "RKV-PKT-069", ExitStatus.REFUSED)
    assert contents(own_packets_dir()) == before
    assert "sommerskole" not in reference.measures("nb")


def test_another_organisation_cannot_carry_on_a_form(desks: Desks, adviser: Workspace) -> None:
    add(adviser, packed(desks), "Ola", HOW)
    folder = county_folder(desks.folder / "theirs", "2026.2", with_list=False)
    theirs = pack_forms(desks.supervisor, folder, desks.folder / "theirs.rkvskjema").path
    assert stands(adviser, theirs) == [Standing.ANOTHERS]
    refused(lambda: add(adviser, theirs, "Ola", HOW), "RKV-PKT-069")
    assert adviser.forms.versions(FORM_ID) == ("2026.1",)


def test_a_form_that_the_app_ships_is_never_packed(desks: Desks) -> None:
    folder = desks.folder / "ours"
    shipped = next(path for path in sorted(forms_dir().iterdir()) if path.is_dir())
    (folder / shipped.name).mkdir(parents=True)
    (folder / shipped.name / "2031.1.yaml").write_text(
        form_text().replace(FORM_ID, shipped.name).replace("2026.1", "2031.1"), "utf-8"
    )
    refused(lambda: pack_forms(desks.intake, folder, desks.folder / "x.rkvskjema"), "RKV-FRM-044", ExitStatus.NO)
    assert not (desks.folder / "x.rkvskjema").exists()


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("own/2026.1.yaml", form_text().replace("long_text", "essay"), "RKV-FRM-003"),
        ("own/2026.1.yaml", "a: &a [*a, *a]", "RKV-FRM-002"),
        ("measures.yaml", LIST.replace("us: Rutine", "them: Rutine"), "RKV-REF-004"),
        ("own/2026.1.yaml", "", "RKV-FRM-003"),
    ],
    ids=["type", "alias", "source", "empty"],
)
def test_nothing_that_lint_refuses_is_packed(desks: Desks, name: str, text: str, code: str) -> None:
    folder = county_folder(desks.folder / "files")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    refused(lambda: pack_forms(desks.intake, folder, desks.folder / "x.rkvskjema"), code)
    assert not (desks.folder / "x.rkvskjema").exists()


def test_a_published_form_that_changed_is_not_packed(desks: Desks) -> None:
    folder = county_folder(desks.folder / "files")
    (folder / "published.lock").write_text(f"{'0' * 64}  {FORM_ID}/2026.1.yaml\n", "utf-8")
    refused(lambda: pack_forms(desks.intake, folder, desks.folder / "x.rkvskjema"), "RKV-FRM-044")


def test_a_plain_folder_is_added_whole_and_said_to_be_unsigned(desks: Desks, adviser: Workspace) -> None:
    folder = county_folder(desks.folder / "files")
    assert look_at_forms(adviser, folder).signer is None
    add(adviser, folder, "Ola")
    (one,) = shown(adviser)
    assert one.came is not None
    assert (one.came.signer, one.came.organisation) == ("", adviser.party.organisation)
    assert adviser.forms.newest(FORM_ID).version == "2026.1"


def test_a_file_that_was_changed_since_is_told_and_not_used_until_the_packet_comes_again(
    desks: Desks, adviser: Workspace
) -> None:
    packet = packed(desks)
    add(adviser, packet, "Ola", HOW)
    (folder,) = own_packets_dir().iterdir()
    for path in folder.glob("*.yaml"):
        path.write_text(path.read_text("utf-8").replace("Sommerskole", "Annet").replace("Hva", "Hvem"), "utf-8")
    here = at(desks.adviser)
    assert here.forms.versions(FORM_ID) == ()
    refused(lambda: here.forms.get(FORM_ID, "2026.1"), "RKV-FRM-043", ExitStatus.DAMAGED)
    assert "sommerskole" not in reference.measures("nb")
    assert [fault.code for fault in reference.faulty_lists()] == ["RKV-REF-007"]
    (told,) = shown(here)
    assert [(file.is_used, [fault.code for fault in file.faults]) for file in told.files] == [
        (False, ["RKV-FRM-043"]),
        (False, ["RKV-REF-007"]),
    ]
    add(here, packet, "Ola")
    assert here.forms.newest(FORM_ID).version == "2026.1"
    assert reference.measures("nb")["sommerskole"] == "Sommerskole"
    assert len(list(own_packets_dir().iterdir())) == 1


def test_a_file_in_the_own_folder_never_stands_in_for_one_that_came_signed(desks: Desks, adviser: Workspace) -> None:
    add(adviser, packed(desks), "Ola", HOW)
    beside = own_forms_dir() / FORM_ID / "2026.1.yaml"
    beside.parent.mkdir(parents=True)
    beside.write_text(form_text(question="Something else?"), "utf-8")
    here = at(desks.adviser)
    assert "Something" not in here.forms.newest(FORM_ID).model_dump_json()
    (folder,) = [one for one in own_files(here) if one.kind is OwnKind.FORMS]
    assert [(file.is_used, [one.code for one in file.faults]) for file in folder.files] == [(False, ["RKV-PKT-069"])]
    # Nor where the one that came is damaged.
    (packet,) = own_packets_dir().iterdir()
    next(packet.glob("skjema-*.yaml")).unlink()
    refused(lambda: at(desks.adviser).forms.newest(FORM_ID), "RKV-FRM-004")


@pytest.mark.parametrize("record", [b"", b"{", b"[]", b'{"files": [], "provenance": {}}'], ids=str)
def test_a_packet_without_a_record_is_told_and_not_used(desks: Desks, adviser: Workspace, record: bytes) -> None:
    add(adviser, packed(desks), "Ola", HOW)
    (folder,) = own_packets_dir().iterdir()
    (folder / RECORD).write_bytes(record)
    here = at(desks.adviser)
    assert here.forms.versions(FORM_ID) == ()
    (told,) = shown(here)
    assert [one.code for one in told.faults] == ["RKV-REF-008"]


def test_a_record_that_leads_out_of_its_folder_is_not_followed(desks: Desks, adviser: Workspace) -> None:
    add(adviser, packed(desks), "Ola", HOW)
    (folder,) = own_packets_dir().iterdir()
    told = json.loads((folder / RECORD).read_text("utf-8"))
    told["files"][0]["name"] = "../x.yaml"
    (folder / RECORD).write_text(json.dumps(told), "utf-8")
    assert added_packets(own_packets_dir()) == ()


@pytest.mark.parametrize("place", ["os.fsync", "pathlib.Path.replace"])
def test_a_disk_that_fails_leaves_nothing_half_added(
    desks: Desks, adviser: Workspace, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Whichever write it is that fails."""
    packet = packed(desks)
    real = {"os.fsync": os.fsync, "pathlib.Path.replace": Path.replace}[place]
    for survives in range(12):
        left = [survives]

        def failing(*given: object, left: list[int] = left) -> object:
            if any(str(one).startswith(str(own_packets_dir())) for one in given) or place == "os.fsync":
                left[0] -= 1
                if left[0] < 0:
                    raise OSError(errno.ENOSPC, "full")
            return real(*given)  # type: ignore[arg-type]

        with monkeypatch.context() as broken:
            broken.setattr(place, failing)
            try:
                add(adviser, packet, "Ola", HOW)
                break
            except UserError:
                pass
        assert added_packets(own_packets_dir()) == ()
        assert not [path for path in own_packets_dir().glob("*") if path.is_dir()]
        assert contacts.list_contacts(adviser) == []
    else:
        pytest.fail("no number of writes was enough")
    assert survives > 2
    assert at(desks.adviser).forms.versions(FORM_ID) == ("2026.1",)


def test_what_no_answers_need_can_be_removed(desks: Desks, adviser: Workspace) -> None:
    add(adviser, packed(desks), "Ola", HOW)
    (packet,) = added_packets(own_packets_dir())
    refused(lambda: remove_forms(adviser, "0" * 16), "RKV-SYS-004")
    remove_forms(adviser, packet.id)
    assert shown(adviser) == []
    assert list(own_packets_dir().iterdir()) == []
    assert at(desks.adviser).forms.versions(FORM_ID) == ()
    assert "sommerskole" not in reference.measures("nb")


def test_a_form_with_answers_on_it_stays(desks: Desks, adviser: Workspace) -> None:
    add(adviser, packed(desks), "Ola", HOW)
    case_id, _ = desks.case()
    start_form(adviser, case_id, FORM_ID)
    (packet,) = added_packets(own_packets_dir())
    problem = refused(lambda: remove_forms(adviser, packet.id), "RKV-FRM-045", ExitStatus.NO)
    assert problem.message.params["form"] == f"{FORM_ID} 2026.1"
    assert adviser.forms.versions(FORM_ID) == ("2026.1",)
    # Where another packet has the same form, this one can go.
    add(adviser, packed(desks, "2026.1", "2026.2", name="second"), "Ola")
    remove_forms(adviser, packet.id)
    assert at(desks.adviser).forms.versions(FORM_ID) == ("2026.1", "2026.2")


def test_of_two_editions_of_a_list_the_later_counts(desks: Desks, adviser: Workspace) -> None:
    folder = county_folder(desks.folder / "later")
    (folder / "measures.yaml").write_text(LIST.replace("Sommerskole,", "Sommerkurs,"), "utf-8")
    tomorrow = dataclasses.replace(desks.intake, clock=_Tomorrow())
    later = pack_forms(tomorrow, folder, desks.folder / "later.rkvskjema").path
    first = packed(desks)
    add(adviser, later, "Ola", HOW)
    assert stands(adviser, first)[-1] is Standing.OLDER
    add(adviser, first, "Ola")
    assert reference.measures("nb")["sommerskole"] == "Sommerkurs"
    lists = [(folder.came, file) for folder in shown(adviser) for file in folder.files if "measures" in file.name]
    assert sorted((came.edition, file.is_used) for came, file in lists if came) == [
        ("2026-01-20", False),
        ("2026-01-21", True),
    ]


def test_an_own_list_in_a_folder_stands_over_that_of_a_packet(desks: Desks, adviser: Workspace) -> None:
    add(adviser, packed(desks), "Ola", HOW)
    folder = own_lists_folders()[-1]
    folder.mkdir(parents=True)
    (folder / "measures.yaml").write_text(LIST.replace("Sommerskole,", "Sommerleir,"), "utf-8")
    assert reference.measures("nb")["sommerskole"] == "Sommerleir"


def test_each_kind_of_packet_is_told_where_it_belongs(desks: Desks, adviser: Workspace) -> None:
    packet = packed(desks)
    for workspace in (adviser, desks.supervisor, desks.intake):
        refused(lambda workspace=workspace: receive_packet(workspace, packet), "RKV-PKT-067")  # type: ignore[misc]
    application = desks.apply(desks.documented_case())
    refused(lambda: look_at_forms(adviser, application.path), "RKV-PKT-066", ExitStatus.REFUSED)


def test_a_decision_stands_in_the_store(desks: Desks, adviser: Workspace) -> None:
    packet = packed(desks)
    add(adviser, packet, "Ola", HOW)
    (added,) = added_packets(own_packets_dir())
    remove_forms(adviser, added.id, "Vera")
    names = [one.name for one in adviser.store.attachments.for_subject("form-packets")]
    assert names == [f"form-packet-{added.id}.txt"] * 2


class _Tomorrow:
    """A day after everybody else."""

    def now(self) -> datetime:
        """See Clock."""
        return NOW + timedelta(days=1)
