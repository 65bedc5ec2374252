# SPDX-License-Identifier: MIT
"""`rkv.json` of a packet of forms and lists (profile `rkv-skjemapakke/1`): its model, how it is written and read."""

import re
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints, ValidationError

from rkv_app.domain.exchange import Card
from rkv_app.forms.parts import FORM_ID_PATTERN, VERSION_PATTERN
from rkv_app.foundation.errors import UserError
from rkv_app.packets.json_reading import canonical_json, clean_text, clean_tree, parse_untrusted_json
from rkv_app.packets.messages import STRICT, check_card, explained
from rkv_app.packets.problems import newer_version

SCHEMA: Final = "rkv-skjemapakke/1"
TYPE: Final = "skjemapakke"
MAX_FILES: Final = 200

_VERSION: Final = re.compile(r"rkv-skjemapakke/([1-9][0-9]{0,3})", re.ASCII)

_Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_Size = Annotated[int, Field(ge=1, le=2**20)]


class PackedForm(BaseModel):
    """One version of a form."""

    model_config = STRICT

    id: Annotated[str, StringConstraints(pattern=f"^{FORM_ID_PATTERN}$")]
    version: Annotated[str, StringConstraints(pattern=f"^{VERSION_PATTERN}$")] = Field(alias="versjon")
    sha256: _Sha256
    size: _Size = Field(alias="stoerrelse")

    @property
    def name(self) -> str:
        """Its entry name."""
        return f"skjema-{self.id}-{self.version}.yaml"


class PackedList(BaseModel):
    """One list, which has the day on which it was checked for a version."""

    model_config = STRICT

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,39}$")]
    checked_on: date = Field(alias="kontrollert")
    sha256: _Sha256
    size: _Size = Field(alias="stoerrelse")

    @property
    def name(self) -> str:
        """Its entry name."""
        return f"liste-{self.id}.yaml"

    @property
    def version(self) -> str:
        """As that of a form."""
        return self.checked_on.isoformat()


class FormMessage(BaseModel):
    """What is signed: who sends it, when, what they call it, and every file."""

    model_config = STRICT

    profile: Literal["rkv-skjemapakke/1"] = Field(alias="schema")
    type: Literal["skjemapakke"]
    created: AwareDatetime = Field(alias="opprettet")
    edition: Annotated[str, StringConstraints(min_length=1, max_length=60)] = Field(alias="utgave")
    sender: Card = Field(alias="avsender")
    forms: tuple[PackedForm, ...] = Field(alias="skjemaer", max_length=MAX_FILES)
    lists: tuple[PackedList, ...] = Field(alias="lister", max_length=MAX_FILES)

    @property
    def files(self) -> tuple[PackedForm | PackedList, ...]:
        """Forms first."""
        return (*self.forms, *self.lists)


def write_form_message(
    sender: Card, created: AwareDatetime, edition: str, forms: tuple[PackedForm, ...], lists: tuple[PackedList, ...]
) -> bytes:
    """Writes `rkv.json`; what comes out is always something `read_form_message` takes.

    Raises:
        UserError: RKV-PKT-016, RKV-PKT-044 a text is too long or a field has not its form.
    """
    plain = {
        "schema": SCHEMA,
        "type": TYPE,
        "opprettet": created,
        "utgave": clean_text(edition).strip(),
        "avsender": sender,
        "skjemaer": forms,
        "lister": lists,
    }
    try:
        model = FormMessage.model_validate(plain)
    except ValidationError as problem:
        raise explained(problem) from None
    data = canonical_json(clean_tree(model.model_dump(mode="json", by_alias=True)))
    read_form_message(data)
    return data


def is_form_message(data: bytes) -> bool:
    """Whether an `rkv.json` says that it is of this profile, in whatever version."""
    try:
        schema = parse_untrusted_json(data).get("schema")
    except UserError:
        return False
    return isinstance(schema, str) and _VERSION.fullmatch(schema) is not None


def read_form_message(data: bytes) -> FormMessage:
    """Reads `rkv.json`, of which `is_form_message` holds.

    Raises:
        UserError: RKV-PKT-016, RKV-PKT-044 not valid; RKV-PKT-017 made for a newer version of the profile.
    """
    tree = parse_untrusted_json(data)
    if tree.get("schema") != SCHEMA:
        raise newer_version(str(tree.get("schema"))[:40])
    try:
        read = FormMessage.model_validate_json(canonical_json(tree))
    except ValidationError as problem:
        raise explained(problem) from None
    check_card(read.sender)
    return read
