"""Politeness: few requests at a time to one host, spaced, none while it asked for rest or is known to be down.

Hosts do not wait for one another. Waiting is done with the injected clock and sleep, so that tests need no time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from policywatch.fetching.trouble import Trouble

DOWN_FOR = 300.0  # seconds for which a host that could not be reached is not asked again


class Budget:
    """The time one document may take. Waiting in line for a busy host is not the document's time."""

    def __init__(self, clock: Callable[[], float], seconds: float, deadline: float | None = None) -> None:
        self.clock, self.seconds = clock, seconds
        self._end = clock() + seconds
        self._deadline = deadline if deadline is not None else float("inf")

    @property
    def left(self) -> float:
        return min(self._end, self._deadline) - self.clock()

    @property
    def until_deadline(self) -> float:
        """Seconds until the caller's own deadline, which nothing moves."""
        return self._deadline - self.clock()

    def give_back(self, seconds: float) -> None:
        self._end += seconds

    def part(self, seconds: float) -> Budget:
        """A budget for a part of the work: so many seconds at most, and no more than is left."""
        return Budget(self.clock, min(seconds, max(self.left, 0.0)), self._deadline)

    def check(self) -> None:
        if self.left <= 0:
            raise self.over()

    def over(self) -> Trouble:
        return Trouble("failed", f"not complete within {self.seconds:g} s")


class Host:
    """One host's turn-taking."""

    def __init__(self, limit: int, delay: float, clock: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self.delay = delay
        self._limit, self._clock, self._sleep = limit, clock, sleep
        self._free = threading.Condition()
        self._active = 0
        self._next = float("-inf")  # when the next request may start
        self._rest: tuple[float, Trouble] | None = None  # asked to be left alone until then
        self._down: tuple[float, Trouble] | None = None

    @contextmanager
    def turn(self, budget: Budget) -> Iterator[None]:
        """Hold one of the host's places while a request runs.

        Raises Trouble when the host is down, asked for more rest than the document has time, or the caller's deadline
        comes first.
        """
        asked = self._clock()
        self._take_place(budget)
        try:
            self._wait_for_start(budget)
            budget.give_back(self._clock() - asked)
            budget.check()
            yield
        finally:
            with self._free:
                self._active -= 1
                self._free.notify()

    def _take_place(self, budget: Budget) -> None:
        with self._free:
            while self._active >= self._limit:
                if budget.until_deadline <= 0:
                    raise budget.over()
                self._free.wait(min(budget.until_deadline, 1.0))
            self._active += 1

    def _wait_for_start(self, budget: Budget) -> None:
        with self._free:
            now = self._clock()
            self._raise_if_down(now)
            resting = max(0.0, self._rest[0] - now) if self._rest else 0.0
            if self._rest and resting > budget.left:
                raise replace(self._rest[1])
            start = max(now + resting, self._next)
            if start - now > budget.until_deadline:
                raise budget.over()
            self._next = start + self.delay
        if start > now:
            self._sleep(start - now)
            with self._free:
                self._raise_if_down(self._clock())

    def _raise_if_down(self, now: float) -> None:
        if self._down and now < self._down[0]:
            raise replace(self._down[1])

    def slow_down(self, delay: float) -> None:
        """At least so many seconds between requests from now on."""
        with self._free:
            self.delay = max(self.delay, delay)

    def leave_alone(self, seconds: float, trouble: Trouble) -> None:
        """No request for so many seconds; documents that cannot wait so long end with ``trouble``."""
        with self._free:
            until = self._clock() + seconds
            if not self._rest or until > self._rest[0]:
                self._rest = (until, trouble)

    def is_down(self, trouble: Trouble) -> None:
        with self._free:
            self._down = (self._clock() + DOWN_FOR, trouble)


class Hosts:
    """Every host of a run, by name and port."""

    def __init__(self, limit: int, delay: float, clock: Callable[[], float], sleep: Callable[[float], object]) -> None:
        self._limit, self._delay, self._clock, self._sleep = limit, delay, clock, sleep
        self._hosts: dict[str, Host] = {}
        self._lock = threading.Lock()

    def host(self, name: str, *, loopback: bool) -> Host:
        with self._lock:
            found = self._hosts.get(name)
            if not found:
                delay = 0.0 if loopback else self._delay
                found = self._hosts[name] = Host(self._limit, delay, self._clock, self._sleep)
            return found


def retry_after(value: str | None, now: datetime) -> float | None:
    """A Retry-After header in seconds from now: it holds seconds or a date. None when it says nothing usable."""
    if not value:
        return None
    text = value.strip()
    if text.isdigit():
        return float(min(int(text), 10**9)) if len(text) < 20 else None
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return max(0.0, ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds())


def moment_after(now: datetime, seconds: float) -> str:
    """A time for a person: the minute, rounded up, in UTC."""
    try:
        moment = (now + timedelta(seconds=seconds + 59)).astimezone(UTC)
    except OverflowError:
        return "the distant future"
    return f"{moment:%Y-%m-%d %H:%M} UTC"
