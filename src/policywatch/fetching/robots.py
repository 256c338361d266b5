"""robots.txt, fetched once a host and run and obeyed as RFC 9309 says.

- A file that is there is obeyed, for our own name first, else for everybody.
- 4xx: there is no file, everything is allowed. (429 is no such answer: it is the host asking for rest.)
- 5xx, 429 or no answer: whether we may is not known, and RFC 9309 takes that for a no. The document then ends as if the
  page itself had answered so (``blocked`` or ``failed``), not ``skipped``: nobody said no, and somebody should look.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace

from protego import Protego

from policywatch.fetching.settings import ROBOTS_NAME
from policywatch.fetching.trouble import Trouble

MAX_BYTES = 512 * 1024  # RFC 9309: at least 500 KiB must be read; what is beyond is passed over
MAX_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Rules:
    """One origin's robots.txt. ``crawl_delay`` is in seconds."""

    parsed: Protego | None = None  # None: everything is allowed

    def allows(self, url: str) -> bool:
        return self.parsed is None or bool(self.parsed.can_fetch(url, ROBOTS_NAME))

    @property
    def crawl_delay(self) -> float:
        return float((self.parsed and self.parsed.crawl_delay(ROBOTS_NAME)) or 0.0)


class Robots:
    """Every origin's rules. ``fetch`` gets a robots.txt's address and returns its bytes, or raises Trouble."""

    def __init__(self) -> None:
        self._known: dict[str, Future[Rules]] = {}
        self._lock = threading.Lock()

    def rules(self, origin: str, fetch: Callable[[str], bytes]) -> Rules:
        """The rules of an origin; the first who asks fetches them, the others wait. Raises Trouble."""
        with self._lock:
            known = self._known.get(origin)
            first = known is None
            found = self._known.setdefault(origin, Future())
        if first:
            try:
                found.set_result(_read(fetch, f"{origin}/robots.txt"))
            except BaseException as error:
                found.set_exception(error if isinstance(error, Trouble) else Trouble("failed", "robots.txt: not read"))
                raise
        try:
            return found.result()
        except Trouble as trouble:
            raise replace(trouble) from None


def _read(fetch: Callable[[str], bytes], url: str) -> Rules:
    try:
        body = fetch(url)
    except Trouble as trouble:
        if 400 <= trouble.code < 500 and trouble.code != 429:
            return Rules()
        if 200 <= trouble.code < 300:  # an empty file forbids nothing
            return Rules()
        if trouble.host_is_down:
            raise
        raise replace(trouble, reason=f"robots.txt: {trouble.reason}") from trouble
    return Rules(Protego.parse(body.decode("utf-8-sig", "replace")))
