"""The way of one document: its robots.txt, its host's turn, its redirects and retries, to a snapshot or a failure."""

from __future__ import annotations

import hashlib
import random as chance
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING

import requests
import urllib3.exceptions
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar
from requests.utils import select_proxy

from policywatch.fetching import robots
from policywatch.fetching.addresses import NameUnknown, Resolve, Resolver, system_addresses
from policywatch.fetching.answers import Answer, trouble_in
from policywatch.fetching.decoding import ACCEPT_ENCODING, PIECE, CutShort, Undecodable, decode
from policywatch.fetching.hosts import Budget, Host, Hosts
from policywatch.fetching.settings import MIB, Settings
from policywatch.fetching.transport import PooledSession, ending_in, time_is_up
from policywatch.fetching.trouble import Trouble, explain
from policywatch.fetching.urls import (
    Secrets,
    asked_for,
    checked,
    filled_in,
    host_of,
    is_loopback,
    name_of,
    next_hop,
    origin_of,
    without_user,
)
from policywatch.model import Failure, NotModified, Snapshot, Source, Validators

if TYPE_CHECKING:
    from policywatch.fetching.browser import Browser

ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/markdown;q=0.9,text/plain;q=0.8,*/*;q=0.5"
GLANCE = 256 * 1024  # bytes that are read of an answer that is no page
POOLED_HOSTS = 256
# Describe the bytes on the wire, which the body no longer is; or what is between the server and us only.
_NOT_KEPT = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "set-cookie"}
)


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Visit:
    """What one document carries from request to request."""

    start: str  # the address that the watchlist names; what may be reached goes by its host
    budget: Budget
    obey_robots: bool
    retries: int
    max_redirects: int
    max_bytes: int
    cut_off: bool = False  # a body beyond max_bytes is cut off there, instead of being refused
    known: Validators | None = None
    in_turn: bool = True  # wait for the host's turn; not where a place at a host is held already
    jar: RequestsCookieJar = field(default_factory=RequestsCookieJar)
    tries: int = 0


Ask = Callable[[str, Visit], Answer]  # one request for an address


class Fetcher:
    """Fetches sources politely. Use as a context manager; ``fetch`` may be called from many threads at once.

    ``route`` is for tests and the demo: a request for ``url`` goes to ``route(url)``, while snapshots, robots.txt,
    redirects and reasons keep speaking of ``url``. An address that it changes is trusted, since the caller named where
    it leads; one that it returns as it is goes by the usual rules. Pages rendered by the browser are not routed.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        route: Callable[[str], str] | None = None,
        resolve: Resolve = system_addresses,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
        random: Callable[[], float] = chance.random,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self.settings = settings or Settings()
        self.resolver = Resolver(resolve)
        self._route = route or (lambda url: url)
        self._clock, self._random, self.now = clock, random, now
        self._closed = threading.Event()
        self._sleep = sleep or self._closed.wait  # so that closing wakes who waits
        self._session = PooledSession(self.resolver, hosts=POOLED_HOSTS, per_host=self.settings.per_host)
        self._hosts = Hosts(self.settings.per_host, self.settings.delay, clock, self._sleep)
        self._robots = robots.Robots()
        self._browser: Browser | None = None
        self._browser_lock = threading.Lock()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End what is running and wake who waits; let go of connections and browser."""
        self._closed.set()
        with self._browser_lock:
            if self._browser:
                self._browser.close()
                self._browser = None
        self._session.hang_up()

    # -- documents -----------------------------------------------------------------------------------------------------

    def fetch(
        self,
        source: Source,
        known: Validators | None = None,
        *,
        budget: Budget | None = None,
        deadline: float | None = None,
    ) -> Snapshot | NotModified | Failure:
        """Get one source. Never raises for trouble with network, server or address: that is a Failure.

        ``known`` makes the request conditional; it is sent where it was given out (``known.url``, else the source's own
        address) and nowhere else. ``budget`` is for sources that share their document's time (default: a fresh one).
        ``deadline``, on the fetcher's clock, holds besides, and counts waiting for a busy host too.
        """
        secrets = Secrets()
        try:
            address, secrets = filled_in(source.url)
            visit = self.visit(
                checked(address),
                obey_robots=source.robots == "respect",
                known=known,
                budget=budget or self.budget(deadline),
            )
            if source.render == "browser":
                return self._rendered(source, visit, secrets)
            answer = self.follow(visit.start, visit)
        except Trouble as trouble:
            # Some of it may be a server's own words.
            reason = "".join(letter if letter.isprintable() else "?" for letter in secrets.masked(trouble.reason))
            return Failure(trouble.status, reason, without_user(source.url), trouble.hint)
        if answer.status == 304:
            return NotModified(without_user(source.url), answer.at)
        return _snapshot(source, answer, secrets)

    def budget(self, deadline: float | None = None) -> Budget:
        """The time that one document may take, from now on."""
        return Budget(self._clock, self.settings.timeout, deadline)

    def visit(self, address: str, *, obey_robots: bool, known: Validators | None, budget: Budget) -> Visit:
        """The beginning of one source's way."""
        settings = self.settings
        return Visit(
            start=address,
            budget=budget,
            obey_robots=obey_robots and settings.robots == "respect",
            retries=settings.retries,
            max_redirects=settings.max_redirects,
            max_bytes=settings.max_bytes,
            known=known,
        )

    def _rendered(self, source: Source, visit: Visit, secrets: Secrets) -> Snapshot | Failure:
        from policywatch.fetching.browser import open_browser

        with self._browser_lock:
            if self._closed.is_set():
                raise Trouble("failed", "interrupted")
            if not self._browser:
                self._browser = open_browser(self)
            browser = self._browser
        self.permit(visit.start, visit)
        return _snapshot(source, self._get(visit.start, visit, browser.ask), secrets, rendered=True)

    # -- hops ----------------------------------------------------------------------------------------------------------

    def follow(self, url: str, visit: Visit) -> Answer:
        """Get an address, following redirects by hand: each hop is checked before anybody is asked. Raises Trouble."""
        seen = {(url, _cookies(visit.jar))}
        for _ in range(visit.max_redirects + 1):
            self.permit(url, visit)
            answer = self._get(url, visit)
            if not answer.redirect:
                return answer
            url = next_hop(url, answer.redirect)
            state = (url, _cookies(visit.jar))
            if state in seen:
                raise Trouble("failed", f"a redirect loop at {host_of(url)}")
            seen.add(state)
        raise Trouble("failed", f"more than {visit.max_redirects} redirects")

    def permit(self, url: str, visit: Visit) -> None:
        """Whether a document may ask for an address: its place in the network, then the host's robots.txt.

        Raises Trouble.
        """
        self.permit_address(url, visit)
        if visit.obey_robots:
            rules = self.rules(url, visit)
            self.host(url).slow_down(min(rules.crawl_delay, self.settings.max_crawl_delay))
            if not rules.allows(asked_for(without_user(url))):
                hint = "`robots: ignore` on the document overrides it, if you have the platform's leave"
                raise Trouble("skipped", f"robots.txt of {host_of(url)} does not allow it", hint)

    def permit_address(self, url: str, visit: Visit) -> None:
        """A host that the watchlist names is trusted; nothing may lead from there into a private network, unless the
        named host stands in one itself. Raises Trouble.
        """
        if name_of(url) == name_of(visit.start) or self._route(url) != url:
            return
        timeout = self.settings.connect_timeout
        try:
            if self._route(visit.start) == visit.start and self.resolver.is_private(name_of(visit.start), timeout):
                return
            self.resolver.refuse_private(name_of(url), timeout)
        except NameUnknown as error:
            if not self.proxy(url):  # a proxy may know names that this machine does not
                raise explain(error, host_of(url), timeout) from error
        except OSError as error:
            raise explain(error, host_of(url), timeout) from error

    def addresses(self, host: str, visit: Visit) -> tuple[str, ...]:
        """Where a host may be reached from a document's page. Raises Trouble."""
        bracketed = f"[{host}]" if ":" in host else host
        self.permit_address(f"http://{bracketed}/", visit)
        try:
            return self.resolver.addresses(host, self.settings.connect_timeout)
        except NameUnknown as error:
            raise explain(error, host, self.settings.connect_timeout) from error

    def rules(self, url: str, visit: Visit) -> robots.Rules:
        """The robots.txt that an address is under. Raises Trouble when whether there is one cannot be known."""

        def fetch(address: str) -> bytes:
            own = Visit(
                start=visit.start,
                budget=visit.budget.part(self.settings.robots_timeout),
                obey_robots=False,
                retries=visit.retries,
                max_redirects=robots.MAX_REDIRECTS,
                max_bytes=robots.MAX_BYTES,
                cut_off=True,
                in_turn=visit.in_turn,
            )
            return self.follow(address, own).body

        return self._robots.rules(origin_of(url), fetch)

    # -- requests ------------------------------------------------------------------------------------------------------

    def host(self, url: str) -> Host:
        return self._hosts.host(host_of(url), loopback=is_loopback(self._route(url)))

    def proxy(self, url: str) -> str | None:
        """The proxy that the environment names for an address, if it does."""
        settings = self._session.merge_environment_settings(url, {}, None, None, None)
        return select_proxy(url, settings["proxies"])

    def _get(self, url: str, visit: Visit, ask: Ask | None = None) -> Answer:
        """One hop, tried again while that may help and time allows. Raises Trouble."""
        while True:
            try:
                return self._try(url, visit, ask or self._ask)
            except Trouble as trouble:
                self._prepare_retry(url, visit, trouble)

    def _prepare_retry(self, url: str, visit: Visit, trouble: Trouble) -> None:
        """Wait for the next try, or raise the trouble when there is none."""
        host = self.host(url)
        if trouble.wait:
            host.leave_alone(trouble.wait, trouble)
        pause = trouble.wait or self._backoff(visit.tries)
        if not trouble.transient or visit.tries >= visit.retries or pause >= visit.budget.left:
            if trouble.host_is_down:
                host.is_down(trouble)
            raise trouble
        visit.tries += 1
        self._sleep(pause)

    def _backoff(self, tries: int) -> float:
        """Doubling, and spread out so that documents that failed together do not come back together."""
        full = min(self.settings.backoff * 2.0**tries, self.settings.max_backoff)
        return full * (0.5 + self._random() / 2)

    def _try(self, url: str, visit: Visit, ask: Ask) -> Answer:
        with self.host(url).turn(visit.budget) if visit.in_turn else nullcontext():
            if self._closed.is_set():
                raise Trouble("failed", "interrupted")
            answer = ask(url, visit)
        trouble = trouble_in(answer)
        if trouble:
            raise trouble
        if answer.status == 304 and not self._conditions(url, visit):
            raise Trouble("failed", "HTTP 304 (not modified), though nothing to compare with was sent")
        return answer

    def _ask(self, url: str, visit: Visit) -> Answer:
        """One request and its answer. Raises Trouble; library errors stop here."""
        settings, left = self.settings, visit.budget.left
        connect, silence = min(settings.connect_timeout, left), min(settings.read_timeout, left)
        request = self._request(url, visit)
        try:
            with ending_in(left):
                environment = self._session.merge_environment_settings(request.url, {}, True, None, None)
                response = self._session.send(request, timeout=(connect, silence), allow_redirects=False, **environment)
                with response:
                    extract_cookies_to_jar(visit.jar, request, response.raw)  # type: ignore[no-untyped-call]
                    return self._read(url, response, visit)
        except Trouble:
            raise
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            if visit.budget.left <= 0 or time_is_up(error):
                raise visit.budget.over() from error
            raise explain(error, host_of(url), connect) from error

    def _request(self, url: str, visit: Visit) -> requests.PreparedRequest:
        headers = {
            "User-Agent": self.settings.user_agent,
            "Accept": ACCEPT,
            "Accept-Language": self.settings.accept_language,
            "Accept-Encoding": ACCEPT_ENCODING,
            **self._conditions(url, visit),
        }
        prepared = requests.PreparedRequest()
        try:
            prepared.prepare(method="GET", url=asked_for(self._route(url)), headers=headers, cookies=visit.jar)
        except (requests.RequestException, ValueError) as error:
            raise Trouble("failed", "the address cannot be read as a URL") from error
        return prepared

    def _conditions(self, url: str, visit: Visit) -> dict[str, str]:
        known = visit.known
        if not known or asked_for(without_user(known.url or visit.start)) != asked_for(without_user(url)):
            return {}
        sent = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in sent.items() if value}

    # -- bodies --------------------------------------------------------------------------------------------------------

    def _read(self, url: str, response: requests.Response, visit: Visit) -> Answer:
        headers = tuple((name, _text(value)) for name, value in response.raw.headers.items())
        answer = Answer(url, response.status_code, headers, b"", self.now())
        if answer.redirect or answer.status == 304:
            _drain(response)
            return answer
        page = 200 <= answer.status < 300
        body = self._page(response, visit) if page else _glance(response)
        return replace(answer, body=body)

    def _page(self, response: requests.Response, visit: Visit) -> bytes:
        """The whole body, decoded. Raises Trouble when it is too large, cut short or garbled."""
        announced = response.headers.get("content-length", "")
        encodings = response.headers.get("content-encoding", "")
        cap, body = visit.max_bytes, bytearray()
        if announced.isdigit() and int(announced) > cap and not visit.cut_off:
            raise _too_large(cap, "")
        try:
            for piece in decode(_wire(response, cap), encodings):
                body += piece
                if len(body) > cap:
                    if visit.cut_off:
                        break
                    raise _too_large(cap, " once decompressed" if encodings else "")
        except Undecodable as error:
            raise Trouble("invalid", f"the body cannot be decompressed: {error}") from error
        except (CutShort, urllib3.exceptions.ProtocolError) as error:
            of = f" of {int(announced):,}" if announced.isdigit() else ""
            raise Trouble("invalid", f"body cut short after {len(body):,}{of} bytes", transient=True) from error
        return bytes(body[:cap])


def _glance(response: requests.Response) -> bytes:
    """The beginning of an error's body, as far as it can be had: only a look at it is wanted."""
    body = bytearray()
    with suppress(Trouble, ValueError, urllib3.exceptions.HTTPError, OSError):
        for piece in decode(_wire(response, GLANCE), response.headers.get("content-encoding", "")):
            body += piece
            if len(body) > GLANCE:
                break
    return bytes(body[:GLANCE])


def _drain(response: requests.Response) -> None:
    """Read a small body to its end, so that the connection can be used again."""
    announced = response.headers.get("content-length", "")
    if response.status_code == 304 or (announced.isdigit() and int(announced) <= PIECE):
        with suppress(urllib3.exceptions.HTTPError, OSError):
            response.raw.read(PIECE, decode_content=False)


def _cookies(jar: RequestsCookieJar) -> tuple[tuple[str, str | None], ...]:
    return tuple(sorted((cookie.name, cookie.value) for cookie in jar))


def _wire(response: requests.Response, cap: int) -> Iterator[bytes]:
    """The bytes on the wire, a piece at a time."""
    count = 0
    for piece in response.raw.stream(PIECE, decode_content=False):
        yield piece
        count += len(piece)
        if count > cap:
            raise _too_large(cap, "")


def _too_large(cap: int, where: str) -> Trouble:
    size = f"{cap / MIB:.0f} MiB" if cap >= MIB else f"{cap / 1024:.0f} KiB"
    return Trouble("failed", f"larger than {size}{where}")


def _snapshot(source: Source, answer: Answer, secrets: Secrets, *, rendered: bool = False) -> Snapshot:
    return Snapshot(
        url=without_user(source.url),
        final_url=secrets.masked(without_user(answer.url)),
        retrieved_at=answer.at,
        status=answer.status,
        headers=tuple((name, secrets.masked(value)) for name, value in answer.headers if name.lower() not in _NOT_KEPT),
        body=answer.body,
        sha256=hashlib.sha256(answer.body).hexdigest(),
        rendered=rendered,
    )


def _text(value: str) -> str:
    """A header's value as UTF-8 where it is that: http.client reads all of them as Latin-1."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
