# SPDX-License-Identifier: MIT
"""What codes are called in documents, as source texts. None of them is a word of decision: those are the county's."""

from collections.abc import Mapping
from types import MappingProxyType

from rkv_app.domain.coverage import Covered, Why
from rkv_app.domain.evaluations import KnownBy, Rating
from rkv_app.domain.exchange import DocumentRole
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
