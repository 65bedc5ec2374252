# SPDX-License-Identifier: MIT
"""What can be wrong with a packet's seal or signature, each with its one code and wording."""

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message


def not_our_format() -> UserError:
    """The file is no sealed packet at all, or one of an unauthenticated kind."""
    return UserError(
        "RKV-PKT-001",
        message("This file is not a sealed packet of this program."),
        message("Nothing was changed. Check that you chose the right file (.rkvpakke)."),
        ExitStatus.REFUSED,
    )


def not_for_you() -> UserError:
    """No recipient of the packet fits the key or code that is there to open it."""
    return UserError(
        "RKV-PKT-002",
        message("This packet is not sealed for you."),
        message("Nothing was changed. Ask the sender to make it again for your contact card, or for a code."),
        ExitStatus.LOCKED,
    )


def wrong_code() -> UserError:
    """A code recipient is there, but the code does not open it."""
    return UserError(
        "RKV-PKT-003",
        message("The code is wrong."),
        message("Nothing was changed. Read the digits again, and check that the code belongs to this packet."),
        ExitStatus.LOCKED,
    )


def wrong_key_file_password() -> UserError:
    """The password of a PKCS#12 file does not open it."""
    return UserError(
        "RKV-PKT-003",
        message("The password of the key file is wrong, or the key file is damaged."),
        message("Nothing was changed. Try the password again, or fetch the key file again from where it is kept."),
        ExitStatus.LOCKED,
    )


def damaged() -> UserError:
    """The packet is not what its sender made."""
    return UserError(
        "RKV-PKT-004",
        message("This packet is damaged or was changed on its way."),
        message("Nothing of it was kept. Ask the sender to send it again."),
        ExitStatus.DAMAGED,
    )


def signature_does_not_hold() -> UserError:
    """The signature and what it should cover do not belong together."""
    return UserError(
        "RKV-PKT-005",
        message("The signature of this packet does not hold: what it covers was changed, or it is damaged itself."),
        message("Nothing of it was kept. Ask the sender, on another channel, to send it again."),
        ExitStatus.DAMAGED,
    )


def unsupported() -> UserError:
    """The packet asks for cryptography that is too weak, too costly, or unknown here."""
    return UserError(
        "RKV-PKT-006",
        message("This packet uses weak or unsupported cryptography."),
        message("Nothing was changed. Ask the sender to make it with a current version of this program."),
        ExitStatus.REFUSED,
    )
