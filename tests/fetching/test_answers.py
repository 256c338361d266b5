"""What each kind of answer becomes: the status table, one server fault at a time."""

from __future__ import annotations

import pytest

from policywatch.model import Failure, NotModified, Snapshot, Source, Validators
from tests.fetching.web import answer, in_turn, redirect

CHALLENGE = b"<!doctype html><title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>"


def failure(fetcher, url, **source) -> Failure:
    got = fetcher.fetch(Source(url, **source))
    assert isinstance(got, Failure), got
    assert "\n" not in got.reason
    return got


def test_a_page_becomes_a_snapshot(web, fetcher, time):
    web.pages["/privacy"] = answer(b"<p>We collect data.</p>")
    got = fetcher.fetch(Source(f"{web.base}/privacy"))
    assert isinstance(got, Snapshot)
    assert (got.body, got.status, got.content_type) == (b"<p>We collect data.</p>", 200, "text/html; charset=utf-8")
    assert got.url == got.final_url == f"{web.base}/privacy"
    assert got.retrieved_at == time.now()
    assert not got.rendered


def test_the_request_says_who_asks(web, make):
    web.pages["/"] = answer(b"text")
    make(user_agent="watcher (+https://watcher.example)").fetch(Source(f"{web.base}/"))
    sent = web.headers("/")
    assert sent["user-agent"] == "watcher (+https://watcher.example)"
    assert sent["accept-language"] == "en"


@pytest.mark.parametrize(
    ("status", "ending"),
    [
        (400, "failed"),
        (401, "blocked"),
        (403, "blocked"),
        (404, "missing"),
        (410, "missing"),
        (418, "failed"),
        (429, "blocked"),
        (451, "failed"),
        (500, "failed"),
        (502, "failed"),
        (503, "blocked"),
        (504, "failed"),
        (206, "invalid"),
    ],
)
def test_statuses(web, fetcher, status, ending):
    web.pages["/p"] = answer(b"words", status)
    got = failure(fetcher, f"{web.base}/p")
    assert got.status == ending
    assert f"HTTP {status}" in got.reason


@pytest.mark.parametrize("body", [b"", b" \r\n\t", b"\xef\xbb\xbf\n"])
def test_an_empty_page_is_invalid(web, fetcher, body):
    web.pages["/p"] = answer(body)
    got = failure(fetcher, f"{web.base}/p")
    assert got.status == "invalid"
    assert "empty" in got.reason


@pytest.mark.parametrize("status", [403, 503, 405])
def test_a_bot_challenge_is_named(web, fetcher, status):
    web.pages["/p"] = answer(CHALLENGE, status)
    got = failure(fetcher, f"{web.base}/p")
    assert got.status == "blocked"
    assert got.reason == f"HTTP {status} with a bot challenge (Cloudflare)"
    assert got.hint is None  # it will not pass by itself


def test_a_challenge_known_by_its_header(web, fetcher):
    web.pages["/p"] = answer(b"wait", 202, (("x-amzn-waf-action", "challenge"),))
    assert failure(fetcher, f"{web.base}/p").reason == "HTTP 202 with a bot challenge (AWS WAF)"


def test_a_page_that_speaks_of_robots_is_no_challenge(web, fetcher):
    web.pages["/p"] = answer(b"<p>We may verify you are human. Are you a robot?</p>")
    assert isinstance(fetcher.fetch(Source(f"{web.base}/p")), Snapshot)


def test_a_server_that_recovers_is_asked_again(web, fetcher, time):
    web.pages["/p"] = in_turn(answer(b"", 503), answer(b"", 502), answer(b"words"))
    assert isinstance(fetcher.fetch(Source(f"{web.base}/p")), Snapshot)
    assert time.slept == [0.5, 1.0]  # backoff doubles


def test_lasting_trouble_is_given_up_after_the_retries(web, make):
    web.pages["/p"] = answer(b"", 503)
    failure(make(retries=2), f"{web.base}/p")
    assert web.asked("/p") == 3


def test_what_will_not_pass_is_not_tried_again(web, fetcher, time):
    web.pages["/p"] = answer(b"", 500)
    failure(fetcher, f"{web.base}/p")
    assert web.asked("/p") == 1
    assert not time.slept


def test_retries_stay_inside_the_documents_time(web, make, time):
    web.pages["/p"] = answer(b"", 503)
    began = time.seconds
    failure(make(timeout=2.0, retries=50), f"{web.base}/p")
    assert time.seconds - began <= 2.0


@pytest.mark.parametrize("value", ["3", "Sun, 01 Mar 2026 12:00:03 GMT"])
def test_retry_after_is_obeyed(web, fetcher, time, value):
    web.pages["/p"] = in_turn(answer(b"", 429, (("Retry-After", value),)), answer(b"words"))
    assert isinstance(fetcher.fetch(Source(f"{web.base}/p")), Snapshot)
    assert sum(time.slept) == pytest.approx(3.0)


def test_retry_after_beyond_the_documents_time_says_when(web, fetcher, time):
    web.pages["/p"] = answer(b"", 429, (("Retry-After", "7200"),))
    web.pages["/other"] = answer(b"words")
    got = failure(fetcher, f"{web.base}/p")
    assert got.status == "blocked"
    assert got.reason == "HTTP 429 (too many requests); asks not to come back before 2026-03-01 14:00 UTC"
    assert not time.slept
    # It is the host that asked: its other documents leave it alone too.
    assert failure(fetcher, f"{web.base}/other").status == "blocked"
    assert web.asked("/other") == 0


@pytest.mark.parametrize("value", ["soon", "-5", "9" * 30, "Sun, 99 Mar"])
def test_a_senseless_retry_after_is_passed_over(web, fetcher, value):
    web.pages["/p"] = in_turn(answer(b"", 503, (("Retry-After", value),)), answer(b"words"))
    assert isinstance(fetcher.fetch(Source(f"{web.base}/p")), Snapshot)


def test_validators_are_sent_and_304_is_unchanged(web, fetcher):
    web.pages["/p"] = answer(status=304, headers=())
    got = fetcher.fetch(Source(f"{web.base}/p"), Validators('"abc"', "Sun, 01 Mar 2026 12:00:00 GMT"))
    assert isinstance(got, NotModified)
    assert web.headers("/p")["if-none-match"] == '"abc"'
    assert web.headers("/p")["if-modified-since"] == "Sun, 01 Mar 2026 12:00:00 GMT"


def test_validators_go_only_where_they_were_given_out(web, fetcher):
    """A page that moves elsewhere must not pass for unchanged because the new page is older than the old one."""
    web.pages["/p"] = redirect("/new")
    web.pages["/new"] = answer(b"words")
    fetcher.fetch(Source(f"{web.base}/p"), Validators('"abc"', url=f"{web.base}/old"))
    assert "if-none-match" not in web.headers("/p")
    assert "if-none-match" not in web.headers("/new")
    fetcher.fetch(Source(f"{web.base}/p"), Validators('"abc"', url=f"{web.base}/new"))
    assert "if-none-match" in web.headers("/new")


def test_304_without_validators_is_no_news(web, fetcher):
    web.pages["/p"] = answer(status=304, headers=())
    assert failure(fetcher, f"{web.base}/p").status == "failed"


def test_headers_that_describe_the_wire_or_hold_cookies_are_not_kept(web, fetcher):
    web.pages["/p"] = answer(
        b"words", headers=(("Set-Cookie", "session=s3cret"), ("ETag", '"x"'), *(("X-A", "1"),) * 2)
    )
    got = fetcher.fetch(Source(f"{web.base}/p"))
    names = [name.lower() for name, _ in got.headers]
    assert "set-cookie" not in names
    assert "content-length" not in names
    assert names.count("x-a") == 2
    assert got.header("etag") == '"x"'


@pytest.mark.parametrize("url", ["ftp://host.example/x", "http://", "https://[::1", "http://host.example:99999/", "x"])
def test_addresses_that_cannot_be_asked_for(fetcher, url):
    assert failure(fetcher, url).status == "failed"


def test_a_server_that_speaks_no_http(web, fetcher):
    """Its words may be quoted, but never as control characters."""
    web.pages["/p"] = lambda request: request.wfile.write(b"\x1b[2J\x07 hello\r\n\r\n")
    got = failure(fetcher, f"{web.base}/p")
    assert got.status == "failed"
    assert got.reason.isprintable()


def test_a_connection_that_is_dropped_is_tried_again(web, fetcher):
    def drop(request):
        request.close_connection = True

    web.pages["/p"] = in_turn(drop, answer(b"words"))
    assert isinstance(fetcher.fetch(Source(f"{web.base}/p")), Snapshot)
