# SPDX-License-Identifier: MIT
"""A server on this machine that answers as Grep's REST service does, and has any trouble that a test asks for.

It answers with made-up records in Grep's shapes. The tests that use it allow connections to this machine only.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from rkv_app.curriculum.fetching import GrepService
from support.grep_dumps import plan_records

KEY = "a key that is nobody's"
ETAG = '"one"'


@dataclass(frozen=True)
class Trouble:
    """An answer out of the ordinary.

    Attributes:
        cut: send only this many octets of the body, and hang up.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"{}"
    cut: int | None = None


class GrepServer:
    """Grep, with the records of some made-up plans.

    Attributes:
        troubles: answers that come before any other, one a request.
        asked: the paths that were asked for.
        needs_key: whether it answers only who has the key.
        dump: what it has for a dump.
    """

    def __init__(self, plans: int = 1) -> None:
        self.records: dict[str, Any] = {}
        for number in range(plans):
            for folder, record in plan_records(number):
                self.records[f"{folder}/{record['kode']}"] = record
        self.records["endringer?antall=1"] = [{"endrings-id": 4711, "kode": "AAA03-01"}]
        self.troubles: list[Trouble] = []
        self.asked: list[str] = []
        self.ranges: list[str] = []
        self.needs_key = False
        self.dump = b""
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server._answer(self)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    @property
    def service(self) -> GrepService:
        """How to reach it, without a key and without waiting."""
        return GrepService(root=self.root, pause=0.0)

    @property
    def root(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._http.server_address[1]}/kl06"

    def close(self) -> None:
        """Ends it."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path.removeprefix("/kl06/")
        self.asked.append(path)
        if "Range" in request.headers:
            self.ranges.append(request.headers["Range"])
        if self.troubles:
            self._send(request, self.troubles.pop(0))
        elif self.needs_key and request.headers.get("X-API-Key") != KEY:
            self._send(request, Trouble(401))
        elif path == "dump/json":
            self._send(request, self._dump(request))
        elif path in self.records:
            self._send(request, Trouble(body=json.dumps(self.records[path]).encode()))
        else:
            self._send(request, Trouble(404))

    def _dump(self, request: BaseHTTPRequestHandler) -> Trouble:
        headers = {"ETag": ETAG, "Content-Type": "application/zip"}
        if request.headers.get("If-Range") == ETAG:
            start = int(request.headers["Range"].removeprefix("bytes=").removesuffix("-"))
            return Trouble(206, headers, self.dump[start:])
        return Trouble(200, headers, self.dump)

    def _send(self, request: BaseHTTPRequestHandler, answer: Trouble) -> None:
        request.send_response(answer.status)
        for name, value in answer.headers.items():
            request.send_header(name, value)
        request.send_header("Content-Length", str(len(answer.body)))
        request.end_headers()
        request.wfile.write(answer.body if answer.cut is None else answer.body[: answer.cut])
