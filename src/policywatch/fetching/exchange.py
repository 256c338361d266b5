"""One request and its answer, whole and decoded, within the document's time and size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

import requests
import urllib3.exceptions
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar
from requests.utils import select_proxy

from policywatch.fetching.addresses import Resolver
from policywatch.fetching.answers import Answer
from policywatch.fetching.decoding import ACCEPT_ENCODING, PIECE, CutShort, Undecodable, decode
from policywatch.fetching.hosts import Budget
from policywatch.fetching.settings import MIB, Settings
from policywatch.fetching.transport import PooledSession, ending_in, time_is_up
from policywatch.fetching.trouble import PASSING, Trouble, explain
from policywatch.fetching.urls import asked_for, host_of, without_user
from policywatch.model import Validators

ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/markdown;q=0.9,text/plain;q=0.8,*/*;q=0.5"
GLANCE = 256 * 1024  # bytes that are read of an answer that is no page
POOLED_HOSTS = 256


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


class Exchange:
    """The connections of a run, and what is said and read over them. Safe to use from many threads.

    A request for ``url`` goes to ``route(url)``; the answer keeps speaking of ``url``.
    """

    def __init__(
        self, settings: Settings, resolver: Resolver, route: Callable[[str], str], now: Callable[[], datetime]
    ) -> None:
        self._settings, self._route, self._now = settings, route, now
        self._session = PooledSession(resolver, hosts=POOLED_HOSTS, per_host=settings.per_host)

    def close(self) -> None:
        """End what is being read, from whatever thread."""
        self._session.hang_up()

    def proxy(self, url: str) -> str | None:
        """The proxy that the environment names for an address, if it does."""
        settings = self._session.merge_environment_settings(url, {}, None, None, None)
        return select_proxy(url, settings["proxies"])

    def ask(self, url: str, visit: Visit) -> Answer:
        """One request and its answer. Raises Trouble; library errors stop here."""
        settings, left = self._settings, visit.budget.left
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
            "User-Agent": self._settings.user_agent,
            "Accept": ACCEPT,
            "Accept-Language": self._settings.accept_language,
            "Accept-Encoding": ACCEPT_ENCODING,
            **conditions(url, visit),
        }
        prepared = requests.PreparedRequest()
        try:
            prepared.prepare(method="GET", url=asked_for(self._route(url)), headers=headers, cookies=visit.jar)
        except (requests.RequestException, ValueError) as error:
            raise Trouble("failed", "the address cannot be read as a URL") from error
        return prepared

    def _read(self, url: str, response: requests.Response, visit: Visit) -> Answer:
        headers = tuple((name, _text(value)) for name, value in response.raw.headers.items())
        answer = Answer(url, response.status_code, headers, b"", self._now())
        if answer.redirect or answer.status == 304:
            _drain(response)
            return answer
        page = 200 <= answer.status < 300
        body = _page(response, visit) if page else _glance(response)
        return replace(answer, body=body)


def conditions(url: str, visit: Visit) -> dict[str, str]:
    """The headers that make a request conditional; none where the validators were not given out."""
    known = visit.known
    if not known or asked_for(without_user(known.url or visit.start)) != asked_for(without_user(url)):
        return {}
    sent = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in sent.items() if value}


def _page(response: requests.Response, visit: Visit) -> bytes:
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
        raise Trouble("invalid", f"body cut short after {len(body):,}{of} bytes", PASSING, transient=True) from error
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


def _text(value: str) -> str:
    """A header's value as UTF-8 where it is that: http.client reads all of them as Latin-1."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
