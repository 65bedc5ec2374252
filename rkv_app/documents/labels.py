# SPDX-License-Identifier: MIT
"""What codes are called in documents, as source texts. None of them is a word of decision: those are the county's.

What the window calls the same it takes from here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from rkv_app.domain.cases import CaseState
from rkv_app.domain.coverage import Covered, Why
from rkv_app.domain.evaluations import KnownBy, Rating
from rkv_app.domain.exchange import Direction, DocumentRole, MessageType
from rkv_app.foundation.i18n import Message, message

RATING: Mapping[Rating, Message] = MappingProxyType(
    {
        Rating.NOT_TRIED: message("Not tried here"),
        Rating.LEARNING: message("Under training"),
        Rating.GUIDED: message("Does it with guidance"),
        Rating.INDEPENDENT: message("Does it independently"),
    }
)

KNOWN_BY: Mapping[KnownBy, Message] = MappingProxyType(
    {
        KnownBy.OBSERVED: message("observed"),
        KnownBy.TALKED: message("talked through"),
        KnownBy.PRODUCT: message("work product"),
        KnownBy.COURSE: message("a course"),
    }
)

COVERED: Mapping[Covered, Message] = MappingProxyType(
    {
        Covered.COVERED: message("Covered"),
        Covered.PARTLY: message("Partly covered"),
        Covered.NOT_TRIED: message("Not tried"),
        Covered.NO_INFORMATION: message("No information"),
    }
)

MEANING: Mapping[Covered, Message] = MappingProxyType(
    {
        Covered.COVERED: message("Done independently, and observed or seen in a work product."),
        Covered.PARTLY: message("Done with guidance or under training, or not seen in work, or a long time ago."),
        Covered.NOT_TRIED: message("Not tried at the workplaces. This says nothing about what the candidate can do."),
        Covered.NO_INFORMATION: message("No workplace has said anything."),
    }
)

WHY_PARTLY: Mapping[Why, Message] = MappingProxyType(
    {
        Why.LEARNING: message("Under training"),
        Why.GUIDED: message("With guidance"),
        Why.NOT_SEEN: message("Not seen in work"),
        Why.TOO_OLD: message("A long time ago"),
    }
)

DOCUMENT_ROLE: Mapping[DocumentRole, Message] = MappingProxyType(
    {
        DocumentRole.EMPLOYMENT: message("Reference from an employer"),
        DocumentRole.DIPLOMA: message("Diploma or transcript"),
        DocumentRole.COURSE: message("Course certificate"),
        DocumentRole.WORK_PRODUCT: message("Work product"),
        DocumentRole.CV: message("CV"),
        DocumentRole.DECISION: message("Decision letter"),
        DocumentRole.OTHER: message("Other document"),
    }
)

CASE_STATE: Mapping[CaseState, Message] = MappingProxyType(
    {
        CaseState.DRAFT: message("Begun"),
        CaseState.COLLECTING: message("Collecting documentation"),
        CaseState.READY: message("Ready to send"),
        CaseState.SENT: message("Sent to the county"),
        CaseState.RECEIVED: message("Received by the county"),
        CaseState.SUPPLEMENT_REQUESTED: message("The county asks for more"),
        CaseState.SUPPLEMENTED: message("More was sent to the county"),
        CaseState.DECIDED: message("Decided by the county"),
        CaseState.CLOSED: message("Closed"),
        CaseState.WITHDRAWN: message("Withdrawn"),
    }
)

MESSAGE_TYPE: Mapping[MessageType, Message] = MappingProxyType(
    {
        MessageType.REQUEST: message("Request for an evaluation"),
        MessageType.EVALUATION: message("Evaluation"),
        MessageType.APPLICATION: message("Application"),
        MessageType.RECEIPT: message("Receipt"),
        MessageType.SUPPLEMENT_REQUEST: message("Request for more documentation"),
        MessageType.SUPPLEMENT: message("More documentation"),
        MessageType.OUTCOME: message("Outcome"),
    }
)

DIRECTION: Mapping[Direction, Message] = MappingProxyType(
    {
        Direction.SENT: message("Sent"),
        Direction.RECEIVED: message("Received"),
    }
)
