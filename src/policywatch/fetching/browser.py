"""Pages that build their text with scripts: one Chromium for the run, driven from a thread of its own.

Playwright comes with the extra ``browser``. The system's Chromium is used where there is one.
"""

from __future__ import annotations

import asyncio
import atexit
import importlib.util
import os
import shutil
import threading
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from policywatch.fetching.answers import Answer
from policywatch.fetching.socks import Way
from policywatch.fetching.trouble import Trouble
from policywatch.fetching.urls import host_of, name_of, origin_of, without_user

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import Playwright

    from policywatch.fetching.exchange import Visit
    from policywatch.fetching.fetcher import Fetcher

PAGES = 2  # rendered at a time: each keeps a core busy
VARIABLE = "POLICYWATCH_BROWSER"  # names the executable
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "pip install 'policywatch[browser]'"
_FLAGS = (
    "--disable-background-networking",
    "--disable-quic",
    "--disable-domain-reliability",
    "--dns-prefetch-disable",
    "--no-pings",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # Nothing is resolved here: names are for the proxy to look up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def open_browser(fetcher: Fetcher) -> Browser:
    """Raises Trouble that says what to install when rendering is not possible here."""
    if importlib.util.find_spec("playwright") is None:
        raise Trouble("skipped", "rendering in a browser is not installed", INSTALL)
    return Browser(fetcher)


def executable() -> str | None:
    """The Chromium to use; None: look for the one that Playwright brings."""
    named = os.environ.get(VARIABLE)
    return named or next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """Started with the first page; pages are asked for from any thread."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(ThreadPoolExecutor(16, thread_name_prefix="browser rules"))
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="browser")
        self._thread.start()
        self._places = asyncio.Semaphore(PAGES)
        self._starting = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        atexit.register(self.close)

    def ask(self, url: str, visit: Visit) -> Answer:
        """Render one page. Raises Trouble."""
        try:
            return asyncio.run_coroutine_threadsafe(self._ask(url, visit), self._loop).result()
        except (CancelledError, RuntimeError) as error:  # the loop was closed meanwhile
            raise Trouble("failed", "interrupted") from error

    def close(self) -> None:
        if self._loop.is_closed():
            return
        atexit.unregister(self.close)
        with suppress(Exception):
            asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)
        if not self._thread.is_alive():
            self._loop.close()

    # -- in the browser's thread ---------------------------------------------------------------------------------------

    async def _stop(self) -> None:
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        if self._chromium:
            await self._chromium.close()
        if self._playwright:
            await self._playwright.stop()
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self._loop.shutdown_default_executor()

    async def _ask(self, url: str, visit: Visit) -> Answer:
        from playwright.async_api import Error as BrowserError

        arrived = visit.budget.clock()
        async with self._places:
            chromium = await self._running()
            visit.budget.give_back(visit.budget.clock() - arrived)
            visit.budget.check()
            try:
                return await self._render(chromium, url, visit)
            except TimeoutError:
                raise visit.budget.over() from None
            except BrowserError as error:
                from policywatch.fetching.rendering import explain_browser

                raise explain_browser(error.message, url) from error

    async def _running(self) -> Chromium:
        """The browser, started or started again when it died."""
        async with self._starting:
            if not self._chromium or not self._chromium.is_connected():
                self._chromium = await self._start()
            return self._chromium

    async def _start(self) -> Chromium:
        from playwright.async_api import Error as BrowserError
        from playwright.async_api import async_playwright

        if not self._playwright:
            self._playwright = await async_playwright().start()
        path = executable() or self._playwright.chromium.executable_path
        if not Path(path).is_file():
            hint = f"install Chromium, name one in {VARIABLE}, or run: playwright install chromium"
            raise Trouble("skipped", "no Chromium to render pages with", hint)
        try:
            return await self._playwright.chromium.launch(
                executable_path=path,
                headless=True,
                chromium_sandbox=not _is_root(),  # root cannot have Chromium's sandbox
                args=list(_FLAGS),
                handle_sigint=False,
                handle_sigterm=False,
                handle_sighup=False,
            )
        except BrowserError as error:
            raise Trouble("failed", f"the browser does not start: {error.message.strip().splitlines()[0]}") from error

    async def _render(self, chromium: Chromium, url: str, visit: Visit) -> Answer:
        from playwright.async_api import Error as BrowserError

        from policywatch.fetching.rendering import Rendering

        fetcher, left = self._fetcher, visit.budget.left
        end = time.monotonic() + left
        # Requests that a page makes take no turns of their own: the page's place at its host stands for them.
        inside = replace(visit, in_turn=False)
        way = Way(lambda host: fetcher.addresses(host, inside), visit.max_bytes, fetcher.settings.connect_timeout)
        async with way, asyncio.timeout(left):
            proxy = fetcher.proxy(url)
            context = await chromium.new_context(**self._context_settings(chromium, url, proxy, way))
            rendering = Rendering(context, lambda address: fetcher.permit(address, inside), visit.max_bytes)
            way.stop = rendering.stop
            try:
                page = await rendering.render(url, end)
            except BrowserError:
                known = rendering.trouble or way.trouble(name_of(url))
                if known:
                    raise known from None
                raise
            finally:
                with suppress(BrowserError, TimeoutError):
                    await asyncio.wait_for(context.close(), 5)
        body = page.html.encode("utf-8", "replace")
        if len(body) > visit.max_bytes:
            raise Trouble("failed", f"larger than {visit.max_bytes:,} bytes once rendered")
        headers = (*(pair for pair in page.headers if pair[0].lower() != "content-type"), _CONTENT_TYPE)
        return Answer(page.url, page.status, headers, body, fetcher.now())

    def _context_settings(self, chromium: Chromium, url: str, proxy: str | None, way: Way) -> dict[str, Any]:
        settings = self._fetcher.settings
        major = chromium.version.partition(".")[0]
        given: dict[str, Any] = {
            # A browser's name, which pages need to serve their scripts, and ours, which says who it is.
            "user_agent": f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
            f"Chrome/{major}.0.0.0 Safari/537.36 {settings.user_agent}",
            "locale": settings.accept_language.partition(",")[0].partition(";")[0].strip() or "en",
            "viewport": {"width": 1280, "height": 1600},
            "reduced_motion": "reduce",
            "service_workers": "block",
            "accept_downloads": False,
            "proxy": _proxy_settings(proxy) if proxy else {"server": way.server, "bypass": "<-loopback>"},
        }
        parts = urlsplit(url)
        if parts.username:
            given["http_credentials"] = {
                "username": unquote(parts.username),
                "password": unquote(parts.password or ""),
                "origin": origin_of(url),
            }
        return given


_CONTENT_TYPE = ("Content-Type", "text/html; charset=utf-8")


def _proxy_settings(proxy: str) -> dict[str, str]:
    parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    settings = {"server": f"{parts.scheme}://{host_of(without_user(parts.geturl()))}"}
    if parts.username:
        settings |= {"username": unquote(parts.username), "password": unquote(parts.password or "")}
    return settings


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
