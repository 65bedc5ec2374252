# SPDX-License-Identifier: MIT
"""Why nothing could be fetched from Grep, in words for the user. None of them changes anything."""

from typing import Final

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message

NOT_THERE: Final = "RKV-CUR-013"
"""Grep has no such thing; the one refusal that may be no reason to stop."""


def unreachable() -> UserError:
    """RKV-CUR-009: there is no connection, or it was cut off again and again."""
    return UserError(
        "RKV-CUR-009",
        message("Udir's Grep cannot be reached."),
        message(
            "Nothing was imported. What was fetched is kept, and the next try goes on from there. "
            "Check the network, or import a file that you have downloaded."
        ),
    )


def key_refused() -> UserError:
    """RKV-CUR-010: Grep wants an API key, or another one."""
    return UserError(
        "RKV-CUR-010",
        message("Udir's Grep wants an API key, or does not take the one that is kept here."),
        message("Nothing was imported. Get a key from Udir and enter it, or import a file that you have downloaded."),
        ExitStatus.REFUSED,
    )


def asked_to_wait() -> UserError:
    """RKV-CUR-011: Grep has been asked too much."""
    return UserError(
        "RKV-CUR-011",
        message("Udir's Grep asks us to wait before we ask for more."),
        message("Nothing was imported. What was fetched is kept. Try again in some minutes; an API key allows more."),
        ExitStatus.REFUSED,
    )


def out_of_order(status: int) -> UserError:
    """RKV-CUR-012: Grep has trouble of its own."""
    return UserError(
        "RKV-CUR-012",
        message("Udir's Grep is out of order (HTTP {status}).", status=status),
        message("Nothing was imported. What was fetched is kept. Try again later, or import a file."),
    )


def not_there(name: str) -> UserError:
    """RKV-CUR-013: Grep has no such thing."""
    return UserError(
        NOT_THERE,
        message("Udir's Grep has nothing with the code {code}.", code=name),
        message("Nothing was imported. Check the code, such as HEA03-03."),
    )


def not_what_was_asked_for(name: str) -> UserError:
    """RKV-CUR-014: the answer is none of Grep's."""
    return UserError(
        "RKV-CUR-014",
        message("The answer about {name} is not what Udir's Grep answers.", name=name),
        message("Nothing was imported. A network that asks you to log in answers like this. Check it, then try again."),
        ExitStatus.REFUSED,
    )


def only_https(root: str) -> UserError:
    """RKV-CUR-015: the key would travel in clear, or the address is none."""
    return UserError(
        "RKV-CUR-015",
        message(
            "The address {name} does not begin with https.", name=root.partition("//")[2].partition("/")[0] or root
        ),
        message("Nothing was asked or changed. Set the address of Udir's Grep right, and try again."),
        ExitStatus.REFUSED,
    )
