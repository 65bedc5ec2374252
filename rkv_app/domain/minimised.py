# SPDX-License-Identifier: MIT
"""What is left out of a record before it leaves, so that nothing made from it can tell: not the PDF, not its data.

Address protection (adressesperre) takes away what tells where somebody can be found; a national identity number goes
along only where the receiver asks for it (GDPR art. 5 (1) c; personopplysningsloven § 12).
"""

from dataclasses import replace

from rkv_app.domain.exchange import Application
from rkv_app.domain.placements import Placement


def minimised(application: Application, *, national_number: bool) -> Application:
    """The application with no more in it than the receiver is to have.

    Args:
        application: the whole record.
        national_number: whether the receiver asks for the candidate's national identity number.
    """
    candidate, placements = application.candidate, application.placements
    if not national_number:
        candidate = replace(candidate, national_number="")
    if candidate.shielded:
        placements = tuple(without_place(one) for one in placements)
    return replace(application, candidate=candidate, placements=placements)


def without_place(placement: Placement) -> Placement:
    """A placement without what tells where the candidate can be reached."""
    return replace(
        placement,
        workplace=replace(placement.workplace, address=""),
        supervisor=replace(placement.supervisor, phone="", email=""),
    )
