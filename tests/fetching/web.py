"""A web server on loopback whose pages are written by the test, and a clock that moves only by being slept on."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Page = Callable[[BaseHTTPRequestHandler], None]
HTML = (("Content-Type", "text/html; charset=utf-8"),)


def answer(body: bytes = b"", status: int = 200, headers: tuple[tuple[str, str], ...] = HTML) -> Page:
    """A page that always answers the same."""

    def page(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers:
            request.send_header(name, value)
        if not any(name == "Content-Length" for name, _ in headers):
            request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return page


def redirect(target: str, status: int = 302, *headers: tuple[str, str]) -> Page:
    return answer(status=status, headers=(("Location", target), *headers))


def in_turn(*pages: Page) -> Page:
    """One page after the other, the last for ever."""
    left = list(pages)
    return lambda request: (left.pop(0) if len(left) > 1 else left[0])(request)


@dataclass
class Web:
    """The server: ``pages`` by path; ``log`` has (path, headers) of every request."""

    pages: dict[str, Page] = field(default_factory=dict)
    log: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def asked(self, path: str) -> int:
        return sum(1 for asked, _ in self.log if asked == path)

    def headers(self, path: str) -> dict[str, str]:
        return next(headers for asked, headers in reversed(self.log) if asked == path)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what these tests are about."""


@dataclass
class Time:
    """A clock that moves only by being slept on."""

    seconds: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def clock(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def now(self) -> datetime:
        return datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
