"""One pooled session whose connections go to addresses that were resolved once, and answer within a time.

requests' own time limits are for silence: a server that sends a byte a second keeps them happy for ever. Here the
socket is read against the clock, from the status line on.
"""

from __future__ import annotations

import io
import socket
import threading
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from http.client import HTTPResponse
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.cookies import RequestsCookieJar
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.connection import create_connection

from policywatch.fetching.addresses import Resolver
from policywatch.fetching.trouble import causes

_END: ContextVar[float] = ContextVar("end", default=float("inf"))  # of time.monotonic()


@contextmanager
def ending_in(seconds: float) -> Iterator[None]:
    """Every answer that begins inside is complete within so many seconds, or raises TimeIsUp while it is read."""
    token = _END.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _END.reset(token)


class TimeIsUp(TimeoutError):
    """The answer as a whole took too long, however busily it came."""


def time_is_up(error: BaseException) -> bool:
    """Whether that is what is behind a library's exception."""
    return any(isinstance(cause, TimeIsUp) for cause in causes(error))


class _Timed(io.RawIOBase):
    """A socket's stream, read against the clock."""

    def __init__(self, stream: io.RawIOBase, sock: socket.socket) -> None:
        self._stream, self._socket = stream, sock
        self._end, self._silence = _END.get(), sock.gettimeout()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeIsUp
        self._socket.settimeout(left if self._silence is None else min(left, self._silence))
        try:
            return self._stream.readinto(buffer)
        except TimeoutError:
            if time.monotonic() >= self._end:
                raise TimeIsUp from None
            raise

    def close(self) -> None:
        self._stream.close()
        super().close()


class _TimedResponse(HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp = io.BufferedReader(_Timed(self.fp.detach(), sock))


def _connect(connection: HTTPConnection, resolver: Resolver) -> socket.socket:
    """The first of the host's addresses that takes the connection, all of them together within the time for one."""
    timeout = connection.timeout if isinstance(connection.timeout, int | float) else None
    end = time.monotonic() + (timeout if timeout is not None else 60.0)
    refused: Exception | None = None
    addresses = resolver.addresses(connection.host, end - time.monotonic())
    for index, address in enumerate(addresses):
        share = (end - time.monotonic()) / (len(addresses) - index)  # so that a dead first one leaves time for the rest
        if share <= 0:
            break
        try:
            return create_connection((address, connection.port), share, socket_options=connection.socket_options)
        except TimeoutError:
            continue
        except OSError as error:
            refused = error
    if refused:
        raise NewConnectionError(connection, str(refused)) from refused
    raise ConnectTimeoutError(connection, f"no connection to {connection.host} in time")


class _Live:
    """The sockets that answers are being read from."""

    def __init__(self) -> None:
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._lock = threading.Lock()

    def add(self, sock: socket.socket) -> None:
        with self._lock:
            self._sockets.add(sock)

    def hang_up(self) -> None:
        with self._lock:
            sockets = list(self._sockets)
        for sock in sockets:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


def _pools(resolver: Resolver, live: _Live) -> dict[str, type[urllib3.HTTPConnectionPool]]:
    """Connection pools whose connections ask this resolver. A proxy's address is its owner's matter."""

    class Answer(_TimedResponse):
        def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
            live.add(sock)
            super().__init__(sock, *args, **kwargs)

    class Plain(HTTPConnection):
        response_class = Answer

        def _new_conn(self) -> socket.socket:
            return super()._new_conn() if self.proxy else _connect(self, resolver)

    class Secure(HTTPSConnection):
        response_class = Answer

        def _new_conn(self) -> socket.socket:
            return super()._new_conn() if self.proxy else _connect(self, resolver)

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}


class _Adapter(HTTPAdapter):
    def __init__(self, resolver: Resolver, live: _Live, hosts: int, per_host: int) -> None:
        self._classes = _pools(resolver, live)
        super().__init__(pool_connections=hosts, pool_maxsize=per_host, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._classes

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = self._classes
        return manager


class PooledSession(requests.Session):
    """Keeps connections to many hosts, and no cookies: each document has a jar of its own."""

    def __init__(self, resolver: Resolver, *, hosts: int, per_host: int) -> None:
        super().__init__()
        self._live = _Live()
        self.cookies = RequestsCookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))
        for scheme in ("http://", "https://"):
            self.mount(scheme, _Adapter(resolver, self._live, hosts, per_host))

    def hang_up(self) -> None:
        """End every answer that is being read, from whatever thread."""
        self._live.hang_up()
        self.close()
