# SPDX-License-Identifier: MIT
"""The made-up people and answers of the demo. Nobody here exists."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType

from rkv_app.domain.coverage import AimCoverage, Covered
from rkv_app.domain.evaluations import AimText, KnownBy, Rating
from rkv_app.domain.people import Party, Role
from rkv_app.domain.placements import Supervisor, Workplace
from rkv_app.domain.sharing import SharingGround
from rkv_app.forms.reading import item_path
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.i18n import Words
from rkv_app.usecases.add_placement import NewPlacement
from rkv_app.usecases.ask_for_supplement import NewSupplementRequest
from rkv_app.usecases.create_case import NewCase
from rkv_app.usecases.send_outcome import NewOutcome

PRACTICE_PLAN = "XXP05-01"
CERTIFICATE_NAME = "kursbevis.txt"
CERTIFICATE = "Kursbevis: varme arbeider. Øyvind Ánte Prøvesen-Ås, Eksempel kurssenter.\n".encode()
SUPERVISOR_POSITION = "Arbeidsleder"
_MATRIX = "aims"

PARTIES: Mapping[Role, Party] = MappingProxyType(
    {
        Role.ADVISER: Party(
            role=Role.ADVISER,
            name="Vera Veileder",
            organisation="Nav Eksempelvik",
            unit="Oppfølging",
            phone="55 55 33 33",
        ),
        Role.SUPERVISOR: Party(role=Role.SUPERVISOR, name="Per Praksisleder", organisation="Eksempel Verksted AS"),
        Role.INTAKE: Party(
            role=Role.INTAKE, name="Inger Inntak", organisation="Eksempel fylkeskommune", unit="Inntak for voksne"
        ),
    }
)

# Rating and how it is known, in turn over the aims: every class of coverage shows up.
_PATTERN: Sequence[tuple[Rating, tuple[KnownBy, ...]]] = (
    (Rating.INDEPENDENT, (KnownBy.OBSERVED, KnownBy.PRODUCT)),
    (Rating.INDEPENDENT, (KnownBy.OBSERVED,)),
    (Rating.GUIDED, (KnownBy.OBSERVED,)),
    (Rating.INDEPENDENT, (KnownBy.TALKED,)),
    (Rating.NOT_TRIED, ()),
    (Rating.LEARNING, (KnownBy.OBSERVED,)),
)
_EXAMPLES = (
    "Gjorde dette alene en hel uke i mai. Jeg så over til slutt, og det var i orden.",
    "Kunden ba om en endring midt i jobben. Kandidaten fant en løsning og skrev ned hva som var gjort.",
    "Vi gikk gjennom en jobb sammen, og kandidaten forklarte hvorfor rekkefølgen er viktig.",
)


def new_case(curriculum_title: str, plan: str) -> NewCase:
    """The case of the made-up candidate."""
    return NewCase(
        given_name="Øyvind Ánte",
        family_name="Prøvesen-Ås",
        birth_date=date(1990, 2, 1),
        national_number="",
        shielded=False,
        wanted=curriculum_title,
        curriculum_code=plan,
    )


def new_placement(now: datetime) -> NewPlacement:
    """Half a year of practice that ended three weeks ago."""
    today = local_date(now)
    return NewPlacement(
        workplace=Workplace(name="Eksempel Verksted AS", address="Øvelsesveien 1, 0000 Eksempelvik"),
        supervisor=Supervisor(name="Per Praksisleder", position=SUPERVISOR_POSITION, phone="00 00 00 00"),
        measure="arbeidsforberedende_trening",
        start=today - timedelta(days=200),
        end=today - timedelta(days=21),
        percent=80,
        tasks="Daglig drift i verkstedet, mottak av oppdrag, vedlikehold og enkel opplæring av nye.",
    )


def ground(now: datetime, words: Words) -> SharingGround:
    """Why the demo's application may be shared."""
    return SharingGround(
        legal_basis="fvl_13b_5",
        purpose=words("Assessment of prior learning in the county"),
        informed_on=local_date(now) - timedelta(days=7),
    )


def answers(aims: Sequence[AimText], now: datetime) -> dict[str, object]:
    """The supervisor's answers, item path to value; the last aim is left unanswered."""
    result: dict[str, object] = {}
    seen = (local_date(now) - timedelta(days=30)).isoformat()
    for index, aim in enumerate(aims[:-1] or aims):
        rating, known_by = _PATTERN[index % len(_PATTERN)]
        result[item_path(_MATRIX, aim.code, "rating")] = rating.value
        if rating is not Rating.NOT_TRIED:
            result[item_path(_MATRIX, aim.code, "known_by")] = [way.value for way in known_by]
            result[item_path(_MATRIX, aim.code, "example")] = _EXAMPLES[index % len(_EXAMPLES)]
            result[item_path(_MATRIX, aim.code, "observed_on")] = seen
    return result


def new_supplement_request(now: datetime) -> NewSupplementRequest:
    """What the county lacks, and has in three weeks."""
    return NewSupplementRequest(
        items=["Kursbevis for varme arbeider"], deadline=local_date(now) + timedelta(days=21), note="Ring gjerne."
    )


def new_outcome(coverage: Sequence[AimCoverage], now: datetime) -> NewOutcome:
    """A decision aim by aim: here, what is well documented is recognised. A real county assesses for itself."""
    today = local_date(now)
    return NewOutcome(
        decided_on=today,
        recognised={one.aim.code: one.covered is Covered.COVERED for one in coverage},
        reasons="Øvelse: mål som er godt dokumentert, er godkjent.",
        appeal="Skriv til Eksempel fylkeskommune.",
        appeal_by=today + timedelta(days=21),
    )
