# SPDX-License-Identifier: MIT
"""A form that came back, taken in from the command line: the draft is begun, and nothing is confirmed."""

from pathlib import Path

from rkv_app.usecases.fillable_form import check_returned_form, make_fillable_form
from rkv_app.usecases.view_case import list_cases, view_case
from support import form_filling
from support.commands import Command
from support.parties import ADVISER, Parties
from support.store_samples import PASSPHRASE


def test_a_draft_is_begun_and_a_script_is_told_which(rkv: Command, tmp_path: Path) -> None:
    parties, secret = Parties(tmp_path), tmp_path / "secret"
    secret.write_text(PASSPHRASE, encoding="utf-8")
    store = parties.make_store(ADVISER)
    request = parties.request()
    adviser = parties.at(ADVISER)
    blank = make_fillable_form(adviser, request.message_id, tmp_path / "skjema.pdf")
    asked = check_returned_form(adviser, blank).asked
    adviser.close()
    assert asked is not None
    filled = tmp_path / "tilbake.pdf"
    values: form_filling.Values = {f"aims/{asked.aims[0].code}/rating": "independent", "rkv_name": "Kari"}
    filled.write_bytes(form_filling.mupdf(blank.read_bytes(), values))
    on_store = ("--store", store, "--passphrase-file", secret)

    empty = rkv("forms", "take-in", blank, *on_store, "--json")
    assert (empty.status, empty.document["taken"], empty.document["draft"]) == (1, "kept", "")
    told = rkv("forms", "take-in", filled, *on_store, "--json")
    assert (told.status, told.document["taken"], told.document["draft"]) == (0, "begun", request.message_id)
    assert {one["item"] for one in told.document["problems"]} > {f"aims/{asked.aims[0].code}/example"}
    assert "was not changed" in rkv("forms", "take-in", filled, *on_store).out

    adviser = parties.at(ADVISER)
    view = view_case(adviser, list_cases(adviser)[0].case.id)
    adviser.close()
    assert (len(view.evaluations), len(view.returned.drafts), len(view.returned.files)) == (0, 1, 2)
