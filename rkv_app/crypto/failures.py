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
        message("Nothing was changed. Read the code again, and check that the code belongs to this packet."),
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


def unauthenticated() -> UserError:
    """Encrypted so that anybody can change it unseen (CBC, CTR): a downgrade, or a file of another system."""
    return UserError(
        "RKV-PKT-030",
        message("This file is encrypted without protection against changes, so nothing in it can be trusted."),
        message("Nothing was opened or kept. Ask the sender to make it with this program."),
        ExitStatus.REFUSED,
    )


def short_proof() -> UserError:
    """A tag or nonce of GCM without its full length: easier to forge. RFC 5084 allows it, the profile does not."""
    return UserError(
        "RKV-PKT-031",
        message("The seal of this packet is made so that it can be forged."),
        message("Nothing was opened or kept. Do not trust it; ask the sender on another channel."),
        ExitStatus.REFUSED,
    )


def too_costly() -> UserError:
    """Reading on would take more memory or time than an honest packet ever needs."""
    return UserError(
        "RKV-PKT-032",
        message("This packet is made so that opening it would take too much memory or time."),
        message("Nothing was opened or kept. Do not trust it; ask the sender on another channel."),
        ExitStatus.REFUSED,
    )


def trailing_bytes() -> UserError:
    """Something stands after the sealed packet, which no seal covers."""
    return UserError(
        "RKV-PKT-033",
        message("There is something after the end of this packet that its seal does not cover."),
        message("Nothing was kept. Ask the sender to send it again."),
        ExitStatus.DAMAGED,
    )


def weak_signature() -> UserError:
    """Signed with SHA-1 or a key that is too short: it proves little."""
    return UserError(
        "RKV-PKT-043",
        message("The signature of this packet is weak, so it does not prove who made it."),
        message("Nothing was opened or kept. Ask the sender to make it with a current version of the program."),
        ExitStatus.REFUSED,
    )
