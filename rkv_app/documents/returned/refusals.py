# SPDX-License-Identifier: MIT
"""Why a file that came back is not read at all."""

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message


def damaged() -> UserError:
    """It is no PDF, or not a whole one."""
    return UserError(
        "RKV-DOC-020",
        message("This file cannot be read: it is damaged, only part of it has come, or it is neither PDF nor picture."),
        message("Nothing was changed. Ask the sender to save the form once more and send it again."),
        ExitStatus.DAMAGED,
    )


def locked() -> UserError:
    """It needs a password."""
    return UserError(
        "RKV-DOC-021",
        message("This form cannot be read: it was encrypted by the program that saved it."),
        message("Nothing was changed. Ask the sender to save it without a password and send it again."),
        ExitStatus.DAMAGED,
    )


def too_much() -> UserError:
    """It is larger or more tangled than any form."""
    return UserError(
        "RKV-DOC-022",
        message("This file was not read: it is far larger than a form, or made to be hard to read."),
        message("Nothing was changed. Be careful with this file, and ask the sender what it is."),
        ExitStatus.DAMAGED,
    )


def active() -> UserError:
    """It holds what a form from us never holds."""
    return UserError(
        "RKV-DOC-023",
        message("This PDF was not read: it holds scripts, commands or other files, and forms from here never do."),
        message("Nothing in it was run and nothing was changed. Ask the sender where the file comes from."),
        ExitStatus.DAMAGED,
    )


def not_ours() -> UserError:
    """Nothing in it says which request it belongs to."""
    return UserError(
        "RKV-DOC-024",
        message("Nothing in this file says which request it belongs to."),
        message(
            "Nothing was changed. If it is a form from this app on paper, take a sharper picture of the first page, "
            "with the whole square code in it."
        ),
        ExitStatus.NO,
    )


def other_picture() -> UserError:
    """It is a picture, but of a kind that is not read here."""
    return UserError(
        "RKV-DOC-032",
        message("Pictures of this kind are not read here."),
        message(
            "Nothing was changed. Save the picture as JPEG or PNG, or scan the paper to a PDF, and choose that file."
        ),
        ExitStatus.NO,
    )
