"""What can go wrong on the way to a page, in words for a person and as a status of the run."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import requests
import urllib3.exceptions as u3

from policywatch.fetching.addresses import AddressRefused, NameUnknown

PASSING = "it may well pass: the last good text is kept, and the next run asks again"
Ending = Literal["skipped", "blocked", "missing", "invalid", "failed"]


@dataclass(eq=False)
class Trouble(Exception):
    """Ends a try, and the document unless another try may help.

    ``transient``: another try may help. ``wait``: the seconds the server asked for. ``host_is_down``: the trouble is
    the host's, not the page's. ``code``: the HTTP status, 0 when there was no answer.
    """

    status: Ending
    reason: str
    hint: str | None = None
    transient: bool = False
    wait: float | None = None
    host_is_down: bool = False
    code: int = 0

    def __str__(self) -> str:
        return self.reason


def explain(error: Exception, host: str, seconds: float) -> Trouble:
    """A network library's exception as Trouble. ``seconds`` is the time the connection was given."""
    chain = tuple(causes(error))
    for cause in chain:
        if isinstance(cause, Trouble):
            return cause
        if isinstance(cause, AddressRefused):
            return Trouble("failed", str(cause))
        if isinstance(cause, NameUnknown):
            return Trouble("failed", str(cause), host_is_down=True, transient=cause.temporary)
    for cause in reversed(chain):
        known = _known(cause, host, seconds)
        if known:
            return known
    return Trouble("failed", f"no usable answer from {host}: {_brief(chain[-1])}")


def _known(cause: BaseException, host: str, seconds: float) -> Trouble | None:
    if isinstance(cause, ssl.SSLCertVerificationError):
        return Trouble("failed", f"TLS: {host}: {cause.verify_message}", host_is_down=True)
    if isinstance(cause, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return Trouble("failed", f"{host} closed the connection", transient=True)
    if isinstance(cause, ssl.SSLError):
        return Trouble("failed", f"TLS: {host}: {cause.reason or 'no common ground'}", host_is_down=True)
    if isinstance(cause, ConnectionRefusedError):
        return Trouble("failed", f"{host} refused the connection", transient=True, host_is_down=True)
    if isinstance(cause, u3.NewConnectionError):
        return Trouble("failed", f"no connection to {host}: {_brief(cause)}", transient=True, host_is_down=True)
    if isinstance(cause, u3.ConnectTimeoutError):
        return Trouble("failed", f"no connection to {host} within {seconds:.0f} s", transient=True, host_is_down=True)
    if isinstance(cause, u3.ReadTimeoutError | TimeoutError):
        return Trouble("failed", f"{host} stopped answering")
    if isinstance(cause, u3.ProxyError | requests.exceptions.ProxyError):
        return Trouble("failed", f"the proxy gives no connection to {host}", transient=True)
    if isinstance(cause, ConnectionError):  # reset, aborted, closed without an answer
        return Trouble("failed", f"{host} closed the connection", transient=True)
    return None


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, innermost last: libraries nest them in causes, reasons and arguments."""
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        current = waiting.pop(0)
        if id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        inner = [getattr(current, "reason", None), current.__cause__, current.__context__, *current.args]
        waiting += [one for one in inner if isinstance(one, BaseException)]


def _brief(error: BaseException) -> str:
    """An exception in one line without the objects' addresses that libraries print."""
    if isinstance(error, socket.gaierror | OSError) and error.strerror:
        return error.strerror
    return str(error).rpartition(">: ")[2].splitlines()[0][:200] if str(error) else type(error).__name__
