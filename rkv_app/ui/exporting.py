# SPDX-License-Identifier: MIT
"""Handing an application over in a shape that others take: the preview, where it goes, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from rkv_app.foundation.i18n import Words
from rkv_app.ui.export_dialog import ExportDialog, Handover
from rkv_app.ui.files import KEEPS_A_COPY, file_kinds
from rkv_app.ui.page import Page
from rkv_app.usecases.export_application import (
    ExportKind,
    ExportPreview,
    application_on_record,
    content_to_print,
    export_application,
    preview_export,
    record_printed,
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
        dialog = ExportDialog(words, self._page)

        def hand_over(decided: Handover) -> None:
            if decided.kind is ExportKind.PRINT:
                self._print(dialog, message_id, decided)
            else:
                self._write(dialog, message_id, decided, suggested)

        dialog.filled.connect(hand_over)
        # Open before its content is there, so that what was typed before a lock has fields to return to.
        dialog.open()
        self._page.context.session.run(
            lambda ws: _offer(ws, words, message_id),
            done=lambda offer: dialog.offer(offer.previews, offer.legal_bases),
            failed=dialog.show_error,
            owner=dialog,
        )

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

        def recorded(_: object) -> None:
            said = words("It went to the printer, and stands on the record of what was shared.")
            page.view_model.told.emit(f"{said} {words(KEEPS_A_COPY)}")
            page.view_model.load()

        def printed() -> None:
            page.view_model.run(
                lambda ws: record_printed(
                    ws, application_on_record(ws, message_id), decided.receiver, decided.cleared_by
                ),
                recorded,
            )

        def read(content: bytes) -> None:
            # Brought in when somebody prints: the libraries of printing are large.
            from rkv_app.ui.printing import Printing

            dialog.accept()
            Printing(content, printer, page, done=printed, failed=page.messages.error)

        page.view_model.run(
            lambda ws: content_to_print(ws, application_on_record(ws, message_id), decided.cleared_by),
            read,
            dialog.show_error,
        )


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
