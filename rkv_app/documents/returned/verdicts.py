# SPDX-License-Identifier: MIT
"""What can be said of a form that came back, and what to do next. None of it is ever taken in without a person."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from rkv_app.documents.returned.file import Shape
from rkv_app.foundation.i18n import Message, message


class Verdict(StrEnum):
    """What a form that came back is."""

    COMPLETE = "complete"
    HALF_FILLED = "half_filled"
    EMPTY = "empty"
    ALTERED = "altered"
    OTHER_REQUEST = "other_request"
    NO_CASE = "no_case"
    OTHER_VERSION = "other_version"
    FILLED_TWICE = "filled_twice"
    NEWER_FORM = "newer_form"
    FLATTENED = "flattened"
    PRINTED = "printed"
    SCANNED = "scanned"


READ = frozenset({Verdict.COMPLETE, Verdict.HALF_FILLED})
"""Those with answers that were read from the fields."""

WITHOUT_FIELDS: Mapping[Shape, Verdict] = MappingProxyType(
    {Shape.FLATTENED: Verdict.FLATTENED, Shape.PRINTED: Verdict.PRINTED, Shape.SCANNED: Verdict.SCANNED}
)

SAID: Mapping[Verdict, Message] = MappingProxyType(
    {
        Verdict.COMPLETE: message("The form is filled in and unchanged."),
        Verdict.HALF_FILLED: message("The form is unchanged, but something is missing or cannot be understood."),
        Verdict.EMPTY: message("The form is empty."),
        Verdict.ALTERED: message("The form is not as it was sent: its text, its labels or its choices were changed."),
        Verdict.OTHER_REQUEST: message("The form belongs to no request that was sent from this store."),
        Verdict.NO_CASE: message("The form was made for anybody to fill in, and belongs to no case."),
        Verdict.OTHER_VERSION: message("The answers on the case were moved to another version of the form meanwhile."),
        Verdict.FILLED_TWICE: message("What this form asks is answered already."),
        Verdict.NEWER_FORM: message("The form is of a version that this app does not have."),
        Verdict.FLATTENED: message("The fields are gone: a program made them part of the page when it saved the form."),
        Verdict.PRINTED: message("The fields are gone: the form was printed to a file instead of saved."),
        Verdict.SCANNED: message("The form is a picture of paper."),
    }
)

NEXT_STEP: Mapping[Verdict, Message] = MappingProxyType(
    {
        Verdict.COMPLETE: message("Look through the answers, and confirm them if they are right."),
        Verdict.HALF_FILLED: message(
            "Ask the supervisor for what is missing: in the form once more, or type it in yourself."
        ),
        Verdict.EMPTY: message(
            "Ask the supervisor to open the form in a PDF reader, save it there, and send the saved file. "
            "A browser may have sent the empty one."
        ),
        Verdict.ALTERED: message(
            "Do not use the answers. Compare the form with the one that was sent, and send the supervisor a new one."
        ),
        Verdict.OTHER_REQUEST: message("Check that the right store is open. Otherwise send the file back."),
        Verdict.NO_CASE: message("Begin the form on the case it is about, and type the answers in there."),
        Verdict.OTHER_VERSION: message("Type the answers in on the case, or give the form out once more."),
        Verdict.FILLED_TWICE: message(
            "Compare it with the answers that are there. Ask the supervisor which of them is meant if they differ."
        ),
        Verdict.NEWER_FORM: message("Install the newest version of the app, and read the form again."),
        Verdict.FLATTENED: message("Ask for the saved file, or open it beside the form in the app and type in."),
        Verdict.PRINTED: message("Ask for the saved file, or open it beside the form in the app and type in."),
        Verdict.SCANNED: message("Open the picture beside the form in the app and type the answers in."),
    }
)

_OF_NO_REQUEST: Mapping[Verdict, Message] = MappingProxyType(
    {
        Verdict.HALF_FILLED: message("Ask whoever filled it in for what is missing."),
        Verdict.EMPTY: message(
            "Ask whoever filled it in to open the form in a PDF reader, save it there, and send the saved file. "
            "A browser may have sent the empty one."
        ),
        Verdict.ALTERED: message("Do not use the answers. Make the form once more, and have it filled in again."),
        Verdict.FILLED_TWICE: message(
            "Compare it with the answers that are there. Ask whoever filled it in which ones count if they differ."
        ),
    }
)
_OF_NO_CASE: Mapping[Verdict, Message] = MappingProxyType(
    {
        **_OF_NO_REQUEST,
        Verdict.COMPLETE: message("Look through the answers."),
        Verdict.NEWER_FORM: message(
            "Read it once more where the form is, or name the form file with --form. A newer version of the app may "
            "have the form."
        ),
        Verdict.FLATTENED: message("Ask for the saved file, or type the answers in."),
        Verdict.PRINTED: message("Ask for the saved file, or type the answers in."),
        Verdict.SCANNED: message("Type the answers in."),
    }
)


def next_step(verdict: Verdict, *, of_a_case: bool, of_a_request: bool) -> Message:
    """What to do next with a form that came back; where no workplace was asked, no supervisor can be."""
    own = {} if of_a_request else _OF_NO_REQUEST if of_a_case else _OF_NO_CASE
    return own.get(verdict, NEXT_STEP[verdict])
