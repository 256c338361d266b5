"""The way of one document: its robots.txt, its host's turn, its redirects and retries, to a snapshot or a failure."""

from __future__ import annotations

import hashlib
import random as chance
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING

from requests.cookies import RequestsCookieJar

from policywatch.fetching import robots
from policywatch.fetching.addresses import NameUnknown, Resolve, Resolver, system_addresses
from policywatch.fetching.answers import Answer, trouble_in
from policywatch.fetching.exchange import Exchange, Visit, conditions
from policywatch.fetching.hosts import Budget, Host, Hosts
from policywatch.fetching.settings import Settings
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

# Describe the bytes on the wire, which the body no longer is; or what is between the server and us only.
_NOT_KEPT = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "set-cookie"}
)


def _utc_now() -> datetime:
    return datetime.now(UTC)


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
        self._exchange = Exchange(self.settings, self.resolver, self._route, now)
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
        self._exchange.close()

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
        return self._exchange.proxy(url)

    def _get(self, url: str, visit: Visit, ask: Ask | None = None) -> Answer:
        """One hop, tried again while that may help and time allows. Raises Trouble."""
        while True:
            try:
                return self._try(url, visit, ask or self._exchange.ask)
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
        if answer.status == 304 and not conditions(url, visit):
            raise Trouble("failed", "HTTP 304 (not modified), though nothing to compare with was sent")
        return answer


def _cookies(jar: RequestsCookieJar) -> tuple[tuple[str, str | None], ...]:
    return tuple(sorted((cookie.name, cookie.value) for cookie in jar))


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
