# SPDX-License-Identifier: MIT
"""Contact cards (`.rkvkontakt`): who somebody is and which keys they have, signed with the very key it shows.

The signature proves only that the card is whole and that its maker holds the signing key. That the maker is who the
card says is for people to check, by reading 30 digits aloud.
"""

import base64
import binascii
from datetime import datetime
from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from rkv_app.crypto.identity import Identity
from rkv_app.crypto.signing import sign_detached, verify_detached
from rkv_app.domain.exchange import Card
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.json_reading import canonical_json, clean_tree, parse_untrusted_json
from rkv_app.packets.messages import STRICT, check_card
from rkv_app.packets.problems import invalid_card

CARD_SUFFIX: Final = ".rkvkontakt"

_MAX_CARD: Final = 256 * 2**10


class _Shell(BaseModel):
    """The file: a payload as base64 (RFC 4648, section 4) and the CAdES signature over the decoded bytes."""

    model_config = STRICT

    profile: Literal["rkv-kontakt/1"] = Field(alias="schema")
    payload: str = Field(alias="innhold", max_length=_MAX_CARD)
    signature: str = Field(alias="signatur", max_length=_MAX_CARD)


class _Payload(BaseModel):
    model_config = STRICT

    profile: Literal["rkv-kontakt/1"] = Field(alias="schema")
    created: AwareDatetime = Field(alias="opprettet")
    card: Card = Field(alias="kort")


def write_card(card: Card, identity: Identity, at: datetime) -> bytes:
    """Writes a signed contact card.

    Raises:
        UserError: RKV-PKT-016, a text in the card is too long.
        ValueError: the card is not of these keys.
    """
    if (card.signing_certificate, card.sealing_certificate) != (
        identity.signing_certificate,
        identity.sealing_certificate,
    ):
        raise ValueError("the card is not of these keys")
    payload = _Payload(schema="rkv-kontakt/1", opprettet=at, kort=card)
    data = canonical_json(clean_tree(payload.model_dump(mode="json", by_alias=True)))
    shell = {
        "schema": "rkv-kontakt/1",
        "innhold": base64.b64encode(data).decode("ascii"),
        "signatur": base64.b64encode(sign_detached(data, identity, at)).decode("ascii"),
    }
    return canonical_json(shell)


def read_card(data: bytes) -> Card:
    """Reads a contact card after checking that its own signing key has signed it.

    Raises:
        UserError: RKV-PKT-018.
    """
    if len(data) > _MAX_CARD:
        raise invalid_card(message("it is too long"))
    try:
        shell = _Shell.model_validate_json(canonical_json(parse_untrusted_json(data)))
        payload_bytes = base64.b64decode(shell.payload, validate=True)
        signature_bytes = base64.b64decode(shell.signature, validate=True)
    except (UserError, ValidationError, binascii.Error, ValueError):
        raise invalid_card(message("it is not readable")) from None
    try:
        signature = verify_detached(signature_bytes, payload_bytes)
    except UserError:
        raise invalid_card(message("its signature does not hold"), ExitStatus.DAMAGED) from None
    card = read_payload(payload_bytes)
    if signature.weak or signature.certificate != card.signing_certificate:
        raise invalid_card(message("it is signed with another key than it shows"), ExitStatus.DAMAGED)
    return card


def read_payload(data: bytes) -> Card:
    """Reads what was signed in a contact card; whoever calls has checked the signature over it.

    Raises:
        UserError: RKV-PKT-018.
    """
    try:
        card = _Payload.model_validate_json(canonical_json(parse_untrusted_json(data))).card
        check_card(card)
    except (ValidationError, UserError):
        raise invalid_card(message("it is not readable")) from None
    return card
