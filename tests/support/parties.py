# SPDX-License-Identifier: MIT
"""The three parties of a journey, each with a real store, and what the others have done before it begins."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rkv_app.domain.people import Party, Role
from rkv_app.domain.placements import Supervisor, Workplace
from rkv_app.domain.sharing import SharingGround
from rkv_app.domain.stores import Passphrase, WayIn
from rkv_app.forms.registry import Forms
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.i18n import Language, Words
from rkv_app.foundation.resources import forms_dir, own_forms_dir, own_packets_dir
from rkv_app.usecases import contacts
from rkv_app.usecases.add_placement import NewPlacement, add_placement
from rkv_app.usecases.assemble_application import assemble_application
from rkv_app.usecases.complete_evaluation import complete_evaluation
from rkv_app.usecases.create_case import NewCase, create_case
from rkv_app.usecases.create_workspace import create_workspace
from rkv_app.usecases.import_curriculum import import_practice_curriculum
from rkv_app.usecases.open_workspace import open_workspace
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.reference import legal_bases, measures
from rkv_app.usecases.request_evaluation import SentRequest, request_evaluation
from rkv_app.usecases.save_answer import save_answer
from rkv_app.usecases.send_evaluation import send_evaluation
from rkv_app.usecases.view_requests import view_request
from rkv_app.usecases.workspace import Workspace
from support.store_samples import PASSPHRASE, quick_vault

ADVISER = Party(role=Role.ADVISER, name="Ola Veileder", organisation="Nav Testvik", unit="Ungdomsteamet")
SUPERVISOR = Party(role=Role.SUPERVISOR, name="Kari Formann", organisation="Nordlys luftskipshavn AS")
INTAKE = Party(role=Role.INTAKE, name="Inger Inntak", organisation="Testvik fylkeskommune", unit="Voksenopplæringen")
CANDIDATE = "Amina Eksempel"
TRADE_PLAN = "XXP03-01"


def opened(
    path: Path,
    way: WayIn,
    language: Language,
    *,
    read_only: bool = False,
    accept_older: bool = False,
    forms: Forms | None = None,
) -> Workspace:
    """Opens a store, as the app does."""
    return open_workspace(
        quick_vault(),
        path,
        way,
        forms=forms or Forms(forms_dir(), own_forms_dir(), own_packets_dir()),
        clock=SystemClock(),
        words=Words(language),
        read_only=read_only,
        accept_older=accept_older,
    )


def made(path: Path, passphrase: str, party: Party, language: Language) -> Workspace:
    """Makes a store, as the app does."""
    return create_workspace(
        quick_vault(),
        path,
        passphrase,
        party,
        forms=Forms(forms_dir(), own_forms_dir(), own_packets_dir()),
        clock=SystemClock(),
        words=Words(language),
    )


@dataclass(frozen=True, slots=True)
class Parties:
    """What the parties not at the screen do, each in a folder of its own."""

    folder: Path
    language: Language = Language.ENGLISH

    def store(self, party: Party) -> Path:
        """Where the store of a party lies."""
        return self.folder / f"{party.role.value}.rkv"

    def make_store(self, party: Party) -> Path:
        """Makes the store of a party, empty."""
        made(self.store(party), PASSPHRASE, party, self.language).close()
        return self.store(party)

    def make_store_with_case(self) -> Path:
        """Makes the store of the adviser, with the practice plan and a case on it."""
        store = self.make_store(ADVISER)
        workspace = self.at(ADVISER)
        import_practice_curriculum(workspace)
        create_case(workspace, new_case())
        workspace.close()
        return store

    def at(self, party: Party) -> Workspace:
        """The open store of a party; whoever asks closes it."""
        return opened(self.store(party), Passphrase(PASSPHRASE), self.language)

    def card(self, party: Party) -> Path:
        """The contact card of a party, as a file."""
        workspace = self.at(party)
        try:
            return contacts.write_card(workspace, self.folder / f"{party.role.value}.rkvkort")
        finally:
            workspace.close()

    def introduce(self, party: Party, card: Path) -> None:
        """A party takes in the card of another and has compared its digits."""
        workspace = self.at(party)
        try:
            contact = contacts.read_card(workspace, card)
            contacts.confirm_contact(workspace, contact.id, party.name)
        finally:
            workspace.close()

    def request(self) -> SentRequest:
        """The adviser has a case with a placement, and asks its supervisor."""
        workspace = self.at(ADVISER)
        try:
            import_practice_curriculum(workspace)
            placement_id = add_placement(workspace, create_case(workspace, new_case()), _placement())
            return request_evaluation(workspace, placement_id, self.folder / "request.rkvpakke")
        finally:
            workspace.close()

    @property
    def born(self) -> date:
        """The candidate's date of birth."""
        return new_case().birth_date

    def with_placement(self, new: NewCase) -> Path:
        """The adviser has a store with a case and a placement; the folder, to copy."""
        self.make_store(ADVISER)
        workspace = self.at(ADVISER)
        import_practice_curriculum(workspace)
        self.placement(workspace, create_case(workspace, new))
        workspace.close()
        return self.folder

    def placement(self, workspace: Workspace, case_id: str) -> str:
        """A placement in a case of the adviser's: its id."""
        return add_placement(workspace, case_id, _placement())

    def evaluation(self, request: SentRequest) -> Path:
        """The supervisor has done one aim independently, not tried another, and sends the answer back."""
        workspace = self.at(SUPERVISOR)
        try:
            message_id = receive_packet(workspace, request.path, request.code).message_id
            answer_two_aims(workspace, message_id)
            complete_evaluation(workspace, message_id, SUPERVISOR.name, "Arbeidsleder")
            return send_evaluation(workspace, message_id, self.folder / "evaluation.rkvpakke").path
        finally:
            workspace.close()

    def application(self, evaluation: Path) -> Path:
        """The adviser receives the answer and sends the application to the county."""
        workspace = self.at(ADVISER)
        try:
            case_id = receive_packet(workspace, evaluation).case_id
            county = next(one for one in contacts.list_contacts(workspace) if one.card.party.role is Role.INTAKE)
            ground = SharingGround(
                legal_basis=next(iter(legal_bases("en"))), purpose="Vurdering.", informed_on=date(2026, 1, 20)
            )
            target = self.folder / "application.rkvpakke"
            return assemble_application(workspace, case_id, county.id, ground, target).path
        finally:
            workspace.close()


def new_case() -> NewCase:
    given, family = CANDIDATE.split()
    return NewCase(
        given_name=given,
        family_name=family,
        birth_date=date(1991, 4, 3),
        national_number="",
        shielded=False,
        wanted="Fagbrev i luftskipsstellerfaget",
        curriculum_code=TRADE_PLAN,
    )


def _placement() -> NewPlacement:
    return NewPlacement(
        workplace=Workplace(name=SUPERVISOR.organisation),
        supervisor=Supervisor(name=SUPERVISOR.name, position="Arbeidsleder"),
        measure=next(iter(measures("en"))),
        start=date(2025, 8, 18),
        end=date(2025, 12, 19),
        percent=80,
        tasks="Klargjøring av hangar og fortøyning.",
    )


def answer_two_aims(workspace: Workspace, message_id: str) -> None:
    """The supervisor writes that one aim is done independently, and that another was not tried."""
    evaluation = view_request(workspace, message_id).evaluation
    first, second = (aim.code for aim in evaluation.aims[:2])
    for item, value in {
        f"aims/{first}/rating": "independent",
        f"aims/{first}/known_by": ["observed"],
        f"aims/{first}/example": "Planla dagen alene i oktober.",
        f"aims/{first}/observed_on": "2026-01-12",
        f"aims/{second}/rating": "not_tried",
    }.items():
        save_answer(workspace, evaluation.id, item, value)
