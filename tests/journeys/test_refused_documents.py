# SPDX-License-Identifier: MIT
"""A document that is refused says so where the user is, and keeps out those that were chosen along with it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from rkv_app.usecases.ask_for_supplement import NewSupplementRequest, ask_for_supplement
from rkv_app.usecases.receive_packet import receive_packet
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, INTAKE, SUPERVISOR, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_a_refused_document_is_told_in_the_dialog_and_nothing_is_attached(
    parties: Parties, sit_down: Callable[[Path | None], User], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for party in (ADVISER, SUPERVISOR, INTAKE):
        parties.make_store(party)
    parties.introduce(ADVISER, parties.card(INTAKE))
    parties.introduce(INTAKE, parties.card(ADVISER))
    application = parties.application(parties.evaluation(parties.request()))
    county = parties.at(INTAKE)
    message_id = receive_packet(county, application).message_id
    request = tmp_path / "05.rkvpakke"
    ask_for_supplement(county, message_id, NewSupplementRequest(items=["Attest"], deadline=date(2099, 1, 1)), request)
    county.close()
    adviser = parties.at(ADVISER)
    receive_packet(adviser, request)
    adviser.close()
    good, bad = tmp_path / "attest.pdf", tmp_path / "program.exe"
    good.write_bytes(b"%PDF-1.7\n")
    bad.write_bytes(b"MZ" + bytes(100))

    user = sit_down(parties.store(ADVISER))
    user.unlock(PASSPHRASE)
    user.open_row("Cases", CANDIDATE)
    user.press("Send the documents …")
    monkeypatch.setattr(user.files, "open_files", lambda title, kinds: [good, bad])
    user.press("Attach a document …")
    user.sees("RKV-STO-035")
    assert "attest.pdf" not in user.screen()
    user.press("Cancel")
    user.sees("No document is attached yet.")
