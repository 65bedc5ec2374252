# SPDX-License-Identifier: MIT
"""Messages that another program has written as JSON, to be signed and sealed here: `rkv packet build --draft`.

A draft is `rkv.json` without what is known only when the packet is made: who sends it, to whom, when, and its files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, Field, ValidationError, create_model

from rkv_app.domain.exchange import MessageType
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.packets.json_reading import canonical_json, parse_untrusted_json
from rkv_app.packets.messages import CONTENT_TYPES, SCHEMA, STRICT, Content, Token, UuidOrEmpty


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class WrittenDraft:
    """What stands in a draft file.

    Attributes:
        conversation_id, reply_token: empty where fresh ones are wanted.
        answers: id of the message this one answers, or empty.
    """

    type: MessageType
    content: Content
    conversation_id: str
    answers: str
    expires: date | None
    reply_token: str


class _Fields(BaseModel):
    model_config = STRICT

    written_for: Annotated[Literal["rkv-pakke/1"], Field(alias="schema")] = SCHEMA
    type: MessageType
    conversation_id: Annotated[UuidOrEmpty, Field(alias="samtaleId")] = ""
    answers: Annotated[UuidOrEmpty, Field(alias="svarPaa")] = ""
    expires: Annotated[date | None, Field(alias="utloper")] = None
    reply_token: Annotated[Token, Field(alias="svarToken")] = ""
    content: Annotated[dict[str, Any], Field(alias="innhold")]


_CONTENTS: Final[Mapping[MessageType, type[BaseModel]]] = MappingProxyType(
    {kind: create_model("Content", __config__=STRICT, innhold=(shape, ...)) for kind, shape in CONTENT_TYPES.items()}
)


def read_draft(data: bytes) -> WrittenDraft:
    """Reads a draft file.

    Raises:
        UserError: RKV-PKT-063, it does not follow the rules; the field that is wrong is named.
    """
    try:
        tree = parse_untrusted_json(data)
        fields = _Fields.model_validate_json(canonical_json(tree))
        held = _CONTENTS[fields.type].model_validate_json(canonical_json({"innhold": fields.content}))
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_context=False, include_input=False)[0]
        raise wrong_draft(message("the field {field} is missing or wrong", field=_path(first["loc"]))) from None
    except UserError as problem:
        raise wrong_draft(message("it is not readable")) from problem
    return WrittenDraft(
        type=fields.type,
        content=held.innhold,  # type: ignore[attr-defined]  # the one field of a model that is made above
        conversation_id=fields.conversation_id,
        answers=fields.answers,
        expires=fields.expires,
        reply_token=fields.reply_token,
    )


def _path(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)[:200]


def wrong_draft(why: Message) -> UserError:
    """RKV-PKT-063: a draft that no packet can be made of."""
    return UserError(
        "RKV-PKT-063",
        message("The draft of the packet does not follow the rules: {why}.", why=why),
        message("Nothing was written. Compare the draft with docs/formats/cli-packet.md, and try again."),
    )
