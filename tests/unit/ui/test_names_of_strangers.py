# SPDX-License-Identifier: MIT
"""A file name from a stranger cannot pass for another wherever documents are picked or found."""

from datetime import UTC, date, datetime

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from rkv_app.domain.exchange import Card, MissingItem, SupplementRequest
from rkv_app.domain.stores import Attachment, Hit, HitKind
from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.pages.application.dialogs import OutcomeDialog
from rkv_app.ui.pages.case.send_documents import SendDocumentsDialog
from rkv_app.ui.pages.cases.found import in_words
from rkv_app.usecases.conversation import AskedForMore
from support import document_samples
from support.parties import INTAKE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

TURNED = "attest\u202efdp.exe"
SHOWN = r"attest\u{202e}fdp.exe"
WORDS = Words(Language.ENGLISH)
DAY, MOMENT = date(2026, 1, 20), datetime(2026, 1, 20, 9, 30, tzinfo=UTC)
CARD = Card(party=INTAKE, signing_certificate=b"", sealing_certificate=b"")
DOCUMENT = Attachment(
    id="a", subject="s", name=TURNED, media_type="application/pdf", sha256="00" * 32, size=10, added=MOMENT
)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def _said(dialog: FormDialog) -> str:
    named = [one.accessibleName() for one in dialog.findChildren(QWidget)]
    said = [one.text() for kind in (QLabel, QAbstractButton) for one in dialog.findChildren(kind)]
    return "\n".join(named + said)


def test_where_documents_are_picked_to_be_sent(parent: QWidget) -> None:
    request = SupplementRequest(
        journal_number="2026-00001",
        application_sha256="00" * 32,
        items=(MissingItem(id="1", text="Arbeidsattest"),),
        deadline=DAY,
        note="",
        intake=INTAKE,
    )
    asked = AskedForMore(
        message_id="m",
        conversation_id="c",
        manifest_sha256="00" * 32,
        request=request,
        sender=CARD,
        at=MOMENT,
        answered_at=None,
    )
    dialog = SendDocumentsDialog(WORDS, asked, {}, (), shielded=False, parent=parent)
    dialog.show_documents([DOCUMENT])
    assert SHOWN in _said(dialog)
    assert TURNED not in _said(dialog)


def test_where_documents_are_picked_to_go_along_with_an_outcome(parent: QWidget) -> None:
    dialog = OutcomeDialog(WORDS, document_samples.application(), [DOCUMENT], DAY, parent)
    assert SHOWN in _said(dialog)
    assert TURNED not in _said(dialog)


def test_where_an_attachment_is_found() -> None:
    hit = Hit(kind=HitKind.ATTACHMENT, subject="a", case_id="c", excerpt=TURNED)
    said = in_words([hit], "attest", WORDS)
    assert SHOWN in said
    assert TURNED not in said
