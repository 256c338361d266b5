"""What tests share: the installed command, a loopback site, and the recorded pages where they are."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("default")

SHARED = Path(__file__).parents[2] / "shared"


@dataclass
class Page:
    """What one address of the loopback site answers."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "text/html; charset=utf-8"


@dataclass
class Site:
    """A site on loopback whose pages a test sets; ``asked`` has the paths requested so far."""

    url: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def put(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> str:
        """Serve a page from now on; its address."""
        self.pages[path] = Page(body, status, {key.replace("_", "-"): value for key, value in headers.items()})
        return self.url + path


@pytest.fixture
def site() -> Iterator[Site]:
    found: list[Site] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found[0].asked.append(self.path)
            page = found[0].pages.get(self.path, Page("not found", 404))
            body = page.body.encode() if isinstance(page.body, str) else page.body
            known = page.headers.get("ETag")
            status = 304 if known and self.headers.get("If-None-Match") == known else page.status
            self.send_response(status)
            self.send_header("Content-Type", page.content_type)
            for key, value in page.headers.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(body) if status != 304 else 0))
            self.end_headers()
            if status != 304:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    found.append(Site(f"http://127.0.0.1:{server.server_port}"))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield found[0]
    server.shutdown()
    server.server_close()


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Done]


def command_path() -> str:
    """The installed command, beside the interpreter that runs the tests."""
    return str(Path(sys.executable).with_name("policywatch"))


@pytest.fixture
def policywatch(tmp_path: Path) -> Command:
    """Run the installed command in the test's folder; its environment is the test's, without git's or ours."""

    def call(
        *arguments: str | Path, cwd: Path | None = None, env: Mapping[str, str] | None = None, given: str = ""
    ) -> Done:
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "POLICYWATCH_"))}
        clean |= {"HOME": str(tmp_path), "GIT_CONFIG_NOSYSTEM": "1", "TERM": "dumb", "NO_COLOR": "1", **(env or {})}
        done = subprocess.run(
            [command_path(), *map(str, arguments)],
            cwd=cwd or tmp_path,
            env=clean,
            input=given,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    return call


@pytest.fixture(scope="session")
def shared() -> Path:
    """The recorded pages and labels beside the checkout; a test that wants them is skipped where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside this checkout: the recorded pages are not here")
    return SHARED
