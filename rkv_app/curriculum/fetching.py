# SPDX-License-Identifier: MIT
"""Asks Udir's Grep for records, politely: the only module that opens a connection, and only when somebody asks it to.

What Grep says is handed on as it came; whether it is a curriculum is for the importer to say. Addresses are made here
from a fixed root: none that stands in an answer is ever followed, and neither is a redirect.
"""

import contextlib
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from rkv_app.curriculum.fetch_refusals import (
    NOT_THERE,
    asked_to_wait,
    key_refused,
    not_there,
    not_what_was_asked_for,
    only_https,
    out_of_order,
    unreachable,
)
from rkv_app.curriculum.sources import MAX_ARCHIVE_BYTES, MAX_RECORD_BYTES, go_on
from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.safe_files import explain_os_error, move, open_in_place, write_atomically

if TYPE_CHECKING:
    import httpx

Wait = Callable[[float], None]
Received = Callable[["httpx.Response"], bytes]
Headers = Callable[[], Mapping[str, str]]

_TRIES: Final = 4
# Seconds: before the second try, doubled before each further one; and the longest that Grep may ask us to wait.
_FIRST_WAIT: Final = 2.0
_LONGEST_WAIT: Final = 120.0
_CONNECT: Final = 10.0
_ANSWER: Final = 60.0
_PIECE: Final = 256 * 1024
_OK: Final = 200
_PARTIAL: Final = 206
_NOT_FOUND: Final = (404, 410)
_NO_ACCESS: Final = (401, 403)
_TOO_MANY: Final = 429
_SERVER_ERROR: Final = 500
_UNAVAILABLE: Final = 503
_ZIP: Final = b"PK\x03\x04"
_HEADER: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_LOCAL: Final = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GrepService:
    """Where Grep is, and how it is to be asked. The one place that knows.

    Attributes:
        root: of its REST service.
        key_header: the header that an API key goes in. UNCONFIRMED: Udir asks for a key from 1 September 2026, but no
            source that could be read names the header, nor says whether the dumps need the key.
        key: the API key, or empty; without one Udir allows about 100 calls a minute.
        pause: seconds between two calls.
    """

    root: str = "https://data.udir.no/kl06/v201906"
    key_header: str = "X-API-Key"
    key: str = field(default="", repr=False)
    pause: float = 0.7


class GrepClient:
    """A connection to Grep, to be closed.

    Args:
        service: which one.
        wait: waits so many seconds.

    Raises:
        UserError: RKV-CUR-015 the address would carry the key in clear; RKV-CUR-010 the key can be none.
    """

    def __init__(self, service: GrepService, wait: Wait = time.sleep) -> None:
        import httpx

        if not _keeps_the_key(service.root):
            raise only_https(service.root)
        if not (_HEADER.fullmatch(service.key_header) and service.key.isascii() and service.key.isprintable()):
            raise key_refused()
        headers = {"Accept": "application/json", "User-Agent": "rkv_app (https://data.udir.no)"}
        if service.key:
            headers[service.key_header] = service.key
        self._service = service
        self._wait = wait
        self._asked_at: float | None = None
        self._client = httpx.Client(
            headers=headers, follow_redirects=False, timeout=httpx.Timeout(_ANSWER, connect=_CONNECT)
        )

    def close(self) -> None:
        """Lets go of the connection."""
        self._client.close()

    def record(self, resource: str, code: str) -> bytes:
        """One record as Grep has it, checked to be JSON with that code.

        Raises:
            UserError: RKV-CUR-013 there is none; RKV-CUR-014 it is something else; else as `newest_change`.
        """
        data = self._get(f"{resource}/{quote(code, safe='')}", lambda answer: _small(answer, code), code)
        record = _parsed(data, code)
        if not isinstance(record, dict) or record.get("kode") != code:
            raise not_what_was_asked_for(code)
        return data

    def newest_change(self) -> str:
        """What the feed of changes says of the newest one; empty where there is no feed.

        Raises:
            UserError: RKV-CUR-009 no connection; RKV-CUR-010 the API key is missing or wrong; RKV-CUR-011 wait first;
                RKV-CUR-012 the service is out of order; RKV-CUR-014 the answer is none of Grep's.
        """
        changes = "endringer?antall=1"
        try:
            newest = _parsed(self._get(changes, lambda answer: _small(answer, "endringer"), "endringer"), "endringer")
        except UserError as refused:
            if refused.code == NOT_THERE:
                return ""
            raise
        return json.dumps(newest, sort_keys=True)

    def dump(self, target: Path, progress: Progress | None = None) -> None:
        """Gets the JSON dump whole. What was there of it when a run was cut off is kept, and gone on from.

        Raises:
            UserError: RKV-CUR-008 cancelled; RKV-SYS-001 the disk is full; else as `newest_change`.
        """
        part, mark = target.with_suffix(".part"), target.with_suffix(".etag")

        def ranged() -> Mapping[str, str]:
            plain = {"Accept": "application/zip, */*", "Accept-Encoding": "identity"}
            have = part.stat().st_size if mark.exists() and part.exists() else 0
            return {**plain, "Range": f"bytes={have}-", "If-Range": mark.read_text("utf-8")} if have else plain

        def receive(answer: "httpx.Response") -> bytes:
            start = part.stat().st_size if answer.status_code == _PARTIAL else 0
            with open_in_place(part) as out:
                if not start:
                    # In this order: a mark must never stand beside what came with another one.
                    mark.unlink(missing_ok=True)
                    out.truncate(0)
                    _remember(mark, answer.headers.get("ETag", ""))
                out.seek(start)
                _receive(answer, out, start, progress)
            return b""

        try:
            self._get("dump/json", receive, "dump", ranged)
            with part.open("rb") as whole:
                is_zip = whole.read(len(_ZIP)) == _ZIP
            mark.unlink(missing_ok=True)
            if not is_zip:
                part.unlink()
                raise not_what_was_asked_for("dump")
            move(part, target)
        except OSError as problem:
            raise explain_os_error(problem, target.parent) from problem

    def _get(self, path: str, receive: Received, name: str, headers: Headers = dict) -> bytes:
        """Asks until there is an answer, each time a little later; `receive` takes a good one in."""
        import httpx

        wait, problem = _FIRST_WAIT, unreachable()
        for attempt in range(_TRIES):
            if attempt:
                self._wait(wait)
                wait *= 2
            self._keep_pace()
            try:
                with self._client.stream("GET", f"{self._service.root}/{path}", headers=dict(headers())) as answer:
                    if answer.status_code in (_OK, _PARTIAL):
                        return receive(answer)
                    if answer.status_code in (_TOO_MANY, _UNAVAILABLE):
                        wait, problem = max(wait, _asked_wait(answer)), asked_to_wait()
                        if wait > _LONGEST_WAIT:
                            break
                    elif answer.status_code >= _SERVER_ERROR:
                        problem = out_of_order(answer.status_code)
                    else:
                        raise _refusal(answer.status_code, name)
            except httpx.InvalidURL as fault:
                raise only_https(self._service.root) from fault
            except httpx.HTTPError:
                problem = unreachable()
        raise problem

    def _keep_pace(self) -> None:
        now = time.monotonic()
        if self._asked_at is not None and (early := self._service.pause - (now - self._asked_at)) > 0:
            self._wait(early)
        self._asked_at = time.monotonic()


@contextlib.contextmanager
def connected(service: GrepService, wait: Wait) -> Iterator[GrepClient]:
    """A client that is closed when the block ends."""
    client = GrepClient(service, wait)
    try:
        yield client
    finally:
        client.close()


def _keeps_the_key(root: str) -> bool:
    """Whether what is sent to this address cannot be read on its way."""
    try:
        address = urlsplit(root)
    except ValueError:
        return False
    return bool(address.hostname) and (
        address.scheme == "https" or (address.scheme == "http" and address.hostname in _LOCAL)
    )


def _refusal(status: int, name: str) -> Exception:
    if status in _NO_ACCESS:
        return key_refused()
    return not_there(name) if status in _NOT_FOUND else not_what_was_asked_for(name)


def _asked_wait(answer: "httpx.Response") -> float:
    """Seconds that Retry-After asks for (RFC 9110, section 10.2.3); a date or anything else counts as nothing."""
    asked = answer.headers.get("Retry-After", "")
    return float(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0.0


def _small(answer: "httpx.Response", name: str) -> bytes:
    data = bytearray()
    for piece in answer.iter_bytes(_PIECE):
        data += piece
        if len(data) > MAX_RECORD_BYTES:
            raise not_what_was_asked_for(name)
    return bytes(data)


def _parsed(data: bytes, name: str) -> object:
    try:
        return json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as problem:
        raise not_what_was_asked_for(name) from problem


def _remember(mark: Path, etag: str) -> None:
    # Only a strong one says that two answers are the same to the octet (RFC 9110, section 13.1.5).
    if etag.startswith('"'):
        write_atomically(mark, etag.encode(), replace=True)


def _receive(answer: "httpx.Response", out: FileIO, start: int, progress: Progress | None) -> None:
    length = answer.headers.get("Content-Length", "")
    total = start + int(length) if length.isascii() and length.isdigit() else 0
    done = start
    for piece in answer.iter_raw():
        done += len(piece)
        if done > MAX_ARCHIVE_BYTES:
            raise not_what_was_asked_for("dump")
        out.write(piece)
        go_on(progress, min(done, total), total)
