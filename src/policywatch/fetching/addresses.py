"""Where names lead: each host is resolved once a run and stays there, and some addresses are out of bounds.

Resolving once closes the gap between checking an address and connecting to it (DNS rebinding): the transport connects
to the very addresses that were checked.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout

Resolve = Callable[[str], tuple[str, ...]]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressRefused(OSError):
    """A redirect leads to an address that it may not lead to."""


class NameUnknown(OSError):
    """The host's name leads nowhere; ``temporary`` when that may pass."""

    def __init__(self, message: str, temporary: bool = False) -> None:
        super().__init__(message)
        self.temporary = temporary


def is_public(address: str) -> bool:
    """Whether an address is on the open internet; an IPv4 address inside an IPv6 one counts by what it is inside."""
    try:
        outer = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast for one in (outer, *_inner(outer)))


def is_loopback_host(host: str) -> bool:
    """Whether a host's name alone says that it is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _inner(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Iterator[ipaddress.IPv4Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def system_addresses(host: str) -> tuple[str, ...]:
    """The addresses the operating system knows for a host, in its order of preference."""
    found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


class Resolver:
    """Names to addresses, each once a run. The operating system's look-up has no time limit; this has."""

    def __init__(self, resolve: Resolve = system_addresses) -> None:
        self._resolve = resolve
        self._known: dict[str, Future[tuple[str, ...]]] = {}
        self._lock = threading.Lock()

    def addresses(self, host: str, timeout: float) -> tuple[str, ...]:
        """Raises NameUnknown when there are none, or none within ``timeout`` seconds."""
        host = host.lower().rstrip(".")
        with self._lock:
            found = self._known.get(host)
            if not found:
                found = self._known[host] = Future()
                threading.Thread(target=self._look_up, args=(host, found), daemon=True, name=f"resolve {host}").start()
        try:
            return found.result(timeout)
        except FutureTimeout:
            raise NameUnknown(f"the name {host} was not resolved within {timeout:.0f} s", temporary=True) from None

    def _look_up(self, host: str, found: Future[tuple[str, ...]]) -> None:
        try:
            addresses = self._resolve(host)
        except (OSError, UnicodeError) as error:
            temporary = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
            if temporary:
                self._forget(host)
            found.set_exception(NameUnknown(f"the name {host} does not resolve", temporary))
            return
        if addresses:
            found.set_result(addresses)
        else:
            found.set_exception(NameUnknown(f"the name {host} has no address"))

    def _forget(self, host: str) -> None:
        """Let the next try ask again."""
        with self._lock:
            self._known.pop(host, None)

    def is_private(self, host: str, timeout: float) -> bool:
        """Whether a host stands in a private network or on this machine, with every address it has."""
        return not any(map(is_public, self.addresses(host, timeout)))

    def refuse_private(self, host: str, timeout: float) -> None:
        """Raises AddressRefused when any of a host's addresses is private, loopback, link-local or reserved."""
        for address in self.addresses(host, timeout):
            if not is_public(address):
                raise AddressRefused(f"redirected to {host}, which is a private address ({address})")
