# SPDX-License-Identifier: MIT
"""The whole job on practice data: three parties, three encrypted stores, the same use cases that the windows use."""

import contextlib
import hashlib
import io
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rkv_app.crypto.identity import pem_files
from rkv_app.curriculum.importer import practice_curriculum_files
from rkv_app.domain.cases import CaseState
from rkv_app.domain.coverage import Covered, counts
from rkv_app.domain.exchange import DocumentRole
from rkv_app.domain.people import Role
from rkv_app.domain.store_ports import Vault
from rkv_app.domain.stores import Passphrase
from rkv_app.forms.registry import Forms
from rkv_app.foundation.clock import Clock
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Message, Words, message
from rkv_app.foundation.safe_files import explain_os_error, write_atomically
from rkv_app.usecases import contacts, demo_people
from rkv_app.usecases.add_placement import add_placement
from rkv_app.usecases.ask_for_supplement import ask_for_supplement
from rkv_app.usecases.assemble_application import assemble_application
from rkv_app.usecases.complete_evaluation import complete_evaluation
from rkv_app.usecases.create_case import create_case
from rkv_app.usecases.create_workspace import create_workspace
from rkv_app.usecases.documents_along import ChosenDocument
from rkv_app.usecases.import_curriculum import import_curriculum
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.request_evaluation import SentRequest, request_evaluation
from rkv_app.usecases.save_answer import save_answer
from rkv_app.usecases.send_evaluation import send_evaluation
from rkv_app.usecases.send_outcome import send_outcome
from rkv_app.usecases.send_receipt import send_receipt
from rkv_app.usecases.send_supplement import NewSupplement, send_supplement
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.view_queue import list_queue, view_application
from rkv_app.usecases.view_requests import view_request
from rkv_app.usecases.workspace import Workspace

# Not a secret: the stores of the demo hold made-up people only, and whoever plays it must be able to open them.
PASSPHRASE = "bare til øvelse"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What to play.

    Attributes:
        out: folder to fill; it must be empty or not exist.
        curriculum: Grep files to take the plan from; empty takes the embedded practice plan.
        plan: code of the plan.
        with_keys: also write the parties' throw-away private keys and the spoken code.
    """

    out: Path
    curriculum: Sequence[Path] = ()
    plan: str = demo_people.PRACTICE_PLAN
    with_keys: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step that was played: what it was, the file it made or None, and how long it took in milliseconds."""

    name: str
    told: Message
    file: Path | None
    sha256: str
    ms: float


@dataclass(frozen=True, slots=True)
class PlayedStore:
    """A store of the demo, and whether every page of it is whole."""

    path: Path
    integrity: str


@dataclass(frozen=True, slots=True)
class Played:
    """The demo as it went."""

    steps: tuple[Step, ...]
    stores: tuple[PlayedStore, ...]


def store_path(out: Path, role: Role) -> Path:
    """The store of a party of the demo."""
    return out / f"{role.value}.rkv"


def play_demo(
    options: DemoOptions,
    vault: Vault,
    *,
    forms: Forms,
    clock: Clock,
    words: Words,
    tell: Callable[[Step], None] = lambda _step: None,
) -> Played:
    """Plays the conversation from the first store to the outcome. When a step fails, nothing of it is left behind.

    Raises:
        UserError: RKV-DEM-001 the folder is not empty; else what the steps raise.
    """
    made = _prepare(options.out)
    try:
        # The stores are closed before anything is taken away: Windows keeps files that are open.
        with contextlib.ExitStack() as opened:
            desk: dict[Role, Workspace] = {}
            for role, party in demo_people.PARTIES.items():
                path = store_path(options.out, role)
                desk[role] = create_workspace(vault, path, PASSPHRASE, party, forms=forms, clock=clock, words=words)
                opened.callback(desk[role].close)
            steps = _Play(options, desk, tell).all()
        return Played(steps, tuple(_checked(vault, store_path(options.out, role)) for role in desk))
    except BaseException:
        _clear(options.out, itself=made)
        raise


class _Play:
    """The steps, in order; each takes what the one before it made."""

    def __init__(self, options: DemoOptions, desk: dict[Role, Workspace], tell: Callable[[Step], None]) -> None:
        self._options = options
        self._out = options.out
        self._adviser = desk[Role.ADVISER]
        self._supervisor = desk[Role.SUPERVISOR]
        self._intake = desk[Role.INTAKE]
        self._tell = tell
        self._steps: list[Step] = []
        self._began = time.perf_counter()

    def all(self) -> tuple[Step, ...]:
        self._curriculum()
        case_id, request = self._request()
        self._evaluation(request)
        self._application(case_id)
        application_id = self._receipt()
        self._received(case_id)
        self._supplement_request(application_id)
        self._supplement(case_id)
        self._outcome(application_id)
        self._decided(case_id)
        if self._options.with_keys:
            self._keys(request.code)
        return tuple(self._steps)

    def _curriculum(self) -> None:
        files = self._options.curriculum or practice_curriculum_files()
        report = import_curriculum(self._adviser, files, {self._options.plan})
        plan = report.curricula[0]
        self._done(
            "curriculum",
            message("The curriculum {code} is imported: {n} competence aims.", code=plan.code, n=plan.aim_count()),
        )

    def _request(self) -> tuple[str, SentRequest]:
        ws = self._adviser
        curriculum = ws.store.curricula.get(self._options.plan)
        title = curriculum.title.text(ws.language) if curriculum else ""
        case_id = create_case(ws, demo_people.new_case(title, self._options.plan))
        placement_id = add_placement(ws, case_id, demo_people.new_placement(ws.clock.now()))
        request = request_evaluation(ws, placement_id, self._out / "01-request.rkvpakke")
        self._done("request", message("The adviser asks the workplace for an evaluation."), request.path)
        return case_id, request

    def _evaluation(self, request: SentRequest) -> None:
        ws = self._supervisor
        received = receive_packet(ws, request.path, request.code)
        evaluation = view_request(ws, received.message_id).evaluation
        answers = demo_people.answers(evaluation.aims, ws.clock.now())
        with ws.store.transaction():
            for item, value in answers.items():
                save_answer(ws, evaluation.id, item, value)
        complete_evaluation(ws, received.message_id, ws.party.name, demo_people.SUPERVISOR_POSITION)
        sent = send_evaluation(ws, received.message_id, self._out / "02-evaluation.rkvpakke")
        self._done(
            "evaluation", message("The supervisor opens it with the code, answers, and sends it back."), sent.path
        )

    def _application(self, case_id: str) -> None:
        ws = self._adviser
        receive_packet(ws, self._out / "02-evaluation.rkvpakke")
        county = contacts.pin_card(ws, self._intake.card)
        contacts.confirm_contact(ws, county.id, ws.party.name)
        ground = demo_people.ground(ws.clock.now(), ws.words)
        sent = assemble_application(ws, case_id, county.id, ground, self._out / "03-application.rkvpakke")
        documented = counts(view_case(ws, case_id).coverage)
        self._done(
            "application",
            message(
                "The adviser receives it ({covered} aims covered, {partly} partly) and assembles the application.",
                covered=documented[Covered.COVERED],
                partly=documented[Covered.PARTLY],
            ),
            sent.path,
        )

    def _receipt(self) -> str:
        ws = self._intake
        sender = contacts.pin_card(ws, self._adviser.card)
        contacts.confirm_contact(ws, sender.id, ws.party.name)
        receive_packet(ws, self._out / "03-application.rkvpakke")
        queued = list_queue(ws).applications[-1]
        sent = send_receipt(ws, queued.message_id, self._out / "04-receipt.rkvpakke")
        self._done(
            "receipt",
            message(
                "The county imports the application as {number} and sends a receipt.", number=queued.journal_number
            ),
            sent.path,
        )
        return queued.message_id

    def _received(self, case_id: str) -> None:
        self._receive_in_case("04-receipt.rkvpakke", case_id, CaseState.RECEIVED)
        self._done(
            "received", message("The adviser receives the receipt. The case now stands as received by the county.")
        )

    def _supplement_request(self, application_id: str) -> None:
        ws = self._intake
        new = demo_people.new_supplement_request(ws.clock.now())
        sent = ask_for_supplement(ws, application_id, new, self._out / "05-supplement-request.rkvpakke")
        self._done("supplement_request", message("The county lacks a certificate and asks for it."), sent.path)

    def _supplement(self, case_id: str) -> None:
        ws, now = self._adviser, self._adviser.clock.now()
        asked = self._receive_in_case("05-supplement-request.rkvpakke", case_id, CaseState.SUPPLEMENT_REQUESTED)
        certificate = ws.store.attachments.add(
            io.BytesIO(demo_people.CERTIFICATE), subject=case_id, name=demo_people.CERTIFICATE_NAME, at=now
        )
        new = NewSupplement(
            documents=[ChosenDocument(certificate.id, DocumentRole.COURSE, item="1")],
            note="",
            ground=demo_people.ground(now, ws.words),
        )
        sent = send_supplement(ws, case_id, asked, new, self._out / "06-supplement.rkvpakke")
        self._done("supplement", message("The adviser attaches the certificate and sends it."), sent.path)

    def _outcome(self, application_id: str) -> None:
        ws = self._intake
        receive_packet(ws, self._out / "06-supplement.rkvpakke")
        new = demo_people.new_outcome(view_application(ws, application_id).coverage, ws.clock.now())
        sent = send_outcome(ws, application_id, new, self._out / "07-outcome.rkvpakke")
        self._done(
            "outcome",
            message(
                "The county decides on {n} aims and recognises {recognised} of them.",
                n=len(new.recognised),
                recognised=sum(new.recognised.values()),
            ),
            sent.path,
        )

    def _decided(self, case_id: str) -> None:
        self._receive_in_case("07-outcome.rkvpakke", case_id, CaseState.DECIDED)
        self._done("decided", message("The adviser receives the outcome. The case now stands as decided."))

    def _receive_in_case(self, name: str, case_id: str, expected: CaseState) -> str:
        """The adviser takes in what the county sent; returns the id of the message."""
        received = receive_packet(self._adviser, self._out / name)
        state = view_case(self._adviser, received.case_id).case.state
        if received.case_id != case_id or state is not expected:
            raise RuntimeError("a packet of the county did not reach its case")
        return received.message_id

    def _keys(self, code: str) -> None:
        folder = self._out / "keys"
        for role, ws in (
            (Role.ADVISER, self._adviser),
            (Role.SUPERVISOR, self._supervisor),
            (Role.INTAKE, self._intake),
        ):
            (folder / role.value).mkdir(parents=True)
            for name, data in pem_files(ws.identity).items():
                write_atomically(folder / role.value / name, data)
        write_atomically(folder / "spoken-code.txt", code.replace(" ", "").encode())
        self._done("keys", message("The throw-away keys and the code are written, to check the packets with."))

    def _done(self, name: str, told: Message, file: Path | None = None) -> None:
        now = time.perf_counter()
        digest = hashlib.sha256(file.read_bytes()).hexdigest() if file else ""
        step = Step(name, told, file, digest, round((now - self._began) * 1000, 1))
        self._began = now
        self._steps.append(step)
        self._tell(step)


def _prepare(out: Path) -> bool:
    """Makes the folder where it is missing; says whether it did."""
    try:
        if out.exists():
            if not out.is_dir() or any(out.iterdir()):
                raise UserError(
                    "RKV-DEM-001",
                    message("The folder {name} is not empty.", name=out.name),
                    message("Nothing was written. Choose a new folder for the demo."),
                )
            return False
        out.mkdir(parents=True, mode=0o700)
    except OSError as problem:
        raise explain_os_error(problem, out) from problem
    return True


def _clear(out: Path, *, itself: bool) -> None:
    """Takes away what a broken demo made: the folder was empty when it began."""
    for path in sorted(out.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
    if itself:
        out.rmdir()


def _checked(vault: Vault, path: Path) -> PlayedStore:
    for found in vault.check(path, Passphrase(PASSPHRASE)).findings:
        raise UserError(found.code, found.message, found.hint, ExitStatus.DAMAGED)
    return PlayedStore(path, "ok")
