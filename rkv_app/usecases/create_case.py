# SPDX-License-Identifier: MIT
"""Begin a case for a candidate."""

import secrets
from dataclasses import dataclass
from datetime import date

from rkv_app.domain.cases import Case, CaseState, FinalCompetence
from rkv_app.domain.people import Candidate, Role
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id
from rkv_app.usecases.workspace import Workspace

# No letters or digits that are mistaken for one another when read aloud.
_REFERENCE_ALPHABET = "ABCDEFGHJKMNPRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What the adviser types to begin a case."""

    given_name: str
    family_name: str
    birth_date: date | None
    national_number: str
    shielded: bool
    wanted: str
    curriculum_code: str


def create_case(ws: Workspace, new: NewCase) -> str:
    """Stores candidate and case; returns the case's id.

    Raises:
        UserError: RKV-CAS-002 a name is missing; RKV-CAS-003 the curriculum is not in the store.
    """
    ws.require(Role.ADVISER)
    if not new.given_name.strip() or not new.family_name.strip() or not new.wanted.strip():
        raise UserError(
            "RKV-CAS-002",
            message("A name is missing."),
            message("Nothing was changed. Fill in the candidate's names and the wanted final competence."),
        )
    if ws.store.curricula.get(new.curriculum_code) is None:
        raise no_such_curriculum(new.curriculum_code)
    now = ws.clock.now()
    candidate = Candidate(
        id=new_id(),
        given_name=new.given_name.strip(),
        family_name=new.family_name.strip(),
        birth_date=new.birth_date,
        national_number=new.national_number.strip(),
        shielded=new.shielded,
    )
    case = Case(
        id=new_id(),
        reference=_new_reference(),
        candidate_id=candidate.id,
        wanted=FinalCompetence(new.wanted.strip(), new.curriculum_code),
        state=CaseState.DRAFT,
        created=now,
        changed=now,
    )
    ws.store.cases.add(candidate, case)
    return case.id


def no_such_curriculum(code: str) -> UserError:
    """The error for a curriculum that the store does not have."""
    return UserError(
        "RKV-CAS-003",
        message("The curriculum {code} is not in this store.", code=code),
        message("Nothing was changed. Import the curriculum first, or choose one from the list."),
    )


def _new_reference() -> str:
    letters = "".join(secrets.choice(_REFERENCE_ALPHABET) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"
