"""One page in the browser: loaded under the document's rules, let come to rest, unfolded and written down."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Page, Request, Response, Route
from playwright.async_api import Error as BrowserError

from policywatch.fetching.settings import MIB
from policywatch.fetching.trouble import PASSING, Trouble
from policywatch.fetching.urls import host_of, without_user

SCRIPT = resources.files("policywatch.fetching").joinpath("page.js").read_text("utf-8")
# What a policy's text never needs.
_NOT_LOADED = frozenset({"image", "media", "font", "ping", "cspviolationreport", "prefetch", "manifest", "texttrack"})
_LOOK = 0.2  # seconds between two looks at a page that moves
_QUIET = 0.5  # seconds without a change, and nothing being loaded
_QUIET_WHILE_LOADING = 2.5  # seconds without a change, though something still loads
_LONGEST_UNREST = 15.0
_RESERVE = 1.5  # seconds kept back for writing the page down
_SAME = 40  # characters by which a page may differ and still stand still: clocks and counters tick
_FRAME_TEXT = 1500  # characters from which a frame is taken for text of the page


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page at rest. ``html`` is "" when there is no text in it."""

    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    html: str


class Rendering:
    """``permit`` raises Trouble for an address that may not be asked for; it is called in a thread."""

    def __init__(self, context: BrowserContext, permit: Callable[[str], None], max_bytes: int) -> None:
        self._context, self._permit, self._cap = context, permit, max_bytes
        self._page: Page
        self._main_frame = ""
        self._answer: Response | None = None  # to the latest navigation
        self._loading: set[Request] = set()
        self._sizes: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._settled = False
        self.trouble: Trouble | None = None  # why the document itself was stopped

    async def render(self, url: str, end: float) -> Rendered:
        """Load a page and write it down before ``end`` (of time.monotonic()). Raises Trouble or the browser's Error."""
        self._page = await self._context.new_page()
        await self._watch()
        try:
            await self._page.goto(without_user(url), wait_until="commit", timeout=0)
        except BrowserError as error:
            if "ERR_HTTP_RESPONSE_CODE_FAILURE" not in error.message or not self._answer:
                raise
        await self._come_to_rest(end)
        if self._answer and self._answer.ok:
            await self._unfold(end)
        return await self._written_down()

    def stop(self, trouble: Trouble) -> None:
        """Give the page up, whatever it is doing."""
        if not self.trouble:
            self.trouble = trouble
            self._start(self._page.close())

    # -- rules ---------------------------------------------------------------------------------------------------------

    async def _watch(self) -> None:
        """See every request before it is made, and every answer's size."""
        page = self._page
        await self._context.route("**/*", self._rule)
        await self._context.route_web_socket("**/*", lambda socket: None)  # answered by nobody
        self._context.on("page", lambda other: self._start(other.close()))
        page.on("dialog", lambda dialog: self._start(dialog.dismiss()))
        page.on("request", lambda request: self._loading.add(request))
        page.on("requestfinished", lambda request: self._loading.discard(request))
        page.on("requestfailed", lambda request: self._loading.discard(request))
        page.on("response", self._note_answer)
        session = await self._context.new_cdp_session(page)
        self._main_frame = (await session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
        session.on("Network.dataReceived", self._count)
        session.on("Fetch.requestPaused", lambda event: self._start(self._rule_redirect(session, event)))
        await session.send("Network.enable")
        await session.send("Fetch.enable", {"patterns": [{"urlPattern": "*"}]})

    async def _rule(self, route: Route) -> None:
        """A request that a page makes. Redirects do not come by here but by `_rule_redirect`."""
        request = route.request
        main = request.is_navigation_request() and request.frame == self._page.main_frame
        if request.resource_type in _NOT_LOADED or (main and self._settled):
            await route.abort("blockedbyclient")
        elif await self._allowed(request.url, main):
            await route.continue_()
        else:
            await route.abort("blockedbyclient")

    async def _rule_redirect(self, session: CDPSession, event: Mapping[str, Any]) -> None:
        main = event["resourceType"] == "Document" and event["frameId"] == self._main_frame
        paused = {"requestId": event["requestId"]}
        with suppress(BrowserError):  # the page may be gone by then
            if "redirectedRequestId" not in event or await self._allowed(event["request"]["url"], main):
                await session.send("Fetch.continueRequest", paused)
            else:
                await session.send("Fetch.failRequest", {**paused, "errorReason": "BlockedByClient"})

    async def _allowed(self, url: str, main: bool) -> bool:
        try:
            await asyncio.to_thread(self._permit, url)
        except Trouble as trouble:
            if main:
                self.trouble = trouble
            return False
        return True

    def _count(self, event: Mapping[str, Any]) -> None:
        """Bodies are counted as they are after decompression."""
        size = self._sizes[event["requestId"]] = self._sizes.get(event["requestId"], 0) + int(event["dataLength"])
        if size > self._cap:
            self.stop(Trouble("failed", f"larger than {self._cap / MIB:.0f} MiB"))

    def _note_answer(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame == self._page.main_frame:
            self._answer = response

    def _start(self, work: Any) -> None:
        task = asyncio.ensure_future(_ignoring_errors(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # -- the page ------------------------------------------------------------------------------------------------------

    async def _come_to_rest(self, end: float) -> None:
        """Wait until the text stands still, within bounds; navigations by script begin anew."""
        stop = min(time.monotonic() + _LONGEST_UNREST, end - _RESERVE)
        before: dict[str, Any] = {}
        since = time.monotonic()
        while (now := time.monotonic()) < stop:
            self._check()
            found: dict[str, Any] = {}
            with suppress(BrowserError):  # a navigation on the way
                found = await self._page.evaluate(SCRIPT, "measure")
            still = before and found and not found["loading"] and abs(found["text"] - before["text"]) <= _SAME
            if not still:
                before, since = found, now
            elif now - since >= (_QUIET_WHILE_LOADING if self._loading else _QUIET):
                break
            await asyncio.sleep(_LOOK)
        self._check()

    async def _unfold(self, end: float) -> None:
        """Bring out what is not loaded or not shown yet. From here on the page stays where it is."""
        self._settled = True
        for task in ("scroll", "open"):
            left = end - _RESERVE - time.monotonic()
            if left > 0:
                with suppress(BrowserError, TimeoutError):
                    await asyncio.wait_for(self._page.evaluate(SCRIPT, task), left)
        await self._come_to_rest(end)

    async def _written_down(self) -> Rendered:
        for frame in reversed(self._page.frames[1:]):
            with suppress(BrowserError):
                inner = await frame.evaluate(SCRIPT, "serialise")
                if inner["text"] >= _FRAME_TEXT:
                    element = await frame.frame_element()
                    await element.evaluate("(frame, html) => { frame.policywatchContent = html }", inner["html"])
        whole = await self._page.evaluate(SCRIPT, "serialise")
        self._check()
        answer = self._answer
        headers = tuple((one["name"], one["value"]) for one in await answer.headers_array()) if answer else ()
        return Rendered(
            self._page.url, answer.status if answer else 200, headers, whole["html"] if whole["text"] else ""
        )

    def _check(self) -> None:
        if self.trouble:
            raise self.trouble


async def _ignoring_errors(work: Any) -> None:
    with suppress(BrowserError):
        await work


# Chromium's names of errors -> what it was, transient, the host's trouble
_NET_ERRORS: tuple[tuple[str, str, bool, bool], ...] = (
    (r"ERR_CERT_\w+", "TLS: {host}: the certificate is not valid ({name})", False, True),
    (r"ERR_SSL_\w+", "TLS: {host}: no common ground ({name})", False, True),
    (r"ERR_TOO_MANY_REDIRECTS", "a redirect loop at {host}", False, False),
    (
        r"ERR_(?:CONNECTION|EMPTY_RESPONSE|HTTP2|SOCKET|NETWORK|TIMED_OUT)\w*",
        "{host} closed the connection",
        True,
        False,
    ),
    (r"ERR_(?:SOCKS|PROXY|TUNNEL|NAME|ADDRESS)\w*", "no connection to {host}", True, True),
)
_CUT = re.compile(r"ERR_(?:CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED_ENCODING)")


def explain_browser(message: str, url: str) -> Trouble:
    """A browser's error as Trouble."""
    host = host_of(url)
    if "Download is starting" in message or "net::ERR_ABORTED" in message:
        return Trouble("invalid", "not a web page but a file", "leave out `render: browser` for it")
    if _CUT.search(message):
        return Trouble("invalid", "body cut short", PASSING, transient=True)
    for pattern, words, transient, down in _NET_ERRORS:
        if found := re.search(f"net::({pattern})", message):
            reason = words.format(host=host, name=found[1])
            return Trouble("failed", reason, transient=transient, host_is_down=down)
    first = message.strip().splitlines()[0] if message.strip() else "no reason given"
    return Trouble("failed", f"the browser gave up: {first[:160]}")
