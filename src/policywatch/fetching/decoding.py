"""Undoing content encodings piece by piece, so that a small body can never grow past its cap unseen."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Protocol

import brotli
import zstandard

PIECE = 64 * 1024  # bytes of output at a time
_ZSTD_INPUT = 256  # bytes of input at a time: four of them can hold a block of 128 KiB
_ZSTD_WINDOW = 8 * 1024 * 1024  # what RFC 9659 allows on the web
ACCEPT_ENCODING = "gzip, deflate, br, zstd"


class Undecodable(ValueError):
    """The bytes are not what their content encoding says."""


class CutShort(ValueError):
    """The encoded bytes end before their end."""


class Decoder(Protocol):
    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decoded pieces of bounded size."""

    def finish(self) -> None:
        """Raises CutShort when the encoded bytes were not all there."""


def decode(pieces: Iterable[bytes], encodings: str) -> Iterator[bytes]:
    """Undo a Content-Encoding header's encodings.

    Raises Undecodable or CutShort. The caller counts what comes out and stops asking when it is enough.
    """
    names = [name.strip().lower() for name in encodings.split(",")]
    for name in reversed([name for name in names if name not in ("", "identity")]):
        pieces = _undo(pieces, _decoder(name))
    yield from pieces


def _undo(pieces: Iterable[bytes], decoder: Decoder) -> Iterator[bytes]:
    some = False
    try:
        for piece in pieces:
            some = some or bool(piece)
            yield from decoder.feed(piece)
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise Undecodable(str(error)) from error
    if some:  # an empty body is empty in every encoding
        decoder.finish()


def _decoder(name: str) -> Decoder:
    if name in ("gzip", "x-gzip"):
        return _Gzip()
    if name == "deflate":
        return _Deflate()
    if name == "br":
        return _Brotli()
    if name == "zstd":
        return _Zstd()
    raise Undecodable(f"unknown content encoding {name[:20]!r}")


class _Gzip:
    """One gzip member after another; zero bytes or other padding after the last are passed over."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._members = 0

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._member.eof:
                if not data.startswith(b"\x1f"):
                    return
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            yield from _inflate(self._member, data)
            data = self._member.unused_data

    def finish(self) -> None:
        if not self._member.eof:
            raise CutShort


class _Deflate:
    """zlib's wrapping as the standard says, or bare deflate as some servers send."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj()
        self._started = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if not self._started and data:
            self._started = True
            if data[0] & 0x0F != 8:
                self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        yield from _inflate(self._stream, data)

    def finish(self) -> None:
        if not self._stream.eof:
            raise CutShort


def _inflate(stream: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    while data and not stream.eof:
        yield stream.decompress(data, PIECE)
        data = stream.unconsumed_tail
    # Output that is still held back comes with no input at all.
    while not stream.eof and (rest := stream.decompress(b"", PIECE)):
        yield rest


class _Brotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._stream.is_finished():
            return
        yield self._stream.process(data, output_buffer_limit=PIECE)
        while not self._stream.is_finished() and not self._stream.can_accept_more_data():
            yield self._stream.process(b"", output_buffer_limit=PIECE)

    def finish(self) -> None:
        if not self._stream.is_finished():
            raise CutShort


class _Zstd:
    def __init__(self) -> None:
        self._stream = self._frame()

    @staticmethod
    def _frame() -> zstandard.ZstdDecompressionObj:
        return zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_INPUT):
            rest = data[start : start + _ZSTD_INPUT]
            while rest:
                if self._stream.eof:
                    self._stream = self._frame()
                yield self._stream.decompress(rest)
                rest = self._stream.unused_data if self._stream.eof else b""

    def finish(self) -> None:
        if not self._stream.eof:
            raise CutShort
