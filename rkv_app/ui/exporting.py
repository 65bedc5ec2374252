# SPDX-License-Identifier: MIT
"""Handing an application over in a shape that others take: the preview, where it goes, and what came of it."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from rkv_app.foundation.i18n import Words
from rkv_app.ui.export_dialog import ExportDialog, Handover
from rkv_app.ui.files import file_kinds
from rkv_app.ui.page import Page
from rkv_app.usecases.export_application import (
    ExportKind,
    ExportPreview,
    application_on_record,
    export_application,
    preview_export,
)
from rkv_app.usecases.incoming_files import read_incoming
from rkv_app.usecases.reference import legal_bases
from rkv_app.usecases.workspace import Workspace

_ENDINGS: Mapping[ExportKind, str] = {ExportKind.PDF: ".pdf", ExportKind.EFORMIDLING: "", ExportKind.FIKS_IO: ".p7m"}


@dataclass(frozen=True, slots=True)
class _Offer:
    previews: Mapping[ExportKind, ExportPreview]
    legal_bases: Mapping[str, str]


class Exporting(QObject):
    """Hands over what a page is about."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def begin(self, message_id: str, suggested: str) -> None:
        """Shows what would leave. Nothing is written before somebody has seen it.

        Args:
            message_id: of the application.
            suggested: name for what is written, without an ending.
        """
        words = self._page.words
        self._page.view_model.run(
            lambda ws: _offer(ws, words, message_id), lambda offer: self._open(offer, message_id, suggested)
        )

    def _open(self, offer: _Offer, message_id: str, suggested: str) -> None:
        dialog = ExportDialog(self._page.words, offer.previews, offer.legal_bases, self._page)

        def hand_over(decided: Handover) -> None:
            if decided.kind is ExportKind.PRINT:
                self._print(dialog, message_id, decided)
            else:
                self._write(dialog, message_id, decided, suggested)

        dialog.filled.connect(hand_over)
        dialog.open()

    def _write(self, dialog: ExportDialog, message_id: str, decided: Handover, suggested: str) -> None:
        page, words, certificate = self._page, self._page.words, None
        if decided.kind is ExportKind.FIKS_IO:
            kinds = file_kinds(words, words("Certificates"), "*.pem *.cer *.crt *.der")
            certificate = page.context.files.open_file(words("The receiver's certificate"), kinds)
            if certificate is None:
                return
        target = page.context.files.save_file(words("Where to write it"), suggested + _ENDINGS[decided.kind])
        if target is None:
            return

        def done(_: object) -> None:
            dialog.accept()
            said = words("It was written to {name}, and stands on the record of what was shared.", name=target.name)
            page.view_model.told.emit(said)
            page.view_model.load()

        page.view_model.run(lambda ws: _export(ws, message_id, decided, target, certificate), done, dialog.show_error)

    def _print(self, dialog: ExportDialog, message_id: str, decided: Handover) -> None:
        page, words = self._page, self._page.words
        printer = page.context.files.printer(words("On paper"))
        if printer is None:
            return

        def printed() -> None:
            page.view_model.told.emit(words("It went to the printer, and stands on the record of what was shared."))

        def recorded(content: bytes) -> None:
            # Brought in when somebody prints: the libraries of printing are large.
            from rkv_app.ui.printing import Printing

            dialog.accept()
            page.view_model.load()
            Printing(content, printer, page, done=printed, failed=page.messages.error)

        page.view_model.run(lambda ws: _exported(ws, message_id, decided), recorded, dialog.show_error)


def _offer(ws: Workspace, words: Words, message_id: str) -> _Offer:
    packet = application_on_record(ws, message_id)
    previews = {kind: preview_export(ws, packet, kind) for kind in ExportKind}
    return _Offer(previews, legal_bases(words.language.value))


def _export(ws: Workspace, message_id: str, decided: Handover, target: Path, certificate: Path | None) -> None:
    export_application(
        ws,
        application_on_record(ws, message_id),
        decided.kind,
        target,
        receiver=decided.receiver,
        cleared_by=decided.cleared_by,
        certificate=read_incoming(certificate) if certificate else b"",
    )


def _exported(ws: Workspace, message_id: str, decided: Handover) -> bytes:
    """The PDF for the printer. It stands on record from here on: nobody can say of paper whether it came out."""
    out = io.BytesIO()
    export_application(
        ws,
        application_on_record(ws, message_id),
        decided.kind,
        out,
        receiver=decided.receiver,
        cleared_by=decided.cleared_by,
    )
    return out.getvalue()
