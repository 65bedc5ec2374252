# SPDX-License-Identifier: MIT
"""A contact that comes with other keys is told loudly, and gets them only when somebody has compared the digits."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rkv_app.crypto.identity import make_identity
from rkv_app.domain.exchange import Card
from rkv_app.domain.people import Party
from rkv_app.foundation.errors import UserError
from rkv_app.usecases import contacts
from rkv_app.usecases.workspace import Workspace
from support.desks import NOW, Desks
from support.parties import INTAKE


def other_keys(party: Party = INTAKE) -> Card:
    """A card of the county with keys that nobody has seen."""
    keys = make_identity(NOW)
    return Card(party=party, signing_certificate=keys.signing_certificate, sealing_certificate=keys.sealing_certificate)


def refused(ws: Workspace, card: Card) -> UserError:
    before = list(ws.store.contacts.all())
    with pytest.raises(UserError) as caught:
        contacts.pin_card(ws, card)
    assert list(ws.store.contacts.all()) == before
    return caught.value


def test_the_same_card_again_changes_nothing(desks: Desks) -> None:
    county = desks.county()
    contacts.confirm_contact(desks.adviser, county.id, "Kari", "på telefon")
    again = desks.county()
    assert (again.id, again.checked_by) == (county.id, "Kari")
    assert len(contacts.list_contacts(desks.adviser)) == 1


def test_other_keys_of_a_known_contact_are_refused_with_old_and_new_digits(desks: Desks) -> None:
    county, card = desks.county(), other_keys()
    problem = refused(desks.adviser, card)
    assert problem.code == "RKV-EXC-011"
    assert county.digits in str(problem.message)
    assert contacts.digits_of(card) in str(problem.message)


def test_a_card_file_with_other_keys_is_refused_too(desks: Desks) -> None:
    desks.county()
    newcomer = replace(desks.intake, identity=make_identity(NOW))
    path = contacts.write_card(newcomer, desks.folder / "new.rkvkontakt")
    with pytest.raises(UserError) as caught:
        contacts.read_card(desks.adviser, path)
    assert caught.value.code == "RKV-EXC-011"
    assert contacts.look_at_card(path) == newcomer.card


@pytest.mark.parametrize(
    "change",
    [
        {"name": f"  {INTAKE.name.upper()} "},
        {"unit": ""},
        {"email": "new@example.invalid", "phone": "99"},
        {"organisation": "Fylket under nytt navn"} if INTAKE.org_number else {"org_number": "999999999"},
    ],
    ids=["spelling", "no unit", "address", "organisation"],
)
def test_small_changes_of_a_card_do_not_hide_other_keys(desks: Desks, change: dict[str, str]) -> None:
    desks.county()
    assert refused(desks.adviser, other_keys(replace(INTAKE, **change))).code == "RKV-EXC-011"


def test_another_person_of_the_organisation_is_a_contact_of_their_own(desks: Desks) -> None:
    desks.county()
    contacts.pin_card(desks.adviser, other_keys(replace(INTAKE, name="En Annen")))
    assert len(contacts.list_contacts(desks.adviser)) == 2


def test_another_sealing_key_under_the_known_signing_key_is_another_key(desks: Desks) -> None:
    desks.county()
    mixed = replace(desks.intake.card, sealing_certificate=other_keys().sealing_certificate)
    assert refused(desks.adviser, mixed).code == "RKV-EXC-011"


def test_keys_are_replaced_deliberately_and_the_old_ones_are_marked(desks: Desks) -> None:
    ws, card = desks.adviser, other_keys()
    old = desks.county()
    contacts.confirm_contact(ws, old.id, "Per", "ved oppmøte")
    new = contacts.replace_contact_key(ws, old.id, card, " Kari ", "på telefon til sentralbordet")

    assert (new.id, new.card, new.digits) == (old.id, card, contacts.digits_of(card))
    assert (new.checked_by, new.checked_on) == ("Kari", date(2026, 1, 20))
    assert new.checked_how == "på telefon til sentralbordet"
    assert contacts.list_contacts(ws) == [new]
    (former,) = contacts.list_former_contacts(ws)
    assert (former.contact.digits, former.contact.checked_by) == (old.digits, "Per")
    assert former.contact.checked_how == "ved oppmøte"
    assert (former.contact_id, former.replaced_on, former.replaced_by) == (old.id, date(2026, 1, 20), "Kari")


def test_a_replaced_key_is_nobodys_any_more(desks: Desks) -> None:
    ws, old = desks.adviser, desks.county()
    contacts.replace_contact_key(ws, old.id, other_keys(), "Kari")
    (former,) = contacts.list_former_contacts(ws)
    assert contacts.contact_of(ws, desks.intake.identity.signing_certificate) is None
    with pytest.raises(UserError) as caught:
        contacts.existing_contact(ws, former.contact.id)
    assert caught.value.code == "RKV-CAS-013"
    assert refused(ws, desks.intake.card).code == "RKV-EXC-011"


def test_nothing_is_replaced_without_the_name_of_who_compared(desks: Desks) -> None:
    old = desks.county()
    with pytest.raises(UserError) as caught:
        contacts.replace_contact_key(desks.adviser, old.id, other_keys(), "  ")
    assert caught.value.code == "RKV-CAS-002"
    assert contacts.list_contacts(desks.adviser) == [old]


def test_a_contact_cannot_be_given_the_keys_of_another_one(desks: Desks) -> None:
    county = desks.county()
    other = contacts.pin_card(desks.adviser, desks.supervisor.card)
    with pytest.raises(UserError) as caught:
        contacts.replace_contact_key(desks.adviser, county.id, desks.supervisor.card, "Kari")
    assert caught.value.code == "RKV-EXC-011"
    assert contacts.list_contacts(desks.adviser) == [county, other]


def test_replacing_with_the_same_keys_is_a_check_of_them(desks: Desks, tmp_path: Path) -> None:
    county = desks.county()
    checked = contacts.replace_contact_key(desks.adviser, county.id, desks.intake.card, "Kari", "ved oppmøte")
    assert (checked.id, checked.checked_by) == (county.id, "Kari")
    assert checked.checked_how == "ved oppmøte"
    assert contacts.list_former_contacts(desks.adviser) == []
