"""A web server that the test writes, and a fetcher that never really waits."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from policywatch.fetching import Fetcher, Settings
from tests.fetching.web import Server, Time, Web, answer


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            web.log.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            web.pages.get(self.path, answer(b"nothing here", 404))(self)

        def log_message(self, *args: Any) -> None: ...

    server = Server(("127.0.0.1", 0), Handler)
    web.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield web
    web.stop.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def make(time: Time) -> Iterator[Callable[..., Fetcher]]:
    """Build a fetcher with settings and seams; it is closed in the end."""
    opened: list[Fetcher] = []

    def build(*, seams: dict[str, Any] | None = None, **settings: Any) -> Fetcher:
        given = {"clock": time.clock, "sleep": time.sleep, "random": lambda: 1.0, "now": time.now, **(seams or {})}
        opened.append(Fetcher(Settings(**settings), **given))
        return opened[-1]

    yield build
    for fetcher in opened:
        fetcher.close()


@pytest.fixture
def fetcher(make: Callable[..., Fetcher]) -> Fetcher:
    return make()


@pytest.fixture
def closed_port() -> int:
    """A port of this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
