# SPDX-License-Identifier: MIT
"""Write Nav's recommendation of an assessment of prior learning (opplæringslova § 18-8), made from the case."""

from dataclasses import replace
from pathlib import Path

from rkv_app.documents.recommendation import Recommendation, render_recommendation
from rkv_app.domain.minimised import without_place
from rkv_app.domain.people import Role
from rkv_app.domain.placements import Placement, Workplace
from rkv_app.domain.practice import sum_practice
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.usecases.clearance import clearance_on_record, require_clearance
from rkv_app.usecases.reference import measures
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.workspace import Workspace


def write_recommendation(ws: Workspace, case_id: str, reasons: str, target: Path, *, cleared_by: str = "") -> Path:
    """Writes the letter as a PDF to `target`. Nothing is sent; who cleared it goes on the history.

    Args:
        ws: the adviser's.
        case_id: the case; where its candidate has address protection, no workplace is named.
        reasons: why, in the adviser's own words; they stand in the letter as they are.
        target: file to write.
        cleared_by: who cleared the letter about a shielded candidate.

    Raises:
        UserError: RKV-CAS-001 no such case; RKV-CAS-008 shielded and not cleared; RKV-CAS-017 no reasons;
            RKV-SYS-001 to -003.
    """
    ws.require(Role.ADVISER)
    view = view_case(ws, case_id)
    if not reasons.strip():
        raise UserError(
            "RKV-CAS-017",
            message("The recommendation needs a reason."),
            message("Nothing was written. Say in a few sentences why an assessment is right for the candidate."),
        )
    require_clearance(view.candidate, cleared_by)
    at = ws.clock.now()
    letter = Recommendation(
        case=view.case,
        candidate=view.candidate,
        plan=", ".join(f"{plan.code} {plan.title}" for plan in view.plans) or view.case.wanted.curriculum_code,
        placements=[_nowhere(one) if view.candidate.shielded else one for one in view.placements],
        practice=sum_practice(view.placements, local_date(at)),
        coverage=view.coverage,
        reasons=reasons.strip(),
        adviser=ws.party,
    )
    pdf = render_recommendation(letter, measures=measures(ws.language), words=ws.words, at=at)
    with clearance_on_record(ws, view.case, "recommendation_written", cleared_by, target):
        write_atomically(target, pdf)
    return target


def _nowhere(placement: Placement) -> Placement:
    # The name of a workplace tells where somebody is (address protection).
    return replace(without_place(placement), workplace=Workplace(name=""))
