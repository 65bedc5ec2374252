# SPDX-License-Identifier: MIT
"""How commands on packets tell of packets; docs/formats/verify-report.schema.json describes the report."""

from collections.abc import Sequence

from rkv_app.cli.context import Context
from rkv_app.crypto.identity import key_id
from rkv_app.foundation.i18n import Words
from rkv_app.packets.reports import Finding, PacketHeader, VerifyReport
from rkv_app.usecases.check_packet import SenderTrust, trust_words


def report_answer(report: VerifyReport, trust: SenderTrust | None, words: Words) -> dict[str, object]:
    """A report in the document of --json.

    Args:
        report: what was found.
        trust: how far the signer is known; None where no signature holds.
        words: the language.
    """
    findings = (*report.findings, *(trust.notes if trust else ()))
    return {
        **report.as_json(words),
        "findings": findings_answer(findings, words),
        "signer": _signer(report.signer, report.header) if report.signer else None,
        "trust": trust_answer(trust, words) if trust else None,
        "packet": header_answer(report.header) if report.header else None,
    }


def findings_answer(findings: Sequence[Finding], words: Words) -> list[dict[str, str]]:
    """What is to be known, each with its code."""
    return [{"code": each.code, "message": words.say(each.message)} for each in findings]


def trust_answer(trust: SenderTrust, words: Words) -> dict[str, str]:
    """How far a signer is known."""
    return {"code": trust.level.value, "message": words.say(trust_words(trust.level))}


def say_trust(context: Context, trust: SenderTrust) -> None:
    """Tells a person how far a signer is known, and what to know about that."""
    context.say(context.words("Trust: {trust}", trust=trust_words(trust.level)))
    for note in trust.notes:
        context.say(f"{note.code}: {context.words.say(note.message)}")


def header_answer(header: PacketHeader) -> dict[str, object]:
    """What a packet says of itself: no content, and not the secret that a reply brings back."""
    return {
        "type": header.type.value,
        "message_id": header.message_id,
        "conversation_id": header.conversation_id,
        "answers": header.answers,
        "created": header.created.isoformat(),
        "expires": header.expires.isoformat() if header.expires else None,
        "recipients": list(header.recipients),
        "wants_reply": bool(header.reply_token) and not header.answers,
    }


def sender_answer(header: PacketHeader) -> dict[str, str]:
    """Who a packet says it is from."""
    return _signer(key_id(header.sender.signing_certificate), header)


def say_header(context: Context, header: PacketHeader) -> None:
    """Tells a person what a packet says of itself."""
    party, words = header.sender.party, context.words
    context.say(words("Type: {type}", type=header.type.value))
    context.say(words("From: {name}, {organisation}", name=party.name, organisation=party.organisation))
    context.say(words("Made: {moment}", moment=header.created.isoformat()))
    if header.expires:
        context.say(words("Answer wanted by: {day}", day=header.expires.isoformat()))
    context.say(words("Message: {id}", id=header.message_id))


def _signer(signer: str, header: PacketHeader | None) -> dict[str, str]:
    party = header.sender.party if header else None
    return {
        "key_id": signer,
        "name": party.name if party else "",
        "organisation": party.organisation if party else "",
        "unit": party.unit if party else "",
        "org_number": party.org_number if party else "",
    }
