# SPDX-License-Identifier: MIT
"""`rkv.json`, the machine-readable message in a packet: its models, how it is read and written, and its JSON Schema.

The header has Norwegian field names, as the sector's own formats have; the content (`innhold`) has the field names of
the domain. docs/formats/rkv-pakke-1.schema.json is written by `json_schema`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from rkv_app.crypto.certificates import public_key
from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.exchange import (
    Application,
    Card,
    EvaluationRequest,
    MessageType,
    Outcome,
    Receipt,
    Supplement,
    SupplementRequest,
)
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.json_reading import canonical_json, clean_tree, parse_untrusted_json
from rkv_app.packets.problems import invalid_message, newer_version

SCHEMA: Final = "rkv-pakke/1"
FOR_CODE: Final = "kode"
MAX_RECIPIENTS: Final = 20

Content = EvaluationRequest | Evaluation | Application | Receipt | SupplementRequest | Supplement | Outcome
CONTENT_TYPES: Final[Mapping[MessageType, type[Content]]] = MappingProxyType(
    {
        MessageType.REQUEST: EvaluationRequest,
        MessageType.EVALUATION: Evaluation,
        MessageType.APPLICATION: Application,
        MessageType.RECEIPT: Receipt,
        MessageType.SUPPLEMENT_REQUEST: SupplementRequest,
        MessageType.SUPPLEMENT: Supplement,
        MessageType.OUTCOME: Outcome,
    }
)

_MAX_CERTIFICATE: Final = 12 * 2**10
_FAMILY: Final = "rkv-pakke/"
_VERSION: Final = re.compile(r"rkv-pakke/([1-9][0-9]{0,3})", re.ASCII)
_PLAIN_FIELD: Final = re.compile(r"[A-Za-z_]{1,40}", re.ASCII)

_Uuid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
UuidOrEmpty = Annotated[str, Field(pattern=r"^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$")]
_Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_RecipientName = Annotated[str, Field(pattern=r"^([0-9a-f]{64}|kode)$")]
Token = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]

STRICT: Final = ConfigDict(
    extra="forbid",
    strict=True,
    frozen=True,
    ser_json_bytes="base64",
    val_json_bytes="base64",
    hide_input_in_errors=True,
)


class FileRole(StrEnum):
    """What a file in a packet is there for."""

    MAIN = "hoveddokument"
    ATTACHMENT = "vedlegg"


class FileEntry(BaseModel):
    """One document in the packet: its entry name, the name people know it by, and what it must be."""

    model_config = STRICT

    name: str = Field(alias="navn", pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")
    real_name: str = Field(alias="visningsnavn", min_length=1, max_length=255)
    sha256: _Sha256
    size: int = Field(alias="stoerrelse", ge=0)
    role: FileRole = Field(alias="rolle")
    media_type: str = Field(alias="mediatype", pattern=r"^[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}$")


class Header(BaseModel):
    """The fields every message has: `avsender`, `mottakere` and the like, signed together with the content."""

    model_config = STRICT

    profile: Literal["rkv-pakke/1"] = Field(alias="schema")
    message_id: _Uuid = Field(alias="meldingId")
    conversation_id: _Uuid = Field(alias="samtaleId")
    answers: UuidOrEmpty = Field(alias="svarPaa")
    created: AwareDatetime = Field(alias="opprettet")
    expires: date | None = Field(alias="utloper")
    sender: Card = Field(alias="avsender")
    recipients: tuple[_RecipientName, ...] = Field(alias="mottakere", min_length=1, max_length=MAX_RECIPIENTS)
    reply_token: Token = Field(alias="svarToken")
    files: tuple[FileEntry, ...] = Field(alias="filer", min_length=1)


class RequestMessage(Header):
    """A request for an evaluation."""

    type: Literal["foresporsel"]
    content: EvaluationRequest = Field(alias="innhold")


class EvaluationMessage(Header):
    """An evaluation, answering a request."""

    type: Literal["vurdering"]
    content: Evaluation = Field(alias="innhold")


class ApplicationMessage(Header):
    """An application to the county."""

    type: Literal["soknad"]
    content: Application = Field(alias="innhold")


class ReceiptMessage(Header):
    """A receipt for an application."""

    type: Literal["kvittering"]
    content: Receipt = Field(alias="innhold")


class SupplementRequestMessage(Header):
    """A request for more documentation, about an application."""

    type: Literal["tilleggskrav"]
    content: SupplementRequest = Field(alias="innhold")


class SupplementMessage(Header):
    """More documentation, answering a request for it."""

    type: Literal["tillegg"]
    content: Supplement = Field(alias="innhold")


class OutcomeMessage(Header):
    """The county's decision on an application."""

    type: Literal["vedtak"]
    content: Outcome = Field(alias="innhold")


PacketMessage = (
    RequestMessage
    | EvaluationMessage
    | ApplicationMessage
    | ReceiptMessage
    | SupplementRequestMessage
    | SupplementMessage
    | OutcomeMessage
)

_MESSAGES: Final[TypeAdapter[PacketMessage]] = TypeAdapter(Annotated[PacketMessage, Field(discriminator="type")])


class _ContentAlone(BaseModel):
    model_config = STRICT

    content: Content


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class MessageFields:
    """What `write_message` needs beside the constants of the profile."""

    type: MessageType
    message_id: str
    conversation_id: str
    answers: str
    created: AwareDatetime
    expires: date | None
    sender: Card
    recipients: Sequence[str]
    reply_token: str
    files: Sequence[FileEntry]
    content: Content


def write_message(fields: MessageFields) -> bytes:
    """Writes `rkv.json`; what comes out is always something `read_message` takes.

    Raises:
        UserError: RKV-PKT-016, a text is too long or an identifier has not the form the profile sets.
    """
    plain = {
        "schema": SCHEMA,
        "type": fields.type.value,
        "meldingId": fields.message_id,
        "samtaleId": fields.conversation_id,
        "svarPaa": fields.answers,
        "opprettet": fields.created,
        "utloper": fields.expires,
        "avsender": fields.sender,
        "mottakere": tuple(fields.recipients),
        "svarToken": fields.reply_token,
        "filer": tuple(fields.files),
        "innhold": fields.content,
    }
    try:
        model = _MESSAGES.validate_python(plain)
    except ValidationError as problem:
        raise explained(problem) from None
    tree = clean_tree(_tree(model))
    data = canonical_json(tree)
    read_message(data)
    return data


def read_message(data: bytes) -> PacketMessage:
    """Reads `rkv.json`.

    Raises:
        UserError: RKV-PKT-016 not valid, RKV-PKT-017 made for a newer version of the profile.
    """
    tree = parse_untrusted_json(data)
    version = _VERSION.fullmatch(_text(tree, "schema"))
    if version is None:
        raise invalid_message(message("it does not say which version it follows"))
    if version.group() != SCHEMA:
        raise newer_version(version.group())
    try:
        read = _MESSAGES.validate_json(canonical_json(tree))
    except ValidationError as problem:
        raise explained(problem) from None
    check_card(read.sender)
    return read


def is_of_another_kind(data: bytes) -> bool:
    """Whether a file that happens to be named `rkv.json` says plainly that it follows some other schema."""
    try:
        schema = _text(parse_untrusted_json(data), "schema")
    except UserError:
        return False
    return bool(schema) and not schema.startswith(_FAMILY)


def check_card(card: Card) -> None:
    """Checks that both certificates of a contact card can be read.

    Raises:
        UserError: RKV-PKT-016.
    """
    for certificate in (card.signing_certificate, card.sealing_certificate):
        if len(certificate) > _MAX_CERTIFICATE:
            raise invalid_message(message("a certificate in it is too long"))
        try:
            public_key(certificate)
        except ValueError:
            raise invalid_message(message("a certificate in it is not readable")) from None


def record_json(content: Content) -> bytes:
    """What a message says as canonical JSON: its `rkv.json` without what is known only when the packet is made.

    The same content stands under `innhold` of the packet; see `packets.drafts`, which reads this.

    Raises:
        UserError: RKV-PKT-016, a text is too long.
    """
    tree = _tree(_ContentAlone(content=content))
    kind = next(kind for kind, shape in CONTENT_TYPES.items() if isinstance(content, shape))
    return canonical_json({"schema": SCHEMA, "type": kind.value, "innhold": clean_tree(tree["content"])})


def json_schema() -> bytes:
    """The JSON Schema (draft 2020-12) of `rkv.json` as it is published."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        **_MESSAGES.json_schema(mode="validation"),
    }
    return canonical_json(schema)


def _tree(model: BaseModel) -> dict[str, object]:
    tree = model.model_dump(mode="json", by_alias=True)
    _leave_out_unsaid_plans(tree)
    return tree


def _leave_out_unsaid_plans(value: object) -> None:
    """What is about one curriculum is written as it was before there could be several: older readers take it."""
    if isinstance(value, dict):
        if "set_code" in value and value.get("plan", "") is None:
            del value["plan"]
        for part in value.values():
            _leave_out_unsaid_plans(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _leave_out_unsaid_plans(part)


def _text(tree: dict[str, object], field: str) -> str:
    value = tree.get(field)
    return value if isinstance(value, str) else ""


def explained(problem: ValidationError) -> UserError:
    """RKV-PKT-016: names the first field that is wrong.

    Only names of our own shape, since a stranger may put anything in a key.
    """
    first = problem.errors(include_url=False, include_context=False, include_input=False)[0]
    path = ".".join(str(part) for part in first["loc"] if isinstance(part, int) or _PLAIN_FIELD.fullmatch(part))
    return invalid_message(message("the field {field} is missing or wrong", field=path or "type"))
