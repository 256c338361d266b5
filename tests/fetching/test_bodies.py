"""Bodies: encodings, caps, cuts and time."""

from __future__ import annotations

import gzip
import itertools
import time as real_time
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from policywatch.fetching.decoding import CutShort, Undecodable, decode
from policywatch.model import Failure, Snapshot, Source
from tests.fetching.web import answer

MIB = 1024 * 1024
TEXT = b"We may share your personal information with our partners. " * 200


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


ENCODERS = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=4),
    "zstd": zstandard.ZstdCompressor().compress,
}
EVERY = [*ENCODERS.items(), ("deflate", bare_deflate)]


@pytest.mark.parametrize(("name", "encode"), EVERY)
def test_encodings(web, fetcher, name, encode):
    web.pages["/p"] = answer(encode(TEXT), headers=(("Content-Encoding", name),))
    got = fetcher.fetch(Source(f"{web.base}/p"))
    assert isinstance(got, Snapshot)
    assert got.body == TEXT


def test_encodings_on_top_of_one_another(web, fetcher):
    web.pages["/p"] = answer(brotli.compress(gzip.compress(TEXT)), headers=(("Content-Encoding", "gzip, br"),))
    assert fetcher.fetch(Source(f"{web.base}/p")).body == TEXT


@settings(max_examples=40)
@given(st.binary(min_size=1, max_size=3000), st.sampled_from(EVERY), st.integers(1, 700))
def test_decoding_undoes_encoding_however_the_bytes_arrive(data, encoding, size):
    name, encode = encoding
    packed = encode(data)
    pieces = [packed[start : start + size] for start in range(0, len(packed), size)]
    assert b"".join(decode(pieces, name)) == data


@settings(max_examples=40)
@given(st.binary(min_size=200, max_size=3000), st.sampled_from(EVERY), st.integers(1, 6))
def test_a_cut_stream_is_noticed(data, encoding, missing):
    name, encode = encoding
    with pytest.raises((CutShort, Undecodable)):
        list(decode([encode(data)[:-missing]], name))


@pytest.mark.parametrize(("name", "encode"), EVERY)
def test_pieces_stay_small_however_well_it_was_packed(name, encode):
    packed = encode(bytes(64 * MIB))
    assert len(packed) < MIB
    largest = max(len(piece) for piece in itertools.islice(decode([packed], name), 500))
    assert largest <= 16 * MIB


def test_several_gzip_members_and_padding():
    assert b"".join(decode([gzip.compress(b"one ") + gzip.compress(b"two") + bytes(9)], "gzip")) == b"one two"


@pytest.mark.parametrize(("name", "encode"), EVERY)
def test_a_bomb_is_refused(web, make, name, encode):
    web.pages["/p"] = answer(encode(bytes(32 * MIB)), headers=(("Content-Encoding", name),))
    got = make(max_bytes=MIB).fetch(Source(f"{web.base}/p"))
    assert isinstance(got, Failure)
    assert (got.status, got.reason) == ("failed", "larger than 1 MiB once decompressed")


def test_a_body_that_is_announced_too_large_is_not_read(web, make):
    web.pages["/p"] = answer(b"x", headers=(("Content-Length", str(10**12)),))
    got = make(max_bytes=MIB).fetch(Source(f"{web.base}/p"))
    assert (got.status, got.reason) == ("failed", "larger than 1 MiB")


def test_an_endless_body_is_cut_off(web, make):
    def endless(request):
        request.send_response(200)
        request.end_headers()
        while True:
            request.wfile.write(bytes(65536))

    web.pages["/p"] = endless
    got = make(max_bytes=MIB).fetch(Source(f"{web.base}/p"))
    assert (got.status, got.reason) == ("failed", "larger than 1 MiB")


def test_a_body_shorter_than_announced_is_tried_again_and_then_invalid(web, fetcher):
    def cut(request):
        answer(b"half of it", headers=(("Content-Length", "1000"),))(request)
        request.close_connection = True

    web.pages["/p"] = cut
    got = fetcher.fetch(Source(f"{web.base}/p"))
    assert (got.status, got.reason) == ("invalid", "body cut short after 10 of 1,000 bytes")
    assert "the next run asks again" in (got.hint or "")
    assert web.asked("/p") == 4


def test_a_compressed_body_without_its_end_is_cut_short(web, fetcher):
    def cut(request):
        request.send_response(200)
        request.send_header("Content-Encoding", "gzip")
        request.end_headers()
        request.wfile.write(gzip.compress(TEXT)[:-20])
        request.close_connection = True

    web.pages["/p"] = cut
    got = fetcher.fetch(Source(f"{web.base}/p"))
    assert got.status == "invalid"
    assert "cut short" in got.reason


def test_chunks_that_break_off(web, fetcher):
    def cut(request):
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.wfile.write(b"5\r\nhello\r\n")
        request.close_connection = True

    web.pages["/p"] = cut
    assert fetcher.fetch(Source(f"{web.base}/p")).status == "invalid"


def test_garbled_encodings_are_invalid(web, fetcher):
    web.pages["/p"] = answer(b"this is not gzip", headers=(("Content-Encoding", "gzip"),))
    web.pages["/q"] = answer(b"x", headers=(("Content-Encoding", "rot13"),))
    for path in ("/p", "/q"):
        got = fetcher.fetch(Source(f"{web.base}{path}"))
        assert got.status == "invalid"
        assert "cannot be decompressed" in got.reason


@pytest.mark.parametrize("where", ["status line", "headers", "body"])
def test_a_trickle_ends_with_the_documents_time(web, where):
    from policywatch.fetching import Fetcher, Settings

    def trickle(request):
        if where == "body":
            request.send_response(200)
        if where != "status line":
            request.wfile.write(b"" if where == "body" else b"HTTP/1.1 200 OK\r\n")
            request.end_headers() if where == "body" else request.wfile.write(b"X-Slow: ")
        while not web.stop.wait(0.02):
            request.wfile.write(b"H")

    web.pages["/p"] = trickle
    began = real_time.monotonic()
    with Fetcher(Settings(timeout=0.3)) as fetcher:
        got = fetcher.fetch(Source(f"{web.base}/p"))
    assert real_time.monotonic() - began < 2
    assert (got.status, got.reason) == ("failed", "not complete within 0.3 s")


def test_silence_ends_with_the_read_limit(web, make):
    web.pages["/p"] = lambda request: web.stop.wait(5)
    began = real_time.monotonic()
    got = make(read_timeout=0.2).fetch(Source(f"{web.base}/p"))
    assert real_time.monotonic() - began < 2
    assert got.status == "failed"
    assert "stopped answering" in got.reason
    assert web.asked("/p") == 1
