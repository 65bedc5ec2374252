# SPDX-License-Identifier: MIT
"""What can be wrong with a packet, one function for each stable code, so that the same fault always reads the same.

Every `why` is a Message without anything from the packet in it but lengths, counts and names of our own fields.
"""

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Message, message


def not_our_format(why: Message) -> UserError:
    """RKV-PKT-010: the file is something else than a packet."""
    return UserError(
        "RKV-PKT-010",
        message("This file is not a packet that this program reads: {why}.", why=why),
        message("Nothing was changed. Check that it is the right file, or ask the sender what it is."),
    )


def unsafe_container(why: Message) -> UserError:
    """RKV-PKT-011: the ZIP is damaged, ambiguous or unsafe in a way without a code of its own (profile, section 2)."""
    return _unsafe("RKV-PKT-011", why)


def hidden_bytes(why: Message) -> UserError:
    """RKV-PKT-034: there is something before, between or behind the files that no file owns."""
    return _unsafe("RKV-PKT-034", why)


def overlapping_files() -> UserError:
    """RKV-PKT-035: two files share bytes, as those of a bomb do."""
    return _unsafe("RKV-PKT-035", message("files in it overlap"))


def name_not_allowed() -> UserError:
    """RKV-PKT-036: a file name that could lead out of a folder, or that systems take for different ones."""
    return _unsafe("RKV-PKT-036", message("a file name in it is not allowed"))


def same_name_twice() -> UserError:
    """RKV-PKT-037: which of two files is meant depends on who reads."""
    return _unsafe("RKV-PKT-037", message("it has two files of the same name"))


def unclear_file(why: Message) -> UserError:
    """RKV-PKT-038: a file's own header and the directory say different things of it."""
    return _unsafe("RKV-PKT-038", why)


def unusual_file(why: Message) -> UserError:
    """RKV-PKT-039: encrypted, packed in an unknown way, or no file at all."""
    return _unsafe("RKV-PKT-039", why)


def unknown_in_folder(folder: str) -> UserError:
    """RKV-PKT-041: a file in META-INF that the profile does not know."""
    return _unsafe("RKV-PKT-041", message("there is an unknown file in {folder}", folder=folder))


def _unsafe(code: str, why: Message) -> UserError:
    return UserError(
        code,
        message("The packet is damaged or put together in an unsafe way: {why}.", why=why),
        message("Nothing was opened or kept. Ask the sender to send it again; do not open it with another program."),
    )


def too_large(why: Message) -> UserError:
    """RKV-PKT-012: more files or more bytes than a packet may have, packed or unpacked."""
    return UserError(
        "RKV-PKT-012",
        message("The packet is too large: {why}.", why=why),
        message("Nothing was opened or kept. Send fewer or smaller attachments."),
    )


def wrong_manifest(why: Message) -> UserError:
    """RKV-PKT-013: the signed list of files does not describe what is in the packet."""
    return UserError(
        "RKV-PKT-013",
        message("The signed list of files in the packet is not right: {why}.", why=why),
        message("Nothing was opened or kept. Ask the sender to make and send the packet again."),
    )


def not_one_signature(why: Message) -> UserError:
    """RKV-PKT-040: the list or its signature is missing, there are several, or one does not belong to the other."""
    return UserError(
        "RKV-PKT-040",
        message("The signature of the packet is missing or not clear: {why}.", why=why),
        message("Nothing was opened or kept. Do not trust this copy; ask the sender to send the packet again."),
    )


def nobody_signed() -> UserError:
    """RKV-PKT-042: a message without a signature; anybody can seal to a public key, so a seal says nothing of who."""
    return UserError(
        "RKV-PKT-042",
        message("Nobody has signed this packet."),
        message("Nothing was kept. Ask the sender, on another channel, whether they sent it."),
    )


def changed_after_signing() -> UserError:
    """RKV-PKT-014: a file in the packet is not the file that was signed."""
    return UserError(
        "RKV-PKT-014",
        message("A file in the packet was changed after the packet was signed."),
        message("Nothing was opened or kept. Do not trust this copy; ask the sender to send the packet again."),
        ExitStatus.DAMAGED,
    )


def unsafe_xml(why: Message) -> UserError:
    """RKV-PKT-015: XML with something a packet may not have (document type, entities, too much of it)."""
    return UserError(
        "RKV-PKT-015",
        message("The packet has XML that is not accepted: {why}.", why=why),
        message("Nothing was opened or kept. Ask the sender which program made the packet."),
    )


def invalid_message(why: Message) -> UserError:
    """RKV-PKT-016: `rkv.json` does not follow its schema, or disagrees with the files beside it."""
    return UserError(
        "RKV-PKT-016",
        message("The content of the packet does not follow the rules: {why}.", why=why),
        message("Nothing was changed. Ask the sender to update the program and make the packet again."),
    )


def unsafe_text(why: Message) -> UserError:
    """RKV-PKT-044: a text that is longer than its field may be, or a name with signs in it that nobody sees."""
    return UserError(
        "RKV-PKT-044",
        message("The packet has a text that is not accepted: {why}.", why=why),
        message(
            "Nothing was changed. A text of your own: make it shorter. Otherwise ask which program made the packet."
        ),
    )


def newer_version(version: str) -> UserError:
    """RKV-PKT-017: the packet was made by a newer version of the format."""
    return UserError(
        "RKV-PKT-017",
        message("The packet was made by a newer version of the program (it needs {version}).", version=version),
        message("Nothing was changed. Update this program, then open the packet again."),
    )


def invalid_card(why: Message, status: ExitStatus = ExitStatus.REFUSED) -> UserError:
    """RKV-PKT-018: a contact card that cannot be trusted to be what its maker wrote."""
    return UserError(
        "RKV-PKT-018",
        message("The contact card is not valid: {why}.", why=why),
        message("The contact was not added. Ask the owner for a fresh card."),
        status,
    )


def another_kind_of_content() -> Message:
    """RKV-PKT-020, a finding and no refusal: a signed container that other programs may read, but not a packet."""
    return message("This is a signed container, but not a packet of this program.")


def archive_list_differs() -> Message:
    """RKV-PKT-019, a finding and no refusal: the archive description is not the record, `rkv.json` is."""
    return message("The archive description (arkivmelding.xml) does not list the same files as the packet has.")


def not_for_you() -> UserError:
    """RKV-PKT-002: the sender did not mean this packet for the key or code it was opened with."""
    return UserError(
        "RKV-PKT-002",
        message("This packet is not for you: the sender did not list your key or code among its receivers."),
        message("Nothing was kept. Tell the sender, and delete the file."),
        ExitStatus.LOCKED,
    )


def wrong_signer() -> UserError:
    """RKV-PKT-005: signed by somebody else than the sender it names."""
    return UserError(
        "RKV-PKT-005",
        message("The packet was signed with another key than that of the sender it names."),
        message("Nothing was kept. Do not trust it; ask the sender on another channel whether they sent it."),
        ExitStatus.DAMAGED,
    )


def not_forms() -> UserError:
    """RKV-PKT-066: something else was given where a packet of forms and lists is expected."""
    return UserError(
        "RKV-PKT-066",
        message("This is not a packet of forms and lists."),
        message(
            "Nothing was added. If it came from a supervisor, an adviser or a county, receive it as a packet instead."
        ),
    )


def forms_only() -> UserError:
    """RKV-PKT-067: a packet of forms and lists was given where a packet about a person is expected."""
    return UserError(
        "RKV-PKT-067",
        message("This is a packet of forms and lists, not one about a candidate."),
        message("Nothing was taken in. Add it under “Store and security”, or with: rkv forms add"),
    )
