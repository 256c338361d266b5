"""The samples' web server: on loopback, at one edition at a time."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from importlib.resources.abc import Traversable
from urllib.parse import urlsplit

EDITIONS = ("2026-03", "2026-09")


class Server:
    """Every page answers at ``base_url/<host>/<path>``. Setting ``edition`` moves all platforms at once."""

    def __init__(self, base_url: str, edition: str) -> None:
        self.base_url = base_url
        self._pages = {name: dict(_pages(name)) for name in EDITIONS}
        self.edition = edition

    def __str__(self) -> str:
        return self.base_url

    @property
    def edition(self) -> str:
        return self._edition

    @edition.setter
    def edition(self, name: str) -> None:
        if name not in self._pages:
            raise ValueError(f"no edition {name!r}; there are {', '.join(EDITIONS)}")
        self._edition = name

    @property
    def hosts(self) -> frozenset[str]:
        """The invented hosts that this server stands in for."""
        return frozenset(path.split("/")[1] for path in self._pages[self._edition])

    def route(self, url: str) -> str:
        """Where an invented address is answered; other addresses stay as they are."""
        parts = urlsplit(url)
        if parts.hostname not in self.hosts:
            return url
        return f"{self.base_url}/{parts.hostname}{parts.path or '/'}"

    def page(self, path: str) -> bytes | None:
        return self._pages[self._edition].get(path)


@contextmanager
def serve(edition: str = EDITIONS[0], port: int = 0) -> Iterator[Server]:
    """Serve the samples until the context ends. ``str()`` of what it gives is the base address."""
    listener = _Listener(("127.0.0.1", port), _Handler)
    server = listener.samples = Server(f"http://127.0.0.1:{listener.server_port}", edition)
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # clients keep connections open
    samples: Server


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        assert isinstance(self.server, _Listener)
        body = self.server.samples.page(urlsplit(self.path).path)
        if body is None:
            self._answer(404, {"Content-Type": "text/plain"}, b"Not found\n")
            return
        headers = {"Content-Type": "text/html; charset=utf-8", "ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"'}
        if self.headers.get("If-None-Match") == headers["ETag"]:
            self._answer(304, headers)
        else:
            self._answer(200, headers, body)

    def _answer(self, status: int, headers: Mapping[str, str], body: bytes | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal belongs to the command."""


def _pages(edition: str) -> Iterator[tuple[str, bytes]]:
    """Path -> page of one edition; a page's file is its path with ``.html``."""
    yield from _walk(resources.files("policywatch.samples").joinpath("pages", edition), "")


def _walk(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(".html"):
            yield f"{path}/{entry.name.removesuffix('.html')}", entry.read_bytes()
