# SPDX-License-Identifier: MIT
"""Invented parties, contents and packets for tests of the packet room, and hand-made ZIP files for hostile ones."""

import hashlib
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from rkv_app.crypto.envelope import CertificateRecipient, CodeRecipient, SealTo
from rkv_app.crypto.identity import Identity, make_identity
from rkv_app.domain.evaluations import AimText, Attestation, Evaluation, EvaluationState, FormPin
from rkv_app.domain.exchange import (
    Application,
    Card,
    Decision,
    DecisionScope,
    DocumentRole,
    EvaluationRequest,
    ListedDocument,
    MessageType,
    MissingItem,
    Outcome,
    Receipt,
    Supplement,
    SupplementRequest,
)
from rkv_app.domain.people import Candidate, Party, Role
from rkv_app.domain.placements import Placement, Supervisor, Workplace
from rkv_app.domain.sharing import SharingGround
from rkv_app.packets.build import Attachment, BuiltPacket, Draft, build_packet
from rkv_app.packets.messages import Content

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
CODE = "12345 67890 12345 67890"
CONVERSATION = "0b5c5a3e-6f0e-4f9e-9d57-3c3a52a7f6d1"
REQUEST_ID = "7d2f9c80-32c5-4f31-8a5c-0c9be1f7a111"
TOKEN = "ab" * 32
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 20
MIMETYPE = b"application/vnd.etsi.asic-e+zip"

ADVISER = Party(role=Role.ADVISER, name="Åse Prøve", organisation="Nav Øvingsby", unit="Markedsteam")
COUNTY = Party(role=Role.INTAKE, name="Per Mottak", organisation="Øvingsfylket", org_number="999999999")


@cache
def identity(name: str) -> Identity:
    """The keys of one party, the same all through a test run."""
    return make_identity(AT)


def card(name: str, party: Party = ADVISER) -> Card:
    """The contact card of one party."""
    keys = identity(name)
    return Card(party=party, signing_certificate=keys.signing_certificate, sealing_certificate=keys.sealing_certificate)


AIM = AimText(
    code="KM9001",
    uri="urn:practice:KM9001",
    text="planlegge og gjøre reint",
    language="nno",
    set_code="KV901",
    set_title="Øvingsmodul 1",
)
FORM = FormPin("practice-evaluation", "2026.1", "0" * 64)
PLACEMENT = Placement(
    id="p1",
    case_id="c1",
    workplace=Workplace(name="Øvingskafeen", org_number="999999999"),
    supervisor=Supervisor(name="Kari Øvelse"),
    measure="ARBTREN",
    start=date(2026, 1, 5),
    end=None,
    percent=80,
    tasks="Kjøkken og servering\tdaglig\nog lager",
)
REQUEST = EvaluationRequest(
    candidate_name="Nor Mann Øving",
    placement=PLACEMENT,
    wanted="Øvingsfaget",
    curriculum_code="OVF01-01",
    curriculum_changed="2026-01-01",
    curriculum_title="Læreplan i øvingsfaget",
    aims=(AIM,),
    form=FORM,
)
EVALUATION = Evaluation(
    id="e1",
    placement_id="p1",
    form=FORM,
    curriculum_code="OVF01-01",
    curriculum_changed="2026-01-01",
    curriculum_title="Læreplan i øvingsfaget",
    aims=(AIM,),
    state=EvaluationState.COMPLETED,
    answers={"matrix/KM9001/rating": "independent", "matrix/KM9001/known_by": ["observed"], "days": 12, "note": None},
    attestation=Attestation(name="Kari Øvelse", position="Leder", statement="Stemmer.", at=AT),
)
APPLICATION = Application(
    reference="K7Q2",
    candidate=Candidate(id="k1", given_name="Nor Mann", family_name="Øving", birth_date=date(1990, 2, 3)),
    wanted="Øvingsfaget",
    curriculum_code="OVF01-01",
    curriculum_changed="2026-01-01",
    curriculum_title="Læreplan i øvingsfaget",
    aims=(AIM,),
    placements=(PLACEMENT,),
    evaluations=(EVALUATION,),
    ground=SharingGround(legal_basis="consent", purpose="Realkompetansevurdering", informed_on=date(2026, 11, 1)),
    adviser=ADVISER,
)
RECEIPT = Receipt(journal_number="2026/12", received_at=AT, application_sha256="1" * 64, intake=COUNTY)
ATTACHMENTS = (
    Attachment("Søknad, vedlegg.pdf", "application/pdf", PDF),
    Attachment("notat.txt", "text/plain", "Blåbærsyltetøy\n".encode() * 500),
)
DIGESTS = tuple(hashlib.sha256(attachment.data).hexdigest() for attachment in ATTACHMENTS)
SUPPLEMENT_REQUEST = SupplementRequest(
    journal_number="2026/12",
    application_sha256="1" * 64,
    items=(
        MissingItem(id="1", text="Arbeidsattest frå øvingskafeen"),
        MissingItem(id="2", text="Kursbevis i hygiene"),
    ),
    deadline=date(2026, 12, 15),
    note="Ring om noe er uklart.",
    intake=COUNTY,
)
SUPPLEMENT = Supplement(
    request_sha256="2" * 64,
    documents=(
        ListedDocument(name="Søknad, vedlegg.pdf", role=DocumentRole.EMPLOYMENT, sha256=DIGESTS[0], item="1"),
        ListedDocument(name="notat.txt", role=DocumentRole.OTHER, sha256=DIGESTS[1]),
    ),
    note="Kursbeviset kommer senere.",
    ground=SharingGround(legal_basis="consent", purpose="Realkompetansevurdering", informed_on=date(2026, 11, 21)),
    adviser=ADVISER,
)
OUTCOME = Outcome(
    journal_number="2026/12",
    application_sha256="1" * 64,
    decided_on=date(2026, 11, 23),
    decisions=(
        Decision(scope=DecisionScope.AIM, code=AIM.code, title=AIM.text, recognised=True),
        Decision(scope=DecisionScope.PLAN, code="OVF01-01", title="Læreplan i øvingsfaget", recognised=False),
    ),
    reasons="Praksisen dekker ett av målene.",
    appeal="Klag skriftlig til fylkeskommunen.",
    appeal_by=date(2026, 12, 14),
    documents=(
        ListedDocument(name="Søknad, vedlegg.pdf", role=DocumentRole.DECISION, sha256=DIGESTS[0]),
        ListedDocument(name="notat.txt", role=DocumentRole.OTHER, sha256=DIGESTS[1]),
    ),
    intake=COUNTY,
)
CONTENTS: dict[MessageType, Content] = {
    MessageType.REQUEST: REQUEST,
    MessageType.EVALUATION: EVALUATION,
    MessageType.APPLICATION: APPLICATION,
    MessageType.RECEIPT: RECEIPT,
    MessageType.SUPPLEMENT_REQUEST: SUPPLEMENT_REQUEST,
    MessageType.SUPPLEMENT: SUPPLEMENT,
    MessageType.OUTCOME: OUTCOME,
}


def draft(kind: MessageType, attachments: tuple[Attachment, ...] = ATTACHMENTS) -> Draft:
    """A message of a type, from the adviser."""
    return Draft(
        type=kind,
        content=CONTENTS[kind],
        conversation_id=CONVERSATION,
        answers="" if kind is MessageType.REQUEST else REQUEST_ID,
        sender=card("adviser"),
        expires=date(2027, 1, 31),
        reply_token=TOKEN,
        main_document=PDF,
        attachments=attachments,
    )


def to(name: str) -> CertificateRecipient:
    """A recipient by own key."""
    return CertificateRecipient(identity(name).sealing_certificate)


def built(kind: MessageType = MessageType.APPLICATION, recipients: Sequence[SealTo] = ()) -> BuiltPacket:
    """A packet from the adviser to the county and to whoever knows the code, unless told otherwise."""
    chosen = recipients or (to("county"), CodeRecipient(CODE))
    return build_packet(draft(kind), identity=identity("adviser"), recipients=chosen, at=AT)


@dataclass(kw_only=True)
class RawEntry:
    """One entry of a hand-made ZIP; every field may lie. None means the true value."""

    name: bytes
    data: bytes = b""
    deflate: bool = False
    method: int | None = None
    flags: int = 0
    size: int | None = None
    packed: bytes | None = None
    crc: int | None = None
    extra: bytes = b""
    attributes: int = 0
    local_name: bytes | None = None
    local_size: int | None = None
    before: bytes = b""
    listed: bool = True
    offset: int | None = None
    descriptor: bytes = b""


def raw_zip(
    entries: Sequence[RawEntry], *, prefix: bytes = b"", suffix: bytes = b"", gap: bytes = b"", comment: bytes = b""
) -> bytes:
    """Writes a ZIP by hand, byte for byte as asked for."""
    body, directory, count = prefix, b"", 0
    for entry in entries:
        body += entry.before
        offset = len(body) if entry.offset is None else entry.offset
        packed = entry.packed if entry.packed is not None else _packed(entry)
        method = entry.method if entry.method is not None else 8 if entry.deflate else 0
        crc = zlib.crc32(entry.data) if entry.crc is None else entry.crc
        size = len(entry.data) if entry.size is None else entry.size
        local_size = size if entry.local_size is None else entry.local_size
        local_name = entry.name if entry.local_name is None else entry.local_name
        told = (0, 0, 0) if entry.flags & 8 else (crc, len(packed), local_size)
        if entry.offset is None:
            body += struct.pack(
                "<4s5H3L2H", b"PK\3\4", 20, entry.flags, method, 0, 33, *told, len(local_name), len(entry.extra)
            )
            body += local_name + entry.extra + packed + entry.descriptor
        if entry.listed:
            count += 1
            directory += struct.pack(
                "<4s6H3L5H2L", b"PK\1\2", 20, 20, entry.flags, method, 0, 33, crc, len(packed), size,
                len(entry.name), len(entry.extra), 0, 0, 0, entry.attributes, offset,
            )  # fmt: skip
            directory += entry.name + entry.extra
    body += gap
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), len(comment))
    return body + directory + end + comment + suffix


def mimetype_entry() -> RawEntry:
    """The first entry of every container."""
    return RawEntry(name=b"mimetype", data=MIMETYPE)


def _packed(entry: RawEntry) -> bytes:
    if not entry.deflate:
        return entry.data
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return engine.compress(entry.data) + engine.flush()
