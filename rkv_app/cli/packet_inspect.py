# SPDX-License-Identifier: MIT
"""`rkv packet inspect`: what can be told of a packet without a key, and with one its header. Writes nothing."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command
from rkv_app.cli.packet_answers import (
    findings_answer,
    header_answer,
    say_header,
    say_trust,
    sender_answer,
    trust_answer,
)
from rkv_app.cli.packet_streams import Key, add_openers, add_packet_argument, input_file, opening_key
from rkv_app.crypto.envelope import SealingKey
from rkv_app.crypto.identity import Identity
from rkv_app.crypto.inspecting import RecipientKind, SealedTo, SealFacts, inspect_seal
from rkv_app.foundation.errors import ExitStatus
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.packets.headers import is_bare, read_header
from rkv_app.packets.opening import verify_packet_file
from rkv_app.packets.reports import PacketHeader
from rkv_app.usecases.check_packet import SenderTrust, trust_in

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers

_OPENED_HERE = "authEnvelopedData"


def add_to(verbs: "Subparsers") -> None:
    """Adds the command."""
    command = add_command(verbs, "inspect", "say what a packet is and for whom, without writing anything", _inspect)
    add_packet_argument(command)
    add_openers(command)


def _inspect(context: Context) -> ExitStatus:
    with input_file(context, context.options.file) as path, opening_key(context) as key:
        own = _own_certificates(key)
        size, sha256, seal = _outside(path, own)
        ours = any(to.ours for to in seal.recipients) if seal and own else None
        header = _header(path, key, seal, ours=ours)
        trust = _trust(path, key, header)
    _say(context, size, seal, header, ours=ours)
    if trust:
        say_trust(context, trust)
    context.answer(
        {
            "size": size,
            "sha256": sha256,
            "seal": seal.seal if seal else None,
            "recipients": [_recipient_answer(to) for to in seal.recipients] if seal else [],
            "ours": ours,
            "packet": header_answer(header) if header else None,
            "sender": sender_answer(header) if header else None,
            "trust": trust_answer(trust, context.words) if trust else None,
            "findings": findings_answer(trust.notes, context.words) if trust else [],
            "files": [
                {"name": each.name, "media_type": each.media_type, "size": each.size, "sha256": each.sha256}
                for each in (header.files if header else ())
            ],
        }
    )
    return ExitStatus.OK


def _outside(path: Path, own: list[bytes]) -> tuple[int, str, SealFacts | None]:
    """Size and digest of a file, and how it is sealed; None for a bare container."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
            file.seek(0)
            return size, digest, None if is_bare(file) else inspect_seal(file, own)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem


def _own_certificates(key: Key) -> list[bytes]:
    if isinstance(key.opener, Identity):
        return [each.sealing_certificate for each in (key.opener, *key.opener.former)]
    return [key.opener.certificate] if isinstance(key.opener, SealingKey) else []


def _header(path: Path, key: Key, seal: SealFacts | None, *, ours: bool | None) -> PacketHeader | None:
    """The header, where there is something to open the packet with."""
    if seal is None:
        return read_header(path, None)
    if key.opener is None or ours is False or seal.seal != _OPENED_HERE:
        return None
    return read_header(path, key.opener)


def _trust(path: Path, key: Key, header: PacketHeader | None) -> SenderTrust | None:
    """How far the sender is known in the store that was named; None where none was."""
    if key.ws is None or header is None:
        return None
    return trust_in(key.ws, verify_packet_file(path, key.opener))


def _say(
    context: Context, size: int, seal: SealFacts | None, header: PacketHeader | None, *, ours: bool | None
) -> None:
    words = context.words
    context.say(words.plural("{n} byte", "{n} bytes", size))
    if seal is None:
        context.say(words("Not sealed: a bare container"))
    elif seal.seal != _OPENED_HERE:
        context.say(words("Encrypted as for Fiks IO: the encryption does not show whether it was changed"))
    for to in seal.recipients if seal else ():
        named = " ".join(part for part in (to.issuer, to.serial, to.key_identifier) if part)
        context.say(f"  {_kind_words(context, to.kind)}  {named}".rstrip())
    if ours is not None:
        context.say(words("Sealed for this key") if ours else words("Not sealed for this key"))
    if header:
        say_header(context, header)
        for file in header.files:
            context.say(f"  {file.name}  {file.size}  {file.sha256}")


def _kind_words(context: Context, kind: RecipientKind) -> str:
    words = context.words
    if kind is RecipientKind.CODE:
        return words("spoken code")
    if kind is RecipientKind.CERTIFICATE:
        return words("certificate (RSA)")
    if kind is RecipientKind.OWN_KEY:
        return words("key (P-256)")
    return words("unknown kind of receiver")


def _recipient_answer(to: SealedTo) -> dict[str, object]:
    return {
        "kind": to.kind.value,
        "issuer": to.issuer,
        "serial": to.serial,
        "key_identifier": to.key_identifier,
        "ours": to.ours,
    }
