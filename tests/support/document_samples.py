# SPDX-License-Identifier: MIT
"""A fictional case as large as a real one: thirty aims, long and short, two workplaces, Sami and Cyrillic names."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from rkv_app.documents.application import render_application
from rkv_app.documents.attest import Attest, render_attest
from rkv_app.documents.evaluation import render_evaluation
from rkv_app.documents.letters import (
    render_outcome,
    render_receipt,
    render_request,
    render_supplement,
    render_supplement_request,
)
from rkv_app.documents.recommendation import Recommendation, render_recommendation
from rkv_app.documents.recovery_sheet import render_recovery_sheet
from rkv_app.documents.sections import Evidence
from rkv_app.domain.cases import Case, CaseState, FinalCompetence, Transition
from rkv_app.domain.coverage import AimCoverage, Source, coverage
from rkv_app.domain.evaluations import AimRating, AimText, Attestation, Evaluation, FormPin, KnownBy, PlanText, Rating
from rkv_app.domain.exchange import (
    Application,
    Decision,
    DecisionScope,
    Direction,
    DocumentRole,
    EvaluationRequest,
    ExchangeRecord,
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
from rkv_app.domain.practice import sum_practice
from rkv_app.domain.sharing import SharingEvent, SharingGround
from rkv_app.foundation.i18n import Language, Words

if TYPE_CHECKING:
    from rkv_app.documents.candidate_copy import CandidateCopy

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

AIM_TEXTS = (
    "bruke fagterminologi i eget arbeid",
    "planlegge, gjennomføre, vurdere og dokumentere eget arbeid",
    "gjøre rede for hvordan egen yrkesutøvelse påvirker det fysiske og psykososiale arbeidsmiljøet",
    "bruke grunnleggende prosedyrer for personlig stell og hygiene og vurdere behovet for hjelpemidler",
    "kommunisere og samhandle med pasienter, brukere og pårørende på en måte som bygger på respekt, likeverd og tillit",
    "følge gjeldende regelverk for helse, miljø og sikkerhet og bruke ergonomiske prinsipper for å forebygge skader",
    "observere, dokumentere og rapportere endringer i pasienters og brukeres helsetilstand og iverksette enkle "
    "tiltak ved behov",
    "reflektere over etiske dilemmaer i møte med mennesker i sårbare situasjoner og drøfte hvordan taushetsplikt, "
    "opplysningsplikt og meldeplikt virker inn på eget arbeid",
    "drøfte hvordan kosthold, fysisk aktivitet, søvn og sosialt fellesskap virker inn på den fysiske og psykiske "
    "helsen, og legge til rette for måltider og aktiviteter som er tilpasset den enkeltes behov, kultur og livssyn",
    "planlegge og gjennomføre tiltak som fremmer mestring, deltakelse og livskvalitet hos brukere med nedsatt "
    "funksjonsevne, begrunne valgene med utgangspunkt i faglige retningslinjer, og vurdere resultatet sammen med "
    "brukeren, de pårørende og andre yrkesgrupper i det tverrfaglige samarbeidet",
)
_SETS = (
    ("KV700", "Modul 1 – Helsefremmende arbeid", "nob"),
    ("KV701", "Modul 2 – Kommunikasjon og samhandling", "nob"),
    ("KV702", "Modul 3 – Yrkesliv i helse og oppvekst", "nno"),
)
_PLANS = (
    PlanText("HEA05-02", "2025-08-01T00:00:00", "Læreplan i helsearbeiderfaget"),
    PlanText("HEA02-02", "2024-06-17T10:00:00", "Læreplan i vg2 helsearbeiderfag"),
)
_EXAMPLES = (
    "Hjalp to beboere med morgenstell hver dag, også når vi var få på jobb.",
    "Oppdaget rødhet på hælen til en beboer, meldte fra til sykepleier og skrev det i journalen samme vakt. "
    "Fulgte opp med avlastning og la fram saken på rapporten neste morgen.",
    "",
    "Laget ukesplan for måltidene sammen med kjøkkenet.",
)


def aims() -> tuple[AimText, ...]:
    """Thirty aims in three sets; those of the last set are in nynorsk, by their mark."""
    made = []
    for number in range(30):
        code, title, language = _SETS[number // 10]
        made.append(
            AimText(
                code=f"KM{13540 + number}",
                uri=f"http://psi.udir.no/kl06/KM{13540 + number}",
                text=AIM_TEXTS[number % 10],
                language=language,
                set_code=code,
                set_title=title,
            )
        )
    return tuple(made)


def placements() -> tuple[Placement, ...]:
    """One that has ended and one that goes on, with Sami and Cyrillic names."""
    return (
        Placement(
            id="p-1",
            case_id="c-1",
            workplace=Workplace(
                name="Fjellheimen omsorgssenter", org_number="999111222", address="Elvebakken 4, 9730 Karasjok"
            ),
            supervisor=Supervisor(
                name="Áŋŋá Čiekčamánnu-Ŧuođđar",
                position="fagleder",
                email="anna@example.no",
                phone="+47 400 00 001",
            ),
            measure="ARBTREN",
            start=date(2026, 2, 2),
            end=date(2026, 7, 31),
            percent=80,
            tasks="Stell, måltider og aktiviteter på en avdeling for personer med demens. Dag- og kveldsvakter.",
        ),
        Placement(
            id="p-2",
            case_id="c-1",
            workplace=Workplace(name="Nordlys hjemmetjeneste", org_number="999333444", address="Storgata 1, Tromsø"),
            supervisor=Supervisor(name="Юлія Шевченко-Ґудзь", position="arbeidsleder", email="", phone=""),
            measure="MIDLONTIL",
            start=date(2026, 8, 17),
            end=None,
            percent=100,
            tasks="Besøk hos åtte til ti brukere hver vakt: stell, medisiner fra dosett, matlaging og samtale.",
        ),
    )


def ratings(placement: int) -> tuple[AimRating, ...]:
    """What the supervisor of a placement says: a mixture, with some aims left out."""
    scale = tuple(Rating)
    known = (frozenset({KnownBy.OBSERVED}), frozenset({KnownBy.OBSERVED, KnownBy.PRODUCT}), frozenset({KnownBy.TALKED}))
    made = []
    for number, aim in enumerate(aims()):
        if (number + placement) % 5 == 4 or (placement == 1 and number < 8):
            continue
        rating = scale[(number * 2 + placement + 3) % 4]
        tried = rating is not Rating.NOT_TRIED
        made.append(
            AimRating(
                aim=aim,
                rating=rating,
                known_by=known[number % 3] if tried else frozenset(),
                example=_EXAMPLES[(number + placement) % 4] if tried else "",
                observed_on=date(2026, 6, 1 + number % 28) if tried else None,
            )
        )
    return tuple(made)


def evaluation(placement: int) -> Evaluation:
    """The evaluation of a placement, attested."""
    supervisor = placements()[placement].supervisor
    return Evaluation(
        id=f"e-{placement + 1}",
        placement_id=f"p-{placement + 1}",
        form=FormPin("practice-evaluation", "2026.1", "0" * 64),
        curriculum_code="HEA05-02",
        curriculum_changed="2025-08-01T00:00:00",
        curriculum_title="Læreplan i helsearbeiderfaget",
        aims=aims(),
        attestation=Attestation(
            name=supervisor.name,
            position=supervisor.position,
            statement="Jeg har selv sett eller snakket om det jeg svarer på, og svarene er riktige så vidt jeg vet.",
            at=AT,
        ),
    )


def application(*, shielded: bool = False, reference: str = "RKV-7Q4M-2K") -> Application:
    """The whole case."""
    return Application(
        reference=reference,
        candidate=Candidate(
            id="k-1",
            given_name="Sárá Ánne",
            family_name="Østby Đorđević",
            birth_date=date(1990, 2, 1),
            national_number="41029012345",
            shielded=shielded,
        ),
        wanted="Fagbrev i helsearbeiderfaget",
        curriculum_code="HEA05-02",
        curriculum_changed="2025-08-01T00:00:00",
        curriculum_title="Læreplan i helsearbeiderfaget",
        aims=aims(),
        placements=placements(),
        evaluations=(evaluation(0), evaluation(1)),
        ground=SharingGround(
            legal_basis="opplaringslova-18-8",
            purpose="Fylkeskommunen skal vurdere realkompetansen opp mot læreplanen.",
            informed_on=date(2026, 11, 20),
        ),
        adviser=adviser(),
    )


def covered() -> tuple[AimCoverage, ...]:
    """The coverage of the case."""
    sources = [
        Source(f"e-{number + 1}", place.workplace.name, place.supervisor.name, rating)
        for number, place in enumerate(placements())
        for rating in ratings(number)
    ]
    return coverage(aims(), sources)


def in_two_plans(aim: AimText) -> AimText:
    """The aim in the Vg3 plan or, in the last set, in that of Vg2: a certificate that rests on both."""
    return replace(aim, plan=_PLANS[aim.set_code == "KV702"])


def adviser() -> Party:
    """Who sends the application."""
    return Party(
        role=Role.ADVISER,
        name="Kari Ødegård",
        organisation="Nav Karasjok",
        unit="Markedsteamet",
        org_number="999555666",
        phone="+47 400 00 002",
        email="kari.odegard@example.no",
    )


def request() -> EvaluationRequest:
    """What the first supervisor is asked."""
    return EvaluationRequest(
        candidate_name=application().candidate.name,
        placement=placements()[0],
        wanted="Fagbrev i helsearbeiderfaget",
        curriculum_code="HEA05-02",
        curriculum_changed="2025-08-01T00:00:00",
        curriculum_title="Læreplan i helsearbeiderfaget",
        aims=aims(),
        form=FormPin("practice-evaluation", "2026.1", "0" * 64),
    )


def receipt() -> Receipt:
    """The county's answer."""
    return Receipt(
        journal_number="2026/04711-1",
        received_at=AT,
        application_sha256="3f" * 32,
        intake=Party(
            role=Role.INTAKE,
            name="Ole Åsen",
            organisation="Finnmark fylkeskommune",
            unit="Realkompetanse",
            phone="78 00",
        ),
    )


def supplement_request() -> SupplementRequest:
    """What the county lacks."""
    return SupplementRequest(
        journal_number="2026/04711-1",
        application_sha256="3f" * 32,
        items=(
            MissingItem(id="1", text="Arbeidsattest fra Fjellheimen omsorgssenter, med stillingsbrøk og periode"),
            MissingItem(id="2", text="Kursbevis i legemiddelhåndtering, eller en uttalelse fra Áŋŋá Čiekčamánnu"),
        ),
        deadline=date(2026, 12, 15),
        note="Ring meg gjerne om noe ikke finnes.",
        intake=receipt().intake,
    )


def supplement() -> Supplement:
    """What the adviser sends: the one is there, the other is not."""
    return Supplement(
        request_sha256="4e" * 32,
        documents=(
            ListedDocument(
                name="Arbeidsattest Fjellheimen.pdf", role=DocumentRole.EMPLOYMENT, sha256="a" * 64, item="1"
            ),
            ListedDocument(name="Довідка.jpg", role=DocumentRole.OTHER, sha256="b" * 64),
        ),
        note="Kurset er tatt på nytt i desember. Beviset kommer da.",
        ground=application().ground,
        adviser=adviser(),
    )


def outcome() -> Outcome:
    """What the county decided, aim by aim and for the whole plan."""
    decided = [
        Decision(scope=DecisionScope.AIM, code=aim.code, title=aim.text, recognised=number % 3 != 2)
        for number, aim in enumerate(aims())
    ]
    whole = Decision(scope=DecisionScope.PLAN, code="HEA05-02", title="Læreplan i helsearbeiderfaget", recognised=False)
    return Outcome(
        journal_number="2026/04711-1",
        application_sha256="3f" * 32,
        decided_on=date(2026, 12, 18),
        decisions=(*decided, whole),
        reasons="Praksisen dekker to av tre moduler. Den siste modulen er ikke prøvd på arbeidsplassene.",
        appeal="Du kan klage til fylkeskommunen. Skriv hva du er uenig i, og hvorfor.",
        appeal_by=date(2027, 1, 8),
        documents=(ListedDocument(name="Vedtaksbrev.pdf", role=DocumentRole.DECISION, sha256="c" * 64),),
        intake=receipt().intake,
    )


EVIDENCE = (
    Evidence("CV Sárá Ánne Østby Đorđević, norsk og engelsk.pdf", date(2026, 9, 1), "3f" * 32),
    Evidence("Kursbevis legemiddelhåndtering.pdf", date(2026, 10, 14), "a7" * 32),
    Evidence("Довідка з місця роботи.jpg", date(2026, 10, 14), "0c" * 32),
)


def attest() -> Attest:
    """What the first workplace confirms."""
    return Attest(
        candidate_name=application().candidate.name,
        candidate_birth=date(1990, 2, 1),
        placement=placements()[0],
        evaluation=evaluation(0),
        ratings=ratings(0)[:12],
    )


def _case() -> Case:
    return Case(
        id="c-1",
        reference="RKV-7Q4M-2K",
        candidate_id="k-1",
        wanted=FinalCompetence("Fagbrev i helsearbeiderfaget", "HEA05-02"),
        state=CaseState.DECIDED,
        created=AT,
        changed=AT,
    )


def recommendation() -> Recommendation:
    """What Nav writes to the county (opplæringslova § 18-8)."""
    return Recommendation(
        case=_case(),
        candidate=application().candidate,
        plan="Læreplan i helsearbeiderfaget (HEA05-02)",
        placements=placements(),
        practice=sum_practice(placements(), AT.date()),
        coverage=covered(),
        reasons="Sárá Ánne har gjort arbeidet selvstendig på to arbeidsplasser, og det meste er sett av fagfolk.",
        adviser=adviser(),
    )


def candidate_copy() -> "CandidateCopy":
    """Everything about the candidate, after the county has decided."""
    from rkv_app.documents.candidate_copy import CandidateCopy  # brings pydantic along, see `rendered`

    shared = SharingEvent(
        id="d-1",
        case_id="c-1",
        message_id="m-2",
        at=AT,
        receiver="Finnmark fylkeskommune",
        ground=application().ground,
        sha256="3f" * 32,
    )
    packets = [
        ExchangeRecord(
            message_id=f"m-{number}",
            conversation_id="s-1",
            answers="",
            type=kind,
            direction=direction,
            case_id="c-1",
            counterpart="Finnmark fylkeskommune",
            at=AT,
            manifest_sha256="3f" * 32,
        )
        for number, (kind, direction) in enumerate(
            [(MessageType.APPLICATION, Direction.SENT), (MessageType.OUTCOME, Direction.RECEIVED)]
        )
    ]
    return CandidateCopy(
        case=_case(),
        candidate=application().candidate,
        plan="Læreplan i helsearbeiderfaget (HEA05-02)",
        placements=placements(),
        evaluations=application().evaluations,
        coverage=covered(),
        evidence=EVIDENCE,
        sharing=[shared],
        exchange=packets,
        transitions=[
            Transition(
                case_id="c-1",
                before=CaseState.DRAFT,
                after=CaseState.SENT,
                at=AT,
                by="Kari Ødegård",
                why="application_sent",
            )
        ],
        outcomes=[outcome()],
        holder=adviser(),
    )


MEASURES = {"ARBTREN": "Arbeidstrening", "MIDLONTIL": "Midlertidig lønnstilskudd"}
LEGAL_BASES = {"opplaringslova-18-8": "Opplæringslova § 18-8 (realkompetansevurdering)"}
RECORD = '{"innhold":{"kandidat":"Sárá Ánne","mål":"æøå čđŋ Ґ"},"schema":"rkv-pakke/1"}'.encode()

STORE_ID = "3f2a91c4-5b0e-4d17-9a60-7c81e2d4f039"
RECOVERY_WORDS = (
    *("bjørk", "kaffe", "stein", "låve", "måke", "elv", "fjord", "hest"),
    *("ski", "vott", "gryte", "blåbær", "tåke", "bøk", "sag", "mose"),
    *("nål", "bekk", "rev", "ull", "spade", "ørn", "grønnsak", "åker"),
)


def rendered(name: str, language: Language) -> bytes:
    """One of the documents of the case, by its name in DOCUMENTS."""
    words = Words(language)
    match name:
        case "application" | "application-two-plans":
            whole, known = application(), covered()
            if name == "application-two-plans":
                whole = replace(whole, aims=tuple(map(in_two_plans, whole.aims)))
                known = tuple(replace(one, aim=in_two_plans(one.aim)) for one in known)
            return render_application(
                whole,
                known,
                measures=MEASURES,
                legal_bases=LEGAL_BASES,
                words=words,
                record=RECORD,
                at=AT,
                evidence=EVIDENCE,
            )
        case "evaluation":
            from support import fillable_samples  # brings pydantic along, see below

            return render_evaluation(
                evaluation(0),
                ratings(0),
                placements()[0],
                application().candidate.name,
                words=words,
                at=AT,
                record=RECORD,
                beside_aims=fillable_samples.beside_aims_in(words),
            )
        case "request":
            return render_request(request(), adviser(), words=words, at=AT, record=RECORD)
        case "attest":
            return render_attest(attest(), words=words, at=AT)
        case "candidate-copy":
            from rkv_app.documents.candidate_copy import render_candidate_copy

            return render_candidate_copy(
                candidate_copy(), measures=MEASURES, legal_bases=LEGAL_BASES, words=words, at=AT
            )
        case "form" | "empty-form" | "arabic-form" | "agreement" | "empty-agreement":
            # Forms bring pydantic along, which a process that measures an application shall not pay for.
            from support import form_samples

            return form_samples.rendered(name, words, AT)
        case "fillable" | "paper-form":
            from support import fillable_samples

            return fillable_samples.rendered(name, words)
        case "recommendation":
            return render_recommendation(recommendation(), measures=MEASURES, words=words, at=AT)
        case "recovery-sheet":
            return render_recovery_sheet(RECOVERY_WORDS, STORE_ID, "nordlys.rkv", words=words, at=AT)
        case "supplement-request":
            return render_supplement_request(supplement_request(), words=words, at=AT, record=RECORD)
        case "supplement":
            return render_supplement(
                supplement(), supplement_request(), legal_bases=LEGAL_BASES, words=words, at=AT, record=RECORD
            )
        case "outcome":
            return render_outcome(outcome(), words=words, at=AT, record=RECORD)
        case _:
            return render_receipt(receipt(), words=words, at=AT, record=RECORD)


DOCUMENTS = (
    *("application", "application-two-plans", "evaluation", "request", "receipt", "supplement-request", "supplement"),
    *("outcome", "recommendation", "recovery-sheet", "attest", "candidate-copy", "form", "empty-form", "arabic-form"),
    *("agreement", "empty-agreement", "fillable", "paper-form"),
)
