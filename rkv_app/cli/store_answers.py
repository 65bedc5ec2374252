# SPDX-License-Identifier: MIT
"""How commands on stores tell of backups, ways in and notices."""

from collections.abc import Sequence

from rkv_app.cli.context import Context
from rkv_app.domain.stores import Backup, KeySlot, Notice


def backup_answer(backup: Backup) -> dict[str, object]:
    """A backup in the document of --json."""
    return {"path": backup.path, "made_at": backup.made_at.isoformat(), "size": backup.size}


def slot_answer(slot: KeySlot) -> dict[str, object]:
    """A way in, in the document of --json."""
    return {
        "id": slot.id,
        "kind": slot.kind.value,
        "label": slot.label,
        "created": slot.created.isoformat() if slot.created else None,
        "expires": slot.expires.isoformat() if slot.expires else None,
    }


def notice_answer(context: Context, notice: Notice) -> dict[str, str]:
    """A notice in the document of --json."""
    words = context.words
    return {"code": notice.code, "message": words.say(notice.message), "hint": words.say(notice.hint)}


def say_notices(context: Context, notices: Sequence[Notice]) -> list[dict[str, str]]:
    """Tells a person of each notice, and returns them for the document of --json."""
    said = [notice_answer(context, one) for one in notices]
    for one in said:
        context.say(f"{one['code']}: {one['message']} {one['hint']}")
    return said
