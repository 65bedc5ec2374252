# SPDX-License-Identifier: MIT
"""The three parties with their stores open side by side and the clock standing still, for tests of the use cases."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from rkv_app.crypto.envelope import CertificateRecipient
from rkv_app.documents.letters import render_receipt
from rkv_app.domain.cases import CaseState
from rkv_app.domain.exchange import Contact, MessageType, Receipt
from rkv_app.domain.people import Party
from rkv_app.domain.placements import Supervisor, Workplace
from rkv_app.domain.sharing import SharingGround
from rkv_app.domain.stores import Attachment, Passphrase
from rkv_app.forms.registry import Forms
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.i18n import Language, Words
from rkv_app.foundation.resources import forms_dir
from rkv_app.packets.build import Draft, build_packet
from rkv_app.packets.messages import record_json
from rkv_app.packets.opening import open_packet
from rkv_app.store.vault import SqlCipherVault
from rkv_app.usecases import contacts
from rkv_app.usecases.add_placement import NewPlacement, add_placement
from rkv_app.usecases.ask_for_supplement import NewSupplementRequest, ask_for_supplement
from rkv_app.usecases.assemble_application import SentApplication, assemble_application
from rkv_app.usecases.attach_document import attach_document
from rkv_app.usecases.complete_evaluation import complete_evaluation
from rkv_app.usecases.create_case import NewCase, create_case
from rkv_app.usecases.create_workspace import create_workspace
from rkv_app.usecases.documents_along import ChosenDocument
from rkv_app.usecases.import_curriculum import import_practice_curriculum
from rkv_app.usecases.open_workspace import open_workspace
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.reference import legal_bases, measures
from rkv_app.usecases.request_evaluation import SentRequest, request_evaluation
from rkv_app.usecases.save_answer import save_answer
from rkv_app.usecases.send_evaluation import send_evaluation
from rkv_app.usecases.send_outcome import NewOutcome, send_outcome
from rkv_app.usecases.send_receipt import send_receipt
from rkv_app.usecases.send_supplement import NewSupplement, send_supplement
from rkv_app.usecases.sending import SentPacket
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.view_queue import view_application
from rkv_app.usecases.view_requests import view_request
from rkv_app.usecases.workspace import Workspace
from support.parties import ADVISER, INTAKE, SUPERVISOR, TRADE_PLAN
from support.store_samples import PASSPHRASE, quick_vault

NOW = datetime(2026, 1, 20, 9, 30, tzinfo=UTC)
ADDRESS = "Fortøyningsveien 77"
DEADLINE = date(2026, 2, 15)
ASKED_FOR = ("Arbeidsattest fra luftskipshavnen", "Kursbevis i fortøyning")
DOCUMENT = b"%PDF-1.7\nattest\n"
SUPERVISOR_PHONE = "00 11 22 33"
FORMS = Forms(forms_dir())
CLEARED_BY = "Enhetsleder Test"
GROUND = SharingGround(legal_basis=next(iter(legal_bases("en"))), purpose="Vurdering.", informed_on=date(2026, 1, 12))


class FixedClock:
    """Always the same moment."""

    def now(self) -> datetime:
        """See Clock."""
        return NOW


@dataclass(frozen=True, slots=True)
class Desks:
    """Three open stores. What one party writes lies in `folder` for the next to receive."""

    folder: Path
    adviser: Workspace
    supervisor: Workspace
    intake: Workspace

    @classmethod
    def made_in(cls, folder: Path) -> "Desks":
        """Makes the three stores, with a curriculum in the adviser's."""
        desks = cls(folder, *(_made(folder, party) for party in (ADVISER, SUPERVISOR, INTAKE)))
        import_practice_curriculum(desks.adviser)
        return desks

    @classmethod
    def opened_in(cls, folder: Path) -> "Desks":
        """Opens the three stores of a folder."""
        return cls(folder, *(_opened(folder, party) for party in (ADVISER, SUPERVISOR, INTAKE)))

    def close(self) -> None:
        """Closes all three."""
        for workspace in (self.adviser, self.supervisor, self.intake):
            workspace.close()

    def case(self, *, shielded: bool = False) -> tuple[str, str]:
        """A case with a placement: their ids."""
        case_id = create_case(
            self.adviser,
            NewCase(
                given_name="Amina",
                family_name="Eksempel",
                birth_date=date(1991, 4, 3),
                national_number="",
                shielded=shielded,
                wanted="Fagbrev i luftskipsstellerfaget",
                curriculum_code=TRADE_PLAN,
            ),
        )
        return case_id, self.placement(case_id)

    def placement(self, case_id: str) -> str:
        """A placement in a case: its id."""
        placement = NewPlacement(
            workplace=Workplace(name=SUPERVISOR.organisation, address=ADDRESS),
            supervisor=Supervisor(name=SUPERVISOR.name, phone=SUPERVISOR_PHONE, email="kari@example.invalid"),
            measure=next(iter(measures("en"))),
            start=date(2025, 8, 18),
            end=date(2025, 12, 19),
            percent=80,
            tasks="Klargjøring av hangar og fortøyning.",
        )
        return add_placement(self.adviser, case_id, placement)

    def request(self, placement_id: str, name: str = "request", *, cleared_by: str = "") -> SentRequest:
        """The adviser asks."""
        return request_evaluation(self.adviser, placement_id, self.folder / f"{name}.rkvpakke", cleared_by=cleared_by)

    def opened_request(self, request: SentRequest) -> str:
        """The supervisor receives the request and answers two aims: the id of the request."""
        message_id = receive_packet(self.supervisor, request.path, request.code).message_id
        evaluation = view_request(self.supervisor, message_id).evaluation
        first, second = (aim.code for aim in evaluation.aims[:2])
        for item, value in {
            f"aims/{first}/rating": "independent",
            f"aims/{first}/known_by": ["observed"],
            f"aims/{first}/example": "Planla dagen alene i oktober.",
            f"aims/{first}/observed_on": "2026-01-12",
            f"aims/{second}/rating": "not_tried",
        }.items():
            save_answer(self.supervisor, evaluation.id, item, value)
        return message_id

    def completed(self, request: SentRequest) -> str:
        """The supervisor completes the evaluation: the id of the request."""
        message_id = self.opened_request(request)
        complete_evaluation(self.supervisor, message_id, SUPERVISOR.name, "Arbeidsleder")
        return message_id

    def reply(self, request: SentRequest, name: str = "evaluation") -> Path:
        """The supervisor answers."""
        return send_evaluation(self.supervisor, self.completed(request), self.folder / f"{name}.rkvpakke").path

    def documented_case(self, *, shielded: bool = False) -> str:
        """A case with one evaluation received: its id."""
        case_id, placement_id = self.case(shielded=shielded)
        receive_packet(self.adviser, self.reply(self.request(placement_id, cleared_by=CLEARED_BY if shielded else "")))
        return case_id

    def county(self) -> Contact:
        """The county as the adviser has pinned it."""
        return contacts.pin_card(self.adviser, self.intake.card)

    def introduce_adviser(self) -> None:
        """The county takes in the adviser's card."""
        contacts.pin_card(self.intake, self.adviser.card)

    def apply(self, case_id: str, *, cleared_by: str = "") -> SentApplication:
        """The adviser sends the application."""
        target = self.folder / "application.rkvpakke"
        return assemble_application(self.adviser, case_id, self.county().id, GROUND, target, cleared_by=cleared_by)

    def acknowledged(self, application: SentApplication) -> Path:
        """The county receives the application and answers with a receipt."""
        self.introduce_adviser()
        receive_packet(self.intake, application.path)
        return send_receipt(self.intake, application.message_id, self.folder / "receipt.rkvpakke").path

    def received_case(self) -> tuple[str, SentApplication]:
        """A case that the county has, without a receipt so far: its id, and the application."""
        case_id = self.documented_case()
        application = self.apply(case_id)
        self.introduce_adviser()
        receive_packet(self.intake, application.path)
        return case_id, application

    def ask_for_more(self, application: SentApplication, name: str = "tilleggskrav") -> SentPacket:
        """The county asks for two things."""
        new = NewSupplementRequest(items=ASKED_FOR, deadline=DEADLINE, note="Ring om noe er uklart.")
        return ask_for_supplement(self.intake, application.message_id, new, self.folder / f"{name}.rkvpakke")

    def attached(self, workspace: Workspace, subject: str, name: str = "attest.pdf") -> Attachment:
        """Somebody attaches a document."""
        path = self.folder / name
        path.write_bytes(DOCUMENT)
        return attach_document(workspace, subject, path)

    def send_more(
        self, case_id: str, asked: SentPacket, documents: Sequence[ChosenDocument], name: str = "tillegg"
    ) -> SentPacket:
        """The adviser answers."""
        new = NewSupplement(documents=documents, note="Kurset er tatt på nytt.", ground=GROUND)
        return send_supplement(self.adviser, case_id, asked.message_id, new, self.folder / f"{name}.rkvpakke")

    def decide(self, application: SentApplication, name: str = "vedtak", **also: Any) -> SentPacket:
        """The county decides on the first aim, and on the whole plan."""
        aim = view_application(self.intake, application.message_id).queued.application.aims[0]
        new = NewOutcome(
            decided_on=local_date(NOW),
            recognised={aim.code: True, TRADE_PLAN: False},
            appeal="Klag til fylkeskommunen.",
            appeal_by=DEADLINE,
            **also,
        )
        return send_outcome(self.intake, application.message_id, new, self.folder / f"{name}.rkvpakke")

    def forged_reply(self, reply: Path, change: Callable[[Draft], Draft]) -> Path:
        """The supervisor's own key signs something else than the app would have sent."""
        return self.forged(reply, change, sender=self.supervisor, to=self.adviser)

    def forged(
        self,
        packet: Path,
        change: Callable[[Draft], Draft],
        *,
        sender: Workspace,
        to: Workspace,
        reader: Workspace | None = None,
    ) -> Path:
        """The message of a packet that `reader` (else `to`) can open, changed and without attachments, signed anew."""
        opened = open_packet(packet.read_bytes(), (reader or to).identity)
        honest = Draft(
            type=opened.type,
            content=opened.content,
            conversation_id=opened.conversation_id,
            answers=opened.answers,
            sender=sender.card,
            expires=opened.expires,
            reply_token=opened.reply_token,
            main_document=opened.main_document,
        )
        return self._sealed(sender, to, change(honest))

    def forged_receipt(self, application: SentApplication, sha256: str) -> Path:
        """A receipt from the county for a packet with another digest."""
        receipt = Receipt(journal_number="2026-00009", received_at=NOW, application_sha256=sha256, intake=INTAKE)
        ours = self.adviser.store.exchange.find(application.message_id)
        assert ours is not None
        draft = Draft(
            type=MessageType.RECEIPT,
            content=receipt,
            conversation_id=ours.conversation_id,
            answers=ours.message_id,
            sender=self.intake.card,
            expires=None,
            reply_token="",
            main_document=render_receipt(receipt, words=self.intake.words, at=NOW, record=record_json(receipt)),
        )
        return self._sealed(self.intake, self.adviser, draft)

    def state_of(self, case_id: str) -> CaseState:
        """Where a case stands."""
        return view_case(self.adviser, case_id).case.state

    def _sealed(self, sender: Workspace, to: Workspace, draft: Draft) -> Path:
        recipients = [CertificateRecipient(to.identity.sealing_certificate)]
        built = build_packet(
            replace(draft, sender=sender.card), identity=sender.identity, recipients=recipients, at=NOW
        )
        path = self.folder / f"forged-{len(list(self.folder.glob('forged-*')))}.rkvpakke"
        path.write_bytes(built.data)
        return path


def snapshot(workspace: Workspace, case_id: str) -> object:
    """All that receiving or sending could change in an adviser's case."""
    view = view_case(workspace, case_id)
    return (view, list(workspace.store.contacts.all()), workspace.store.exchange.queue_page())


def kept_packet(workspace: Workspace, message_id: str) -> bytes:
    """The octets of a packet as the store has them."""
    octets = BytesIO()
    workspace.store.exchange.copy_packet_to(message_id, octets)
    return octets.getvalue()


def _made(folder: Path, party: Party) -> Workspace:
    clock, words = FixedClock(), Words(Language.BOKMAL)
    return create_workspace(
        _vault(folder), _store(folder, party), PASSPHRASE, party, forms=FORMS, clock=clock, words=words
    )


def _opened(folder: Path, party: Party) -> Workspace:
    clock, words = FixedClock(), Words(Language.BOKMAL)
    return open_workspace(
        _vault(folder), _store(folder, party), Passphrase(PASSPHRASE), forms=FORMS, clock=clock, words=words
    )


def _vault(folder: Path) -> SqlCipherVault:
    """A vault whose memory of the stores lies beside them: it is copied with them, whoever opened them before."""
    return quick_vault(folder / "state")


def _store(folder: Path, party: Party) -> Path:
    return folder / f"{party.role.value}.rkv"
