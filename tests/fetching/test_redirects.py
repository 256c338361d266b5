"""Redirects: followed hop by hop, and never to where they may not lead."""

from __future__ import annotations

import socket

import pytest

from policywatch.fetching.addresses import is_public
from policywatch.model import Failure, Snapshot, Source
from tests.fetching.web import Web, answer, in_turn, redirect


def routed(web: Web, *hosts: str):
    """Invented public hosts that the test server stands in for."""

    def route(url: str) -> str:
        for host in hosts:
            for start in (f"http://{host}/", f"https://{host}/"):
                if url.startswith(start):
                    return f"{web.base}/{url.removeprefix(start)}"
        return url

    return route


def test_redirects_are_followed_and_the_end_is_named(web, fetcher):
    web.pages["/a"] = redirect("/b?x=1", 301)
    web.pages["/b?x=1"] = redirect(f"{web.base}/c", 308)
    web.pages["/c"] = answer(b"words")
    got = fetcher.fetch(Source(f"{web.base}/a#part"))
    assert isinstance(got, Snapshot)
    assert got.url == f"{web.base}/a#part"
    assert got.final_url == f"{web.base}/c#part"


def test_a_loop_is_failed(web, fetcher):
    web.pages["/a"] = redirect("/b")
    web.pages["/b"] = redirect("/a")
    got = fetcher.fetch(Source(f"{web.base}/a"))
    assert got.status == "failed"
    assert "redirect loop" in got.reason
    assert web.asked("/a") == 1


def test_too_many_redirects(web, make):
    for number in range(9):
        web.pages[f"/{number}"] = redirect(f"/{number + 1}")
    web.pages["/9"] = answer(b"words")
    assert isinstance(make(max_redirects=9).fetch(Source(f"{web.base}/0")), Snapshot)
    got = make(max_redirects=8).fetch(Source(f"{web.base}/0"))
    assert (got.status, got.reason) == ("failed", "more than 8 redirects")


def test_a_page_that_sets_a_cookie_and_sends_back_is_no_loop(web, fetcher):
    def page(request):
        if "consent=1" in request.headers.get("Cookie", ""):
            answer(b"words")(request)
        else:
            redirect("/p", 302, ("Set-Cookie", "consent=1; Path=/"))(request)

    web.pages["/p"] = page
    assert isinstance(fetcher.fetch(Source(f"{web.base}/p")), Snapshot)


def test_cookies_stay_with_their_document(web, fetcher):
    web.pages["/a"] = answer(b"words", headers=(("Set-Cookie", "id=7; Path=/"),))
    web.pages["/b"] = answer(b"words")
    fetcher.fetch(Source(f"{web.base}/a"))
    fetcher.fetch(Source(f"{web.base}/b"))
    assert "cookie" not in web.headers("/b")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "javascript:alert(1)", "gopher://host.example/", "data:,x"])
def test_redirects_stay_on_the_web(web, fetcher, target):
    web.pages["/a"] = redirect(target)
    got = fetcher.fetch(Source(f"{web.base}/a"))
    assert got.status == "failed"
    assert "not an http or https address" in got.reason


PRIVATE = ["http://127.0.0.1:{port}/secret", "http://[::1]:{port}/secret", "http://localhost:{port}/secret"]
PRIVATE += [
    "http://10.0.0.8/",
    "http://169.254.169.254/latest/",
    "http://192.168.1.1/",
    "http://2130706433:{port}/secret",
]
PRIVATE += ["http://[::ffff:127.0.0.1]:{port}/secret", "http://0.0.0.0:{port}/secret", "http://100.64.0.1/"]


@pytest.mark.parametrize("target", PRIVATE)
def test_a_public_name_may_not_lead_into_a_private_network(web, make, target):
    web.pages["/p"] = redirect(target.format(port=web.port))
    web.pages["/secret"] = answer(b"internal")
    got = make(seams={"route": routed(web, "platform.example")}).fetch(Source("https://platform.example/p"))
    assert isinstance(got, Failure)
    assert got.status == "failed"
    assert "private address" in got.reason
    assert web.asked("/secret") == 0


def test_nor_through_a_name_that_resolves_there(web, make):
    web.pages["/p"] = redirect(f"http://innocent.example:{web.port}/secret")
    web.pages["/secret"] = answer(b"internal")
    seams = {"route": routed(web, "platform.example"), "resolve": lambda host: ("93.184.216.34", "127.0.0.1")}
    got = make(seams=seams).fetch(Source("https://platform.example/p"))
    assert "private address (127.0.0.1)" in got.reason
    assert web.asked("/secret") == 0


def test_a_name_keeps_the_address_it_was_checked_with(web, make):
    """DNS rebinding: the second look-up would lead elsewhere, so there is none."""
    answers = iter([("127.0.0.1",), ("10.9.9.9",)])
    web.pages["/a"] = redirect("/b")
    web.pages["/b"] = answer(b"words")
    fetcher = make(seams={"resolve": lambda host: next(answers)})
    assert isinstance(fetcher.fetch(Source(f"http://intranet.example:{web.port}/a")), Snapshot)
    assert isinstance(fetcher.fetch(Source(f"http://intranet.example:{web.port}/b")), Snapshot)


def test_a_host_of_the_watchlist_is_trusted_to_be_where_it_is(web, make):
    """One that stands in a private network may lead on inside it."""
    web.pages["/a"] = redirect(f"http://other.example:{web.port}/b")
    web.pages["/b"] = answer(b"words")
    fetcher = make(seams={"resolve": lambda host: ("127.0.0.1",)})
    assert isinstance(fetcher.fetch(Source(f"http://intranet.example:{web.port}/a")), Snapshot)


def test_a_public_name_may_lead_to_another(web, make):
    web.pages["/p"] = redirect("https://other.example/q")
    web.pages["/q"] = answer(b"words")
    fetcher = make(seams={"route": routed(web, "platform.example", "other.example")})
    got = fetcher.fetch(Source("https://platform.example/p"))
    assert isinstance(got, Snapshot)
    assert (got.url, got.final_url) == ("https://platform.example/p", "https://other.example/q")


def test_robots_txt_may_not_lead_into_a_private_network(web, make):
    web.pages["/robots.txt"] = redirect(f"http://127.0.0.1:{web.port}/secret")
    web.pages["/p"] = answer(b"words")
    make(seams={"route": routed(web, "platform.example")}).fetch(Source("https://platform.example/p"))
    assert web.asked("/secret") == 0


def test_user_and_password_stay_with_their_host(web, make):
    web.pages["/a"] = redirect("/b")
    web.pages["/b"] = redirect("http://other.example/c")
    web.pages["/c"] = answer(b"words")

    def route(url: str) -> str:
        return url.replace("platform.example", f"127.0.0.1:{web.port}").replace(
            "other.example", f"127.0.0.1:{web.port}"
        )

    got = make(seams={"route": route}).fetch(Source("http://user:pass@platform.example/a"))
    assert isinstance(got, Snapshot)
    assert "authorization" in web.headers("/a")
    assert "authorization" in web.headers("/b")
    assert "authorization" not in web.headers("/c")
    assert "pass" not in got.url + got.final_url


def test_secrets_of_the_environment_are_never_kept_or_said(web, fetcher, monkeypatch):
    monkeypatch.setenv("POLICY_TOKEN", "s3cr3t/token")
    web.pages["/p?key=s3cr3t/token"] = in_turn(redirect("/q?again=s3cr3t%2Ftoken"), redirect("ftp://s3cr3t/token"))
    web.pages["/q?again=s3cr3t%2Ftoken"] = answer(b"words", headers=(("X-Echo", "s3cr3t/token"),))
    source = Source(f"{web.base}/p?key=${{POLICY_TOKEN}}")
    got = fetcher.fetch(source)
    assert isinstance(got, Snapshot)
    assert "s3cr3t" not in repr((got.url, got.final_url, got.headers))
    assert got.url == source.url
    assert "s3cr3t" not in repr(fetcher.fetch(source))


def test_a_variable_that_is_not_set(fetcher):
    got = fetcher.fetch(Source("https://host.example/${SURELY_NOT_SET_HERE}"))
    assert (got.status, got.reason) == ("failed", "the environment variable SURELY_NOT_SET_HERE is not set")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("127.8.8.8", False),
        ("10.1.1.1", False),
        ("172.16.0.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("not an address", False),
    ],
)
def test_what_counts_as_public(address, public):
    assert is_public(address) is public


def test_trouble_with_the_host_is_found_out_once(make, closed_port, time):
    fetcher = make()
    first = fetcher.fetch(Source(f"http://127.0.0.1:{closed_port}/a"))
    assert first.status == "failed"
    assert "refused the connection" in first.reason
    slept = list(time.slept)
    second = fetcher.fetch(Source(f"http://127.0.0.1:{closed_port}/b"))
    assert second.reason == first.reason
    assert time.slept == slept


def test_an_unknown_name(make):
    def resolve(host: str) -> tuple[str, ...]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    got = make(seams={"resolve": resolve}).fetch(Source("https://gone.example/"))
    assert (got.status, got.reason) == ("failed", "the name gone.example does not resolve")


def test_a_lookup_that_hangs_is_given_up(web, make):
    got = make(seams={"resolve": lambda host: web.stop.wait(5) and ()}, connect_timeout=0.1, retries=0).fetch(
        Source("https://slow.example/")
    )
    assert got.status == "failed"
    assert "not resolved" in got.reason


def test_a_server_that_speaks_no_tls(web, fetcher):
    got = fetcher.fetch(Source(f"https://127.0.0.1:{web.port}/"))
    assert got.status == "failed"
    assert "TLS" in got.reason


def test_every_address_of_a_name_gets_its_chance(web, make):
    web.pages["/p"] = answer(b"words")
    seams = {"resolve": lambda host: ("127.9.9.9", "127.0.0.1")}  # nobody listens on the first
    assert isinstance(make(seams=seams).fetch(Source(f"http://platform.example:{web.port}/p")), Snapshot)
