# SPDX-License-Identifier: MIT
"""Fictional people, cases and packets for the tests of stores, and a vault that is quick to open."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

from rkv_app.crypto.kdf import KdfCost
from rkv_app.crypto.keyslots import Header, parse_header, unlock
from rkv_app.domain.aims import AimSet, CompetenceAim, Curriculum, OfficialText
from rkv_app.domain.cases import Case, CaseState, FinalCompetence
from rkv_app.domain.evaluations import AimText, Attestation, Evaluation, EvaluationState, FormPin
from rkv_app.domain.exchange import (
    Application,
    Card,
    Contact,
    Direction,
    EvaluationRequest,
    ExchangeRecord,
    IncomingRequest,
    MessageType,
    QueuedApplication,
    Trust,
)
from rkv_app.domain.people import Candidate, Party, Role
from rkv_app.domain.placements import Placement, Supervisor, Workplace
from rkv_app.domain.response_states import Revision
from rkv_app.domain.responses import FormResponse, SurveyAnswers, VersionMove
from rkv_app.domain.sharing import SharingEvent, SharingGround
from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.resources import state_folder
from rkv_app.store.database.engine import SqlCipherDatabase, connect
from rkv_app.store.files.header_file import read_header
from rkv_app.store.store import SqlCipherStore
from rkv_app.store.vault import SqlCipherVault

# As little as a header may ask for; no store of a user is made like this.
QUICK_COST = KdfCost(memory_kib=8 * 1024, iterations=1, lanes=1)
PASSPHRASE = "blåbær under snøen i april"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)

ADVISER = Party(role=Role.ADVISER, name="Kari Nordmann", organisation="Nav Testvik", unit="Oppfølging")
SUPERVISOR = Party(role=Role.SUPERVISOR, name="Ola Testesen", organisation="Testvik sykehjem", phone="00 00 00 00")
CARD = Card(party=ADVISER, signing_certificate=b"\x30\x82\x00\xff sign", sealing_certificate=b"\x30\x82\x00\xfe seal")

CANDIDATE = Candidate(
    id="candidate-1", given_name="Zarah", family_name="Øvelsesen", birth_date=date(1990, 5, 17), shielded=True
)
CASE = Case(
    id="case-1",
    reference="R-7KQ2",
    candidate_id=CANDIDATE.id,
    wanted=FinalCompetence("Helsearbeiderfaget", "HEA03-03"),
    state=CaseState.DRAFT,
    created=NOW,
    changed=NOW,
)
PLACEMENT = Placement(
    id="placement-1",
    case_id=CASE.id,
    workplace=Workplace(name="Testvik sykehjem", org_number="000000000", address="Øvre vei 1"),
    supervisor=Supervisor(name="Ola Testesen", position="Avdelingsleder", email="ola@example.no"),
    measure="ARBPRAKS",
    start=date(2026, 1, 5),
    end=None,
    percent=80,
    tasks="Stell og måltider",
)
AIMS = tuple(
    AimText(
        code=f"KM{n}",
        uri=f"http://psi.udir.no/kl06/KM{n}",
        text=f"gjøre oppgave {n}",
        language="nob",
        set_code="KV1",
        set_title="Etter Vg2",
    )
    for n in (1, 2, 3)
)
EVALUATION = Evaluation(
    id="evaluation-1",
    placement_id=PLACEMENT.id,
    form=FormPin("practice-evaluation", "2026.1", "ab" * 32),
    curriculum_code="HEA03-03",
    curriculum_changed="2024-05-05T12:00:00",
    curriculum_title="Læreplan i helsearbeiderfaget",
    aims=AIMS,
)
ATTESTATION = Attestation(name="Ola Testesen", position="Avdelingsleder", statement="Dette er sant.", at=NOW)
GROUND = SharingGround(legal_basis="consent", purpose="Realkompetansevurdering", informed_on=date(2026, 3, 1))
REQUEST = EvaluationRequest(
    candidate_name=CANDIDATE.name,
    placement=PLACEMENT,
    wanted="Helsearbeiderfaget",
    curriculum_code="HEA03-03",
    curriculum_changed="2024-05-05T12:00:00",
    curriculum_title="Læreplan i helsearbeiderfaget",
    aims=AIMS,
    form=EVALUATION.form,
)
APPLICATION = Application(
    reference=CASE.reference,
    candidate=CANDIDATE,
    wanted="Helsearbeiderfaget",
    curriculum_code="HEA03-03",
    curriculum_changed="2024-05-05T12:00:00",
    curriculum_title="Læreplan i helsearbeiderfaget",
    aims=AIMS,
    placements=(PLACEMENT,),
    evaluations=(
        replace(
            EVALUATION,
            state=EvaluationState.COMPLETED,
            answers={"matrix/KM1/rating": "independent", "matrix/KM1/known_by": ["observed", "talked"], "hours": 12.5},
            attestation=ATTESTATION,
        ),
    ),
    ground=GROUND,
    adviser=ADVISER,
)


RESPONSE = FormResponse(
    id="response-1",
    case_id=CASE.id,
    form=FormPin("meeting", "2026.1", "cd" * 32),
    language="nb",
    made=NOW,
    changed=NOW,
    aims=AIMS,
    answers={"agreed": "Ringe verkstedet", "hours": 12.5},
)
SURVEY = SurveyAnswers(form=FormPin("survey", "2026.1", "ef" * 32), month="2026-03", answers={"useful": "yes"})


def revision(number: int = 1, **answers: object) -> Revision:
    """Something that was completed."""
    reason = "Feil dato" if number > 1 else ""
    return Revision(number=number, answers=answers, at=later(number), by="Kari Nordmann", reason=reason)


def version_move(**lost: object) -> VersionMove:
    """A move of the sample response to the next version of its form."""
    after = FormPin("meeting", "2026.2", "ee" * 32)
    return VersionMove(
        before=RESPONSE.form,
        after=after,
        at=later(5),
        by="Kari Nordmann",
        kept=("hours",),
        changed={"agreed": "steps"},
        lost=lost,
    )


def quick_vault(state: Path | None = None) -> SqlCipherVault:
    """A vault whose stores are quick to unlock; it remembers them in `state`, or in the user's folder for that."""
    return SqlCipherVault(SystemClock(), state or state_folder(), cost=QUICK_COST)


def opened_header(path: Path) -> tuple[Header, bytearray]:
    """The header of a store and the store's key."""
    header = parse_header(read_header(path))
    way = Passphrase(PASSPHRASE)
    return header, unlock(header, way, now=NOW, boot="", quick_secret=lambda _store_id: None)


def opened_database(path: Path) -> SqlCipherDatabase:
    """The database of a store, without the lock and the checks of a vault."""
    _, key = opened_header(path)
    database = SqlCipherDatabase(connect(path, key), path, SystemClock())
    database.begin_trail()
    return database


def empty_database(path: Path) -> SqlCipherDatabase:
    """A new database without tables."""
    path.touch()
    return SqlCipherDatabase(connect(path, bytes(32)), path, SystemClock())


def made_store(path: Path) -> Path:
    """Makes a store with the sample case in it, closes it, and returns its path."""
    store = quick_vault().create(path, PASSPHRASE)
    fill(store)
    store.close()
    return path


def fill(store: SqlCipherStore) -> None:
    """Puts the sample case, its placement and evaluation, a curriculum, packets and a sharing event into a store."""
    with store.transaction():
        store.contacts.found(ADVISER, b"the store's own keys")
        store.contacts.pin(contact("contact-1"))
        store.curricula.put([curriculum()])
        store.cases.add(CANDIDATE, CASE)
        store.cases.put_placement(PLACEMENT, NOW)
        store.evaluations.add(EVALUATION)
        store.evaluations.save_answer(EVALUATION.id, "matrix/KM1/example", "Skrev rapport for Zarah", NOW)
        store.exchange.record(record("message-1"), packet())
        store.exchange.enqueue(queued("message-2"), pdf())
        store.sharing.append(sharing_event("event-1"))


def curriculum(code: str = "HEA03-03", changed: str = "2024-05-05T12:00:00", aims: int = 3) -> Curriculum:
    """A small plan with two sets, the second one empty."""
    found = tuple(
        CompetenceAim(
            code=f"KM{n}",
            uri=f"http://psi.udir.no/kl06/KM{n}",
            text=OfficialText({"default": f"gjøre oppgave {n}", "nno": f"gjere oppgåve {n}"}),
            taken_from="KM900" if n == 1 else "",
        )
        for n in range(1, aims + 1)
    )
    return Curriculum(
        code=code,
        uri=f"http://psi.udir.no/kl06/{code}",
        title=OfficialText({"default": "Læreplan i øving", "sme": "Oahppoplána"}),
        changed=changed,
        published=True,
        sets=(
            AimSet(code="KV1", uri="http://psi.udir.no/kl06/KV1", title=OfficialText({"default": "Vg2"}), aims=found),
            AimSet(code="KV2", uri="http://psi.udir.no/kl06/KV2", title=OfficialText({"default": "Vg3"}), aims=()),
        ),
        valid_from=date(2024, 8, 1),
        modular=True,
        replaces=("HEA03-02",),
        original_plans=("HEA03-02", "HEA02-01"),
    )


def record(message_id: str, *, at: datetime = NOW, case_id: str = CASE.id) -> ExchangeRecord:
    """A request that was sent."""
    return ExchangeRecord(
        message_id=message_id,
        conversation_id="conversation-1",
        answers="",
        type=MessageType.REQUEST,
        direction=Direction.SENT,
        case_id=case_id,
        counterpart="Ola Testesen",
        at=at,
        manifest_sha256="cd" * 32,
        reply_token="ef" * 32,
    )


def packet() -> BytesIO:
    """The octets of a packet, to be read."""
    return BytesIO(bytes(range(256)))


def pdf() -> BytesIO:
    """The PDF of an application, to be read."""
    return BytesIO(b"%PDF-1.7 Zarah")


def incoming(message_id: str, *, at: datetime = NOW) -> IncomingRequest:
    """A request that has come to a supervisor."""
    return IncomingRequest(
        message_id=message_id,
        conversation_id="conversation-1",
        received_at=at,
        expires=date(2026, 4, 1),
        sender=CARD,
        reply_token="ef" * 32,
        request=REQUEST,
        evaluation_id=EVALUATION.id,
    )


def queued(message_id: str, *, at: datetime = NOW) -> QueuedApplication:
    """An application in the county's queue."""
    return QueuedApplication(
        message_id=message_id,
        conversation_id="conversation-1",
        journal_number=f"2026/{message_id}",
        received_at=at,
        sender=CARD,
        trust=Trust.PINNED_CONTACT,
        manifest_sha256="cd" * 32,
        application=APPLICATION,
    )


def contact(contact_id: str) -> Contact:
    """A contact nobody has checked."""
    return Contact(id=contact_id, card=CARD, digits="12345 " * 6, pinned_at=NOW)


def sharing_event(event_id: str, *, at: datetime = NOW, case_id: str = CASE.id) -> SharingEvent:
    """Something that was shared of the sample case."""
    return SharingEvent(
        id=event_id,
        case_id=case_id,
        message_id="message-1",
        at=at,
        receiver="Testvik fylkeskommune",
        ground=GROUND,
        sha256="cd" * 32,
    )


def later(minutes: int) -> datetime:
    """A moment after NOW."""
    return NOW + timedelta(minutes=minutes)
