# SPDX-License-Identifier: MIT
"""A county and an adviser in the middle of what comes after an application, for looking at."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rkv_app.domain.exchange import DocumentRole
from rkv_app.domain.sharing import SharingGround
from rkv_app.foundation.errors import UserError
from rkv_app.usecases.ask_for_supplement import NewSupplementRequest, ask_for_supplement
from rkv_app.usecases.attach_document import attach_document
from rkv_app.usecases.documents_along import ChosenDocument
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.reference import legal_bases
from rkv_app.usecases.send_outcome import NewOutcome, send_outcome
from rkv_app.usecases.send_supplement import NewSupplement, send_supplement
from rkv_app.usecases.view_queue import view_application
from support.parties import ADVISER, INTAKE, SUPERVISOR, Parties

_DEADLINE = date(2099, 12, 1)


@dataclass(frozen=True, slots=True)
class Conversation:
    """Two conversations.

    Attributes:
        unknown: the county does not know the adviser, so the application lies in quarantine.
        known: the county has asked twice, was answered once, and has decided; the adviser has not heard of that yet.
    """

    unknown: Parties
    known: Parties


def converse(folder: Path) -> Conversation:
    """Plays both into `folder`."""
    unknown, known = (_applied(folder / name) for name in ("unknown", "known"))
    county = unknown.at(INTAKE)
    try:
        receive_packet(county, unknown.folder / "application.rkvpakke")
    except UserError:
        pass
    finally:
        county.close()
    known.introduce(INTAKE, known.card(ADVISER))
    _decide(known)
    return Conversation(unknown, known)


def _applied(folder: Path) -> Parties:
    folder.mkdir()
    parties = Parties(folder)
    for party in (ADVISER, SUPERVISOR, INTAKE):
        parties.make_store(party)
    parties.introduce(ADVISER, parties.card(INTAKE))
    parties.application(parties.evaluation(parties.request()))
    return parties


def _decide(parties: Parties) -> None:
    folder = parties.folder
    paths = [folder / name for name in ("05.rkvpakke", "06.rkvpakke", "07.rkvpakke", "08.rkvpakke")]
    first, answer, second, outcome = paths
    reference, letter = folder / "arbeidsattest-fra-luftskipshavnen.pdf", folder / "vedtaksbrev.pdf"
    for path in (reference, letter):
        path.write_bytes(b"%PDF-1.7\n" + path.name.encode())
    county, adviser = parties.at(INTAKE), parties.at(ADVISER)
    try:
        message_id = receive_packet(county, folder / "application.rkvpakke").message_id
        items = ["Arbeidsattest fra luftskipshavnen", "Kursbevis i fortøyning"]
        ask_for_supplement(county, message_id, NewSupplementRequest(items=items, deadline=_DEADLINE), first)
        received = receive_packet(adviser, first)
        document = attach_document(adviser, received.case_id, reference)
        new = NewSupplement(
            documents=[ChosenDocument(document.id, DocumentRole.EMPLOYMENT, "1")],
            note="Kursbeviset kommer når kurset er fullført.",
            ground=SharingGround(
                legal_basis=next(iter(legal_bases("en"))), purpose="Vurdering.", informed_on=date(2026, 1, 20)
            ),
        )
        send_supplement(adviser, received.case_id, received.message_id, new, answer)
        receive_packet(county, answer)
        asked = NewSupplementRequest(
            items=["Kursbevis i fortøyning, eller en bekreftelse fra kursholderen med dato og varighet"],
            deadline=_DEADLINE,
            note="Ring gjerne hvis noe er uklart.",
        )
        ask_for_supplement(county, message_id, asked, second)
        receive_packet(adviser, second)
        aims = view_application(county, message_id).queued.application.aims
        decision = NewOutcome(
            decided_on=date(2026, 2, 20),
            recognised={aim.code: number == 0 for number, aim in enumerate(aims[:3])},
            reasons="Praksisen dekker ett av målene.",
            appeal="Skriv til fylkeskommunen.",
            appeal_by=_DEADLINE,
            documents=[ChosenDocument(attach_document(county, message_id, letter).id, DocumentRole.DECISION)],
        )
        send_outcome(county, message_id, decision, outcome)
    finally:
        county.close()
        adviser.close()
