# SPDX-License-Identifier: MIT
"""More documentation comes to the county, for an application in its queue."""

from rkv_app.domain.exchange import Supplement, Trust
from rkv_app.packets.opening import OpenedPacket
from rkv_app.usecases.answering import about_our_request
from rkv_app.usecases.documents_along import keep_documents
from rkv_app.usecases.receive_application import trust_of
from rkv_app.usecases.workspace import Workspace


def take(ws: Workspace, opened: OpenedPacket) -> tuple[str, Trust]:
    """Attaches the documents to the application that they were asked for.

    Raises:
        UserError: RKV-EXC-002 unknown sender; RKV-EXC-003 nothing was asked; RKV-EXC-008 it answers another request;
            RKV-EXC-014, RKV-STO-035 its documents.
    """
    supplement = opened.content
    if not isinstance(supplement, Supplement):
        raise TypeError("a supplement packet without its content")
    trust = trust_of(ws, opened)
    ours = about_our_request(ws, opened, supplement.request_sha256)
    keep_documents(ws, opened, supplement.documents, ours.case_id)
    return ours.case_id, trust
