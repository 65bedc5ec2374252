# SPDX-License-Identifier: MIT
"""Nothing about a shielded candidate leaves before a named person has cleared it, and it never tells where they are."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from rkv_app.foundation.errors import UserError
from rkv_app.packets.opening import open_packet
from rkv_app.usecases.ask_on_form import ask_on_form
from rkv_app.usecases.export_application import ExportKind, application_on_record, export_application
from rkv_app.usecases.fillable_form import make_fillable_form
from rkv_app.usecases.recommend import write_recommendation
from rkv_app.usecases.request_evaluation import request_evaluation
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.write_again import write_again
from rkv_app.usecases.write_documents import candidate_copy
from support.desks import ADDRESS, CLEARED_BY, SUPERVISOR_PHONE, Desks, snapshot
from support.pdf_text import text_of

Leave = Callable[[Path, str], object]


def by_packet(desks: Desks) -> tuple[str, Leave]:
    case_id, placement_id = desks.case(shielded=True)
    return case_id, lambda target, name: request_evaluation(desks.adviser, placement_id, target, cleared_by=name)


def by_packet_again(desks: Desks) -> tuple[str, Leave]:
    case_id, placement_id = desks.case(shielded=True)
    desks.request(placement_id, cleared_by="En annen")
    return case_id, lambda target, name: request_evaluation(desks.adviser, placement_id, target, cleared_by=name)


def on_form(desks: Desks) -> tuple[str, Leave]:
    case_id, placement_id = desks.case(shielded=True)
    return case_id, lambda target, name: ask_on_form(desks.adviser, placement_id, target, cleared_by=name)


def on_paper_for_a_request(desks: Desks) -> tuple[str, Leave]:
    case_id, placement_id = desks.case(shielded=True)
    asked = desks.request(placement_id, cleared_by="En annen").message_id
    return case_id, lambda target, name: make_fillable_form(
        desks.adviser, asked, target, on_paper=True, cleared_by=name
    )


def as_recommendation(desks: Desks) -> tuple[str, Leave]:
    case_id, _ = desks.case(shielded=True)
    return case_id, lambda target, name: write_recommendation(desks.adviser, case_id, "Fordi.", target, cleared_by=name)


def once_more(desks: Desks) -> tuple[str, Leave]:
    case_id, placement_id = desks.case(shielded=True)
    asked = desks.request(placement_id, cleared_by="En annen").message_id
    return case_id, lambda target, name: write_again(desks.adviser, asked, target, cleared_by=name)


def as_application(desks: Desks) -> tuple[str, Leave]:
    case_id = desks.documented_case(shielded=True)
    desks.county()
    return case_id, lambda _, name: desks.apply(case_id, cleared_by=name)


def as_export(desks: Desks) -> tuple[str, Leave]:
    case_id = desks.documented_case(shielded=True)
    packet = application_on_record(desks.adviser, desks.apply(case_id, cleared_by="En annen").message_id)
    return case_id, lambda target, name: export_application(
        desks.adviser, packet, ExportKind.PDF, target, cleared_by=name
    )


WAYS = (by_packet, by_packet_again, on_form, on_paper_for_a_request, as_recommendation, once_more, as_application,
        as_export)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_each_way_out_takes_a_name_that_stays_on_record_and_tells_nowhere(
    way: Callable[[Desks], tuple[str, Leave]], desks: Desks
) -> None:
    case_id, leave = way(desks)
    before, there = snapshot(desks.adviser, case_id), files(desks)
    for nobody in ("", "  "):
        with pytest.raises(UserError) as refused:
            leave(desks.folder / "ut.bin", nobody)
        assert refused.value.code == "RKV-CAS-008"
    assert (snapshot(desks.adviser, case_id), files(desks)) == (before, there)
    leave(desks.folder / "ut.bin", CLEARED_BY)
    assert clearances(desks, case_id)[-1] == CLEARED_BY
    new = files(desks) - there
    assert new
    for name in new:
        for part in parts(desks, (desks.folder / name).read_bytes()):
            for told in (ADDRESS, SUPERVISOR_PHONE, "kari@example.invalid"):
                assert told.encode() not in part


@pytest.mark.parametrize("way", [on_paper_for_a_request, as_recommendation, once_more])
def test_where_the_file_cannot_be_written_no_clearance_is_on_record(
    way: Callable[[Desks], tuple[str, Leave]], desks: Desks
) -> None:
    case_id, leave = way(desks)
    target = desks.folder / "ut.bin"
    target.write_bytes(b"noe annet")
    before = snapshot(desks.adviser, case_id)
    with pytest.raises(UserError) as refused:
        leave(target, CLEARED_BY)
    assert refused.value.code == "RKV-SYS-003"
    assert snapshot(desks.adviser, case_id) == before
    assert target.read_bytes() == b"noe annet"


def test_the_candidate_reads_in_their_copy_who_cleared_what(desks: Desks) -> None:
    case_id, placement_id = desks.case(shielded=True)
    desks.request(placement_id, cleared_by="En annen")
    write_recommendation(desks.adviser, case_id, "Fordi.", desks.folder / "brev.pdf", cleared_by=CLEARED_BY)
    said = " ".join(text_of(candidate_copy(desks.adviser, case_id)).split())
    assert "En annen" in said
    assert CLEARED_BY in said


def test_whoever_is_not_shielded_is_asked_about_with_the_whole_placement(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    sent = desks.request(placement_id)
    assert any(ADDRESS.encode() in part for part in parts(desks, sent.path.read_bytes()))
    assert clearances(desks, case_id) == []


def files(desks: Desks) -> set[str]:
    return {path.name for path in desks.folder.iterdir() if path.is_file() and not path.name.startswith("adviser.rkv")}


def clearances(desks: Desks, case_id: str) -> list[str]:
    view = view_case(desks.adviser, case_id)
    dated = [(one.at, one.cleared_by) for one in (*view.transitions, *view.sharing) if one.cleared_by]
    return [name for _, name in sorted(dated, key=lambda one: one[0])]


def parts(desks: Desks, data: bytes) -> list[bytes]:
    """All that can be read in a file: what a packet holds, and of a PDF its text and each of its streams."""
    if data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as opened:
            streams = [one.read_bytes() for one in opened.objects if isinstance(one, pikepdf.Stream)]
        document = pypdfium2.PdfDocument(data)
        said = " ".join(page.get_textpage().get_text_bounded() for page in document)
        return [data, " ".join(said.split()).encode(), *streams]
    inside = open_packet(data, desks.adviser.identity).documents.values()
    return [data, *(part for one in inside for part in (parts(desks, one) if one.startswith(b"%PDF") else [one]))]
