# SPDX-License-Identifier: MIT
"""People and the organisations they act for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """The three parties of the conversation; a store is made for one of them."""

    ADVISER = "adviser"
    SUPERVISOR = "supervisor"
    INTAKE = "intake"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The person whose learning is documented (Nav: bruker; county: deltaker).

    Attributes:
        national_number: fødselsnummer or D-nummer as typed, or empty; never checked harder than a warning.
        shielded: address protection (adressesperre): nothing that tells where the person is may leave.
    """

    id: str
    given_name: str
    family_name: str
    birth_date: date | None = None
    national_number: str = ""
    shielded: bool = False

    @property
    def name(self) -> str:
        """Given name and family name."""
        return f"{self.given_name} {self.family_name}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who stands behind a store or a packet: a person in a role at an organisation.

    Attributes:
        org_number: nine digits of the Register of Legal Entities, or empty.
    """

    role: Role
    name: str
    organisation: str
    unit: str = ""
    org_number: str = ""
    phone: str = ""
    email: str = ""
