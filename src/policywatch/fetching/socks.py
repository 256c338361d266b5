"""The browser's only way out: a SOCKS5 proxy on loopback, one a document, that goes by the document's rules.

The browser leaves resolving names to it, so the address that is checked is the address that is connected to, for
redirects, scripts, frames and web sockets alike; and what comes in is counted.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from policywatch.fetching.settings import MIB
from policywatch.fetching.trouble import Trouble

_OK, _REFUSED, _UNREACHABLE = 0, 2, 4
_PIECE = 64 * 1024


class Way:
    """``addresses`` says where a host may be reached, or raises Trouble; it is called in a thread. ``stop`` is called
    when more than ``max_bytes`` have come in. Times are seconds.
    """

    def __init__(self, addresses: Callable[[str], tuple[str, ...]], max_bytes: int, connect_timeout: float) -> None:
        self._addresses, self._left, self._timeout = addresses, max_bytes, connect_timeout
        self._cap = max_bytes
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._troubles: dict[str, Trouble] = {}
        self.stop: Callable[[Trouble], None] = lambda trouble: None

    async def __aenter__(self) -> Way:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def server(self) -> str:
        """As a browser's proxy setting."""
        assert self._server is not None
        return f"socks5://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def trouble(self, host: str) -> Trouble | None:
        """Why a host could not be reached, if it could not."""
        return self._troubles.get(host)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A task of our own: asyncio 3.11 prints a trace for one of its own that is cancelled.
        task = asyncio.create_task(self._attend(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._serve(reader, writer)
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, port = await _greeting(reader, writer)
        try:
            out_reader, out_writer = await self._connect(host, port)
        except Trouble as trouble:
            self._troubles[host] = trouble
            writer.write(_reply(_UNREACHABLE if trouble.host_is_down else _REFUSED))
            await writer.drain()
            return
        try:
            writer.write(_reply(_OK))
            up = asyncio.create_task(_pump(reader, out_writer))
            try:
                await self._bring(out_reader, writer)
            finally:
                up.cancel()
                await asyncio.gather(up, return_exceptions=True)
        finally:
            out_writer.close()

    async def _connect(self, host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        for address in await asyncio.to_thread(self._addresses, host):
            with suppress(OSError):
                return await asyncio.wait_for(asyncio.open_connection(address, port), self._timeout)
        raise Trouble("failed", f"no connection to {host}", transient=True, host_is_down=True)

    async def _bring(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(_PIECE):
            self._left -= len(piece)
            if self._left < 0:
                self.stop(Trouble("failed", f"larger than {self._cap / MIB:.0f} MiB with what it loads"))
                return
            writer.write(piece)
            await writer.drain()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(_PIECE):
            writer.write(piece)
            await writer.drain()
        writer.write_eof()


async def _greeting(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
    """SOCKS5 (RFC 1928) without authentication, CONNECT only: the host and port asked for."""
    version, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    version, command, _, kind = await reader.readexactly(4)
    if version != 5 or command != 1:
        raise OSError("not a SOCKS5 CONNECT")
    if kind == 1:
        host = str(ipaddress.IPv4Address(await reader.readexactly(4)))
    elif kind == 4:
        host = str(ipaddress.IPv6Address(await reader.readexactly(16)))
    else:
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode("ascii", "replace")
    return host.lower(), int.from_bytes(await reader.readexactly(2), "big")


def _reply(code: int) -> bytes:
    return bytes((5, code, 0, 1, 0, 0, 0, 0, 0, 0))
