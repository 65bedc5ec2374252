# SPDX-License-Identifier: MIT
"""Before an application leaves, somebody sees what does; for a shielded candidate, somebody is named who cleared it."""

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from rkv_app.domain.sharing import SharingGround
from rkv_app.foundation.i18n import Language, Words, message
from rkv_app.ui.export_dialog import ExportDialog, Handover
from rkv_app.usecases.export_application import ExportedFile, ExportKind, ExportPreview


def _preview(kind: ExportKind, *, shielded: bool) -> ExportPreview:
    return ExportPreview(
        candidate_name="Amina Eksempel",
        receiver="Testvik fylkeskommune",
        shape=kind.value,
        ground=SharingGround(legal_basis="basis", purpose="Vurdering.", informed_on=date(2026, 1, 20)),
        shielded=shielded,
        files=(ExportedFile(f"{kind.value}.pdf", "application/pdf", 2048, "00" * 32),),
        notices=(message("What is written is not encrypted."),),
    )


@pytest.fixture
def handed_over() -> list[Handover]:
    return []


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def _dialog(parent: QWidget, handed_over: list[Handover], *, shielded: bool) -> ExportDialog:
    previews = {kind: _preview(kind, shielded=shielded) for kind in ExportKind}
    dialog = ExportDialog(Words(Language.ENGLISH), parent)
    dialog.offer(previews, {"basis": "The Act"})
    dialog.filled.connect(handed_over.append)
    return dialog


def _said(dialog: ExportDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisibleTo(dialog))


@pytest.mark.parametrize("kind", ExportKind)
def test_each_shape_shows_its_own_documents(kind: ExportKind, parent: QWidget, handed_over: list[Handover]) -> None:
    dialog = _dialog(parent, handed_over, shielded=False)
    dialog.findChild(QRadioButton, f"{kind.value}Option").click()
    said = _said(dialog)
    for expected in (
        f"{kind.value}.pdf · PDF · 2.0 kB",
        "About: Amina Eksempel",
        "The Act",
        "Purpose: Vurdering.",
        "20 January 2026",
        "What is written is not encrypted.",
    ):
        assert expected in said
    assert [other.value for other in ExportKind if f"{other.value}.pdf" in said] == [kind.value]
    dialog.submit()
    assert handed_over == [Handover(kind, "Testvik fylkeskommune", "")]


def test_a_shielded_candidate_leaves_only_with_a_name(parent: QWidget, handed_over: list[Handover]) -> None:
    dialog = _dialog(parent, handed_over, shielded=True)
    dialog.submit()
    assert handed_over == []
    assert "This must be filled in." in _said(dialog)
    dialog.findChild(QLineEdit, "clearedByEdit").setText("Lise Leder")
    dialog.submit()
    assert handed_over == [Handover(ExportKind.PDF, "Testvik fylkeskommune", "Lise Leder")]


def test_it_leaves_to_somebody(parent: QWidget, handed_over: list[Handover]) -> None:
    dialog = _dialog(parent, handed_over, shielded=False)
    dialog.findChild(QLineEdit, "receiverEdit").setText("  ")
    dialog.submit()
    assert handed_over == []
