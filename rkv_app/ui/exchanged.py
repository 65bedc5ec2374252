# SPDX-License-Identifier: MIT
"""The packets that came and went, as a card of a page; a line that is opened writes its packet once more.

From here an application is also handed over in a shape that others take.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from rkv_app.domain.exchange import Direction, ExchangeRecord, MessageType
from rkv_app.ui import labels
from rkv_app.ui.exporting import Exporting
from rkv_app.ui.page import Page
from rkv_app.ui.protection import clear_first
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.table import Table, TableRow
from rkv_app.usecases.write_again import write_again


class Exchanged(QObject):
    """Adds itself as the next section of the page.

    Args:
        named: the name to suggest for the file of a packet.
    """

    def __init__(self, page: Page, named: Callable[[ExchangeRecord], str]) -> None:
        super().__init__(page)
        words = page.words
        self._page = page
        self._named = named
        self._records: Sequence[ExchangeRecord] = ()
        self._shielded = False
        self._nothing = text(words("Nothing yet."), "muted")
        self._table = Table(words("Sent and received"), "exchangeTable", stretch=1, wrap=True)
        self._table.opened.connect(self._on_again)
        inside = page.section(
            words("Sent and received"), intro=words("Open a line to write that packet once more, if its file was lost.")
        )
        inside.addWidget(self._nothing)
        inside.addWidget(self._table)
        self._exporting = Exporting(page)
        said = words("Hand the application over in another way …")
        self._hand_over = button(said, "handOverButton", "secondary", self.hand_over)
        inside.addWidget(self._hand_over)

    def show_records(self, records: Sequence[ExchangeRecord], *, shielded: bool = False) -> None:
        """Shows these packets instead of those before; one about a shielded candidate leaves once more when cleared."""
        words = self._page.words
        self._records = records
        self._shielded = shielded
        self._nothing.setVisible(not records)
        self._table.setVisible(bool(records))
        self._hand_over.setVisible(self._application() is not None)
        rows = [
            TableRow(
                record.message_id,
                (
                    labels.direction(words, record.direction),
                    labels.message_type(words, record.type),
                    record.counterpart,
                    labels.moment(words, record.at),
                ),
            )
            for record in records
        ]
        self._table.fill((words("Direction"), words("What"), words("With whom"), words("When")), rows)

    def _application(self) -> ExchangeRecord | None:
        """The application that counts: the last one."""
        applications = [one for one in self._records if one.type is MessageType.APPLICATION]
        return applications[-1] if applications else None

    def hand_over(self) -> None:
        """Asks in which shape the application that counts is to leave."""
        application = self._application()
        if application is not None:
            self._exporting.begin(application.message_id, Path(self._named(application)).stem)

    def _on_again(self, message_id: str) -> None:
        record = next((one for one in self._records if one.message_id == message_id), None)
        if record is None:
            return
        page, words = self._page, self._page.words

        def write(cleared_by: str) -> bool:
            target = page.context.files.save_file(words("Where to write the packet"), self._named(record))
            if target is not None:
                page.view_model.run(
                    lambda ws: write_again(ws, message_id, target, cleared_by=cleared_by), self._on_written
                )
            return target is not None

        leaving = words("The same packet leaves once more. It is meant for {receiver}.", receiver=record.counterpart)
        leaves = self._shielded and record.direction is Direction.SENT
        clear_first(page, words("Before the packet leaves again"), leaving, write, shielded=leaves)

    def _on_written(self, path: Path) -> None:
        page = self._page
        page.view_model.told.emit(page.words("The same packet was written to {name}.", name=path.name))
