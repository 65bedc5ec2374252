# SPDX-License-Identifier: MIT
"""Which requests of a case wait for an answer on a version of the curriculum that has been replaced in the store."""

from dataclasses import dataclass

from rkv_app.domain.curriculum_changes import CurriculumChanges
from rkv_app.domain.exchange import EvaluationRequest, ExchangeRecord
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.compare_curricula import changes_since, versions_of
from rkv_app.usecases.open_requests import is_open
from rkv_app.usecases.packet_files import read_on_record
from rkv_app.usecases.workspace import Workspace

# With one version alone nothing can have changed, and no packet need be opened.
_SOME = 2


@dataclass(frozen=True, slots=True)
class AskedOnOlder:
    """Who was asked on an older version, and what changed since."""

    workplace: str
    supervisor: str
    changes: CurriculumChanges


def asked_on_older(ws: Workspace, case_id: str) -> tuple[AskedOnOlder, ...]:
    """Returns the requests that are still open and whose aims have changed since, oldest first.

    Raises:
        UserError: RKV-CAS-001 no such case.
    """
    if all(len(versions_of(ws, code)) < _SOME for code in existing_case(ws, case_id).plans):
        return ()
    # Of several requests about one placement the last one counts: the answers can be copied there.
    last = {asked.placement.id: asked for record in ws.store.exchange.for_case(case_id)
            if (asked := _open_request(ws, record)) is not None}  # fmt: skip
    found: list[AskedOnOlder] = []
    for asked in last.values():
        placement = asked.placement
        for changes in changes_since(ws, asked.plan, asked.aims):
            found.append(AskedOnOlder(placement.workplace.name, placement.supervisor.name, changes))
    return tuple(found)


def _open_request(ws: Workspace, record: ExchangeRecord) -> EvaluationRequest | None:
    if not is_open(record):
        return None
    content = read_on_record(ws, record.message_id).content
    return content if isinstance(content, EvaluationRequest) else None
