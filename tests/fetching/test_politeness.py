"""robots.txt, turns at a host, and hosts that do not hold up one another."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policywatch.fetching import Fetcher, Settings, host_of, spread
from policywatch.fetching.hosts import Budget, Host, retry_after
from policywatch.model import Failure, Snapshot, Source
from tests.fetching.web import Time, answer, in_turn, redirect

TEXT = (("Content-Type", "text/plain"),)


def robots(text: str):
    return answer(text.encode(), headers=TEXT)


# -- robots.txt --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("", True),
        ("User-agent: *\nDisallow:", True),
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: *\nDisallow: /legal/", False),
        ("User-agent: *\nDisallow: /legal/\nAllow: /legal/privacy", True),
        ("User-agent: *\nDisallow: /*vacy$", False),
        ("User-agent: policywatch\nDisallow: /\n\nUser-agent: *\nDisallow:", False),
        ("User-agent: PolicyWatch\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: otherbot\nDisallow: /", True),
        ("<!doctype html><p>Not a robots file</p>", True),
        ("\ufeffUser-agent: *\nDisallow: /", False),
    ],
)
def test_rules(web, fetcher, rules, allowed):
    web.pages["/robots.txt"] = robots(rules)
    web.pages["/legal/privacy"] = answer(b"words")
    got = fetcher.fetch(Source(f"{web.base}/legal/privacy"))
    if allowed:
        assert isinstance(got, Snapshot)
    else:
        assert (got.status, web.asked("/legal/privacy")) == ("skipped", 0)
        assert "robots.txt" in got.reason
        assert "robots: ignore" in got.hint


def test_rules_hold_for_where_a_redirect_leads(web, fetcher):
    web.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /private")
    web.pages["/p"] = redirect("/private/p")
    web.pages["/private/p"] = answer(b"words")
    assert fetcher.fetch(Source(f"{web.base}/p")).status == "skipped"
    assert web.asked("/private/p") == 0


@pytest.mark.parametrize("ignoring", ["source", "settings"])
def test_rules_can_be_overridden(web, make, ignoring):
    web.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /")
    web.pages["/p"] = answer(b"words")
    fetcher = make(robots="ignore" if ignoring == "settings" else "respect")
    got = fetcher.fetch(Source(f"{web.base}/p", robots="ignore" if ignoring == "source" else "respect"))
    assert isinstance(got, Snapshot)
    assert web.asked("/robots.txt") == 0


def test_one_host_is_asked_for_its_rules_once(web, fetcher):
    paths = [f"/{number}" for number in range(6)]
    web.pages |= {path: answer(b"words") for path in paths}
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda path: fetcher.fetch(Source(web.base + path)), paths))
    assert web.asked("/robots.txt") == 1


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_robots_txt_allows_all(web, fetcher, status):
    web.pages["/robots.txt"] = answer(b"no", status)
    web.pages["/p"] = answer(b"words")
    assert isinstance(fetcher.fetch(Source(f"{web.base}/p")), Snapshot)


@pytest.mark.parametrize(("status", "ending"), [(500, "failed"), (503, "blocked"), (429, "blocked")])
def test_rules_that_cannot_be_known_hold_the_document_back(web, fetcher, status, ending):
    web.pages["/robots.txt"] = answer(b"", status)
    web.pages["/p"] = answer(b"words")
    got = fetcher.fetch(Source(f"{web.base}/p"))
    assert got.status == ending
    assert got.reason.startswith(f"robots.txt: HTTP {status}")
    assert web.asked("/p") == 0


def test_a_robots_txt_that_recovers(web, fetcher):
    web.pages["/robots.txt"] = in_turn(answer(b"", 503), answer(b"", 404))
    web.pages["/p"] = answer(b"words")
    assert isinstance(fetcher.fetch(Source(f"{web.base}/p")), Snapshot)


def test_a_robots_txt_without_end_is_read_as_far_as_it_must_be(web, fetcher):
    web.pages["/robots.txt"] = robots("User-agent: *\nDisallow: /p\n" + "# filler\n" * 100_000)
    web.pages["/p"] = answer(b"words")
    assert fetcher.fetch(Source(f"{web.base}/p")).status == "skipped"


@pytest.mark.parametrize(("asked", "kept"), [("2", 2.0), ("3600", 10.0)])
def test_crawl_delay_is_kept_within_reason(web, fetcher, time, asked, kept):
    web.pages["/robots.txt"] = robots(f"User-agent: *\nCrawl-delay: {asked}")
    web.pages |= {"/a": answer(b"words"), "/b": answer(b"words")}
    fetcher.fetch(Source(f"{web.base}/a"))
    fetcher.fetch(Source(f"{web.base}/b"))
    assert time.slept == [kept]


# -- turns -------------------------------------------------------------------------------------------------------------


def test_requests_to_one_host_are_spaced_but_not_on_this_machine(web, make, time):
    web.pages |= {"/a": answer(b"words"), "/b": answer(b"words")}
    fetcher = make(delay=0.5, seams={"resolve": lambda host: ("127.0.0.1",)}, robots="ignore")
    for host, slept in [("127.0.0.1", []), ("localhost", []), ("platform.example", [0.5])]:
        for path in ("/a", "/b"):
            assert isinstance(fetcher.fetch(Source(f"http://{host}:{web.port}{path}")), Snapshot)
        assert time.slept == slept


def test_few_requests_at_a_time_to_one_host(web, make):
    running, most, lock = 0, 0, threading.Lock()
    together = threading.Barrier(2, timeout=5)

    def page(request):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        together.wait()  # only two at a time can pass
        with lock:
            running -= 1
        answer(b"words")(request)

    web.pages["/p"] = page
    fetcher = make(per_host=2, robots="ignore")
    with ThreadPoolExecutor(8) as pool:
        got = list(pool.map(lambda _: fetcher.fetch(Source(f"{web.base}/p")), range(8)))
    assert all(isinstance(one, Snapshot) for one in got)
    assert most == 2


def test_waiting_in_line_is_not_the_documents_time(web, make, time):
    web.pages |= {"/a": answer(b"words"), "/b": answer(b"words")}
    fetcher = make(timeout=10.0, delay=20.0, robots="ignore", seams={"resolve": lambda host: ("127.0.0.1",)})
    for path in ("/a", "/b"):
        assert isinstance(fetcher.fetch(Source(f"http://platform.example:{web.port}{path}")), Snapshot)
    assert time.slept == [20.0]


def test_the_callers_deadline_is_not_moved_by_anything(web, make, time):
    web.pages |= {"/a": answer(b"words"), "/b": answer(b"words")}
    fetcher = make(delay=6.0, robots="ignore", seams={"resolve": lambda host: ("127.0.0.1",)})
    fetcher.fetch(Source(f"http://platform.example:{web.port}/a"))
    got = fetcher.fetch(Source(f"http://platform.example:{web.port}/b"), deadline=time.seconds + 5)
    assert got.status == "failed"
    assert "not complete" in got.reason


def test_sources_of_one_document_share_its_time(web, make):
    web.pages |= {"/a": answer(b"", 503), "/b": answer(b"words")}
    fetcher = make(timeout=1.0, retries=9)
    budget = fetcher.budget()
    assert fetcher.fetch(Source(f"{web.base}/a"), budget=budget).status == "blocked"
    assert budget.left < 1.0
    assert isinstance(fetcher.fetch(Source(f"{web.base}/b"), budget=budget), Snapshot)


def test_a_host_that_is_down_is_asked_again_after_a_while(time):
    from policywatch.fetching.trouble import Trouble

    host = Host(2, 0.0, time.clock, time.sleep)
    host.is_down(Trouble("failed", "nobody there"))
    with pytest.raises(Trouble, match="nobody there"), host.turn(Budget(time.clock, 30)):
        pass
    time.seconds += 301
    with host.turn(Budget(time.clock, 30)):
        pass


def test_closing_wakes_who_waits(web):
    fetcher = Fetcher(Settings(backoff=60.0, max_backoff=60.0, timeout=600.0))
    tried = threading.Event()

    def page(request):
        tried.set()
        answer(b"", 503)(request)

    web.pages["/p"] = page
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(fetcher.fetch, Source(f"{web.base}/p"))
        assert tried.wait(5)
        fetcher.close()
        assert isinstance(future.result(timeout=5), Failure)


def test_closing_ends_what_is_running(web):
    asked = threading.Event()

    def page(request):
        asked.set()
        web.stop.wait(5)

    web.pages["/p"] = page
    fetcher = Fetcher()
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(fetcher.fetch, Source(f"{web.base}/p"))
        assert asked.wait(5)
        fetcher.close()
        assert future.result(timeout=2).status == "failed"


# -- across hosts ------------------------------------------------------------------------------------------------------


def test_a_hanging_host_does_not_hold_up_the_others(web):
    """Many documents of a host that does not answer, few workers: the other host's documents all pass them by."""
    others_done = threading.Event()

    def hang(request):
        others_done.wait(10)
        answer(b"at last")(request)

    web.pages |= {"/ok": answer(b"words"), "/hang": hang}
    slow = [Source(f"http://slow.example:{web.port}/hang", robots="ignore")] * 6
    quick = [Source(f"{web.base}/ok")] * 12
    order: list[str] = []
    seams = {"resolve": lambda host: ("127.0.0.1",)}
    with Fetcher(Settings(delay=0), **seams) as fetcher, ThreadPoolExecutor(4) as pool:
        for source, future in spread(pool, fetcher.fetch, slow + quick, host=host_of, per_host=2):
            assert isinstance(future.result(), Snapshot)
            order.append(source.url[-5:])
            if len(order) == len(quick):
                others_done.set()
    assert order == [source.url[-5:] for source in quick + slow]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers()), max_size=40), st.integers(1, 3), st.integers(1, 4))
def test_spread_does_all_the_work_and_never_too_much_at_a_host(items, per_host, workers):
    running: dict[str, int] = {}
    lock = threading.Lock()

    def work(item):
        with lock:
            running[item[0]] = running.get(item[0], 0) + 1
            assert running[item[0]] <= per_host
        with lock:
            running[item[0]] -= 1
        return item

    with ThreadPoolExecutor(workers) as pool:
        done = list(spread(pool, work, items, host=lambda item: item[0], per_host=per_host))
    assert sorted(item for item, _ in done) == sorted(items)
    assert all(future.result() == item for item, future in done)


def test_host_of_reads_the_environment(monkeypatch):
    monkeypatch.setenv("POLICY_HOST", "Legal.Example")
    assert host_of("https://user:pw@${POLICY_HOST}:8443/x?y#z") == "legal.example:8443"
    assert host_of(Source("https://a.example")) == "a.example"
    assert host_of("no address") == ""


@given(st.integers(0, 10**6))
def test_retry_after_dates_and_seconds_agree(seconds):
    from datetime import timedelta
    from email.utils import format_datetime

    now = Time().now()
    assert retry_after(str(seconds), now) == seconds
    assert retry_after(format_datetime(now + timedelta(seconds=seconds), usegmt=True), now) == seconds


def test_a_proxy_of_the_environment_is_used(web, make, monkeypatch):
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", web.base)
    web.pages["http://platform.example/p"] = answer(b"through the proxy")
    got = make(robots="ignore").fetch(Source("http://platform.example/p"))
    assert isinstance(got, Snapshot)
    assert got.body == b"through the proxy"
