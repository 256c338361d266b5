"""Pages that scripts build, in a real Chromium, from a loopback server."""

from __future__ import annotations

import gzip
import importlib.util
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from policywatch.extraction import extract
from policywatch.extraction.canonical import form
from policywatch.fetching import Fetcher, Settings, browser
from policywatch.fetching.addresses import NameUnknown
from policywatch.fetching.hosts import Budget
from policywatch.model import Failure, Snapshot, Source
from policywatch.samples import serve
from tests.fetching.web import HTML, Web, answer, redirect

SCRIPT = (("Content-Type", "text/javascript"),)
POLICY = "We collect the information that you give us, and we keep it for ninety days. "


def test_without_the_extra_a_page_is_skipped_and_says_what_to_install(web, fetcher, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    got = fetcher.fetch(Source(f"{web.base}/", render="browser"))
    assert isinstance(got, Failure)
    assert (got.status, got.hint) == ("skipped", "pip install 'policywatch[browser]'")


needs_chromium = [
    pytest.mark.browser,
    pytest.mark.skipif(
        importlib.util.find_spec("playwright") is None or browser.executable() is None,
        reason="needs Playwright and a system Chromium",
    ),
]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Fetcher]:
    """One browser for all of these tests."""
    with Fetcher(Settings(timeout=20.0, retries=0, max_bytes=2 * 1024 * 1024)) as fetcher:
        yield fetcher


def seconds(fetcher: Fetcher, count: float) -> Budget:
    return Budget(fetcher.budget().clock, count)


def rendered(fetcher: Fetcher, web: Web, path: str, budget: Budget | None = None) -> str:
    got = fetcher.fetch(Source(web.base + path, render="browser"), budget=budget)
    assert isinstance(got, Snapshot), got
    assert got.rendered
    assert got.content_type == "text/html; charset=utf-8"
    return got.body.decode()


def failed(fetcher: Fetcher, web: Web, path: str, budget: Budget | None = None) -> Failure:
    got = fetcher.fetch(Source(web.base + path, render="browser"), budget=budget)
    assert isinstance(got, Failure), got
    return got


class TestRendering:
    pytestmark = needs_chromium

    def test_text_built_by_a_script(self, web, chromium):
        web.pages["/p"] = answer(b"<title>Privacy</title><div id=root></div><script src=/app.js></script>")
        web.pages["/app.js"] = answer(
            b"setTimeout(async () => { root.innerHTML = await (await fetch('/text')).text() }, 50)", headers=SCRIPT
        )
        web.pages["/text"] = answer(f"<h1>Privacy</h1><p>{POLICY} Größe, 個人情報.</p>".encode())
        page = rendered(chromium, web, "/p")
        assert f"<h1>Privacy</h1><p>{POLICY} Größe, 個人情報.</p>" in page
        assert "policywatch/" in web.headers("/p")["user-agent"]

    def test_folded_lazy_and_composed_text(self, web, chromium):
        """details, two kinds of accordion, text that loads on sight, a shadow tree and a frame."""
        web.pages["/p"] = answer(
            b"""<main><details><summary>One</summary>inside details</details>
            <h3><button aria-expanded="false" aria-controls="a">A</button></h3><div id="a"></div>
            <h3><button aria-expanded="false" aria-controls="b">B</button></h3><div id="b"></div>
            <nav><button aria-expanded="false" onclick="document.body.innerHTML = 'menu'">menu</button></nav>
            <a href="/away" aria-expanded="false">away</a>
            <p-card><i slot="end">slotted text</i></p-card>
            <div style="height: 4000px"></div><div id="late"></div></main><iframe src="/frame"></iframe>
            <script>
            const texts = {a: 'panel <b>alpha</b>', b: 'panel beta'};
            for (const button of document.querySelectorAll('h3 button')) button.onclick = () => {
              for (const other of document.querySelectorAll('h3 button')) {  // one panel at a time
                const on = other === button;
                other.setAttribute('aria-expanded', on);
                document.getElementById(other.getAttribute('aria-controls')).innerHTML =
                  on ? texts[other.getAttribute('aria-controls')] : '';
              }
            };
            customElements.define('p-card', class extends HTMLElement { connectedCallback() {
              this.attachShadow({mode: 'open'}).innerHTML = '<p>shadow text</p><slot name="end"></slot>'; } });
            new IntersectionObserver((seen, self) => {
              if (seen[0].isIntersecting) { late.textContent = 'lazy text'; self.disconnect(); }
            }).observe(late);
            </script>"""
        )
        web.pages["/frame"] = answer(f"<p>{POLICY * 30} framed text</p>".encode())
        page = rendered(chromium, web, "/p")
        for text in ("inside details", "panel <b>alpha</b>", "panel beta", "shadow text", "slotted text", "lazy text"):
            assert page.count(text) - page.count(f"'{text}'") >= 1, text
        assert "framed text" in page
        assert "<details open" in page
        assert web.asked("/away") == 0

    def test_a_redirect_by_script_is_followed(self, web, chromium):
        web.pages["/p"] = answer(b"<script>setTimeout(() => location.replace('/real'), 100)</script>moving on")
        web.pages["/real"] = answer(f"<p>{POLICY}</p>".encode())
        got = chromium.fetch(Source(f"{web.base}/p", render="browser"))
        assert isinstance(got, Snapshot)
        assert got.final_url == f"{web.base}/real"
        assert POLICY.strip() in got.body.decode()

    def test_pages_do_not_share_cookies(self, web, chromium):
        web.pages["/a"] = answer(b"<script>document.cookie = 'id=7; path=/'</script>words")
        web.pages["/b"] = answer(b"words")
        rendered(chromium, web, "/a")
        rendered(chromium, web, "/b")
        assert "cookie" not in web.headers("/b")

    def test_nothing_is_loaded_that_text_does_not_need(self, web, chromium):
        web.pages["/p"] = answer(b"<p>words</p><img src=/logo.png><video src=/film.mp4></video>")
        rendered(chromium, web, "/p")
        assert web.asked("/logo.png") == web.asked("/film.mp4") == 0

    def test_statuses(self, web, chromium):
        web.pages["/refused"] = answer(b"<p>sorry</p>", 403)
        web.pages["/gone"] = answer(b"", 410)
        assert failed(chromium, web, "/refused").status == "blocked"
        assert failed(chromium, web, "/gone").status == "missing"

    def test_an_empty_page_is_invalid(self, web, chromium):
        web.pages["/p"] = answer(b"<div id=root></div>")
        got = failed(chromium, web, "/p")
        assert got.status == "invalid"
        assert "empty" in got.reason

    def test_a_file_to_download_is_no_page(self, web, chromium):
        web.pages["/p"] = answer(b"PK...", headers=(("Content-Type", "application/zip"),))
        assert failed(chromium, web, "/p").reason == "not a web page but a file"

    def test_a_page_that_never_rests_is_written_down_in_time(self, web, chromium):
        web.pages["/p"] = answer(
            f"<p>{POLICY}</p><script>setInterval(() => document.body.append('more and more text, '.repeat(9)), 20)"
            "</script>".encode()
        )
        began = time.monotonic()
        assert POLICY.strip() in rendered(chromium, web, "/p", seconds(chromium, 4.0))
        assert time.monotonic() - began < 12

    def test_a_page_that_hangs_is_given_up_and_the_browser_goes_on(self, web, chromium):
        web.pages["/hang"] = answer(b"<p>x</p><script>while (true) {}</script>")
        web.pages["/p"] = answer(b"words")
        assert "not complete within 2 s" in failed(chromium, web, "/hang", seconds(chromium, 2.0)).reason
        assert "words" in rendered(chromium, web, "/p")

    def test_a_page_that_needs_no_scripts_reads_the_same(self, chromium):
        with serve() as server:
            source = Source(f"{server}/mirelune.example/privacy")
            pages = [chromium.fetch(source), chromium.fetch(replace(source, render="browser"))]
        texts = [extract(page.body, content_type=page.content_type, url=page.final_url) for page in pages]
        assert form(texts[0].clauses) == form(texts[1].clauses)

    def test_many_threads_may_ask(self, web, chromium):
        web.pages |= {f"/{number}": answer(f"<p>words {number}</p>".encode()) for number in range(3)}
        with ThreadPoolExecutor(3) as pool:
            pages = list(pool.map(lambda number: rendered(chromium, web, f"/{number}"), range(3)))
        assert all(f"words {number}" in page for number, page in enumerate(pages))


class TestRules:
    """The browser's own requests go by the same rules as all others."""

    pytestmark = needs_chromium

    def test_robots_txt_holds_for_scripts_and_redirects(self, web, chromium):
        web.pages["/robots.txt"] = answer(b"User-agent: *\nDisallow: /no", headers=(("Content-Type", "text/plain"),))
        web.pages["/p"] = answer(b"<p>words</p><script src=/no/a.js></script><script src=/hop.js></script>")
        web.pages["/hop.js"] = redirect("/no/b.js")
        web.pages["/page-hop"] = redirect("/no/page")
        web.pages["/script-hop"] = answer(b"<script>location = '/no/page'</script>on the way")
        assert "words" in rendered(chromium, web, "/p")
        assert web.asked("/hop.js") == 1
        for path in ("/page-hop", "/script-hop"):
            assert failed(chromium, web, path).status == "skipped"
        assert not [path for path, _ in web.log if path.startswith("/no")]

    def test_a_public_page_may_not_reach_into_a_private_network(self, web, chromium, monkeypatch):
        """Neither by a script's request, nor by a redirect of one, nor by going there itself."""
        secret = f"http://127.0.0.1:{web.port}/secret"
        web.pages["/secret"] = answer(b"internal", headers=(("Access-Control-Allow-Origin", "*"),))
        web.pages["/hop"] = redirect(secret)
        web.pages["/p"] = answer(
            f"<p>words</p><script src={secret}></script><script src=/hop></script>"
            f"<iframe src={secret}></iframe><script>fetch('{secret}'); new WebSocket('{secret}'.replace('http', 'ws'))"
            "</script>".encode()
        )
        web.pages["/go"] = answer(f"<script>location = '{secret}'</script>on the way".encode())
        # As a public host would look, though it stands on this machine for the test.
        monkeypatch.setattr(chromium.resolver, "is_private", lambda host, timeout: False)
        monkeypatch.setattr(chromium.resolver, "addresses", lambda host, timeout: ("127.0.0.1",))
        base = f"http://platform.example:{web.port}"
        got = chromium.fetch(Source(f"{base}/p", render="browser", robots="ignore"))
        assert isinstance(got, Snapshot), got
        assert b"words" in got.body
        gone = chromium.fetch(Source(f"{base}/go", render="browser", robots="ignore"))
        direct = chromium.fetch(Source(f"{base}/hop", render="browser", robots="ignore"))
        assert "private address" in gone.reason
        assert "private address" in direct.reason
        assert web.asked("/secret") == 0

    def test_sizes(self, web, chromium):
        web.pages["/plain"] = answer(b"<p>words</p>" * 200_000)
        web.pages["/bomb"] = answer(
            gzip.compress(b"<p>words</p>" * 200_000), headers=(*HTML, ("Content-Encoding", "gzip"))
        )
        for path in ("/plain", "/bomb"):
            got = failed(chromium, web, path)
            assert got.status == "failed"
            assert "larger than 2 MiB" in got.reason

    def test_a_host_that_is_not_there(self, chromium, closed_port):
        got = chromium.fetch(Source(f"http://127.0.0.1:{closed_port}/", render="browser"))
        assert got.status == "failed"
        assert "127.0.0.1" in got.reason

    def test_a_name_that_does_not_resolve(self, chromium, monkeypatch):
        def addresses(host: str, timeout: float) -> tuple[str, ...]:
            raise NameUnknown(f"the name {host} does not resolve")

        monkeypatch.setattr(chromium.resolver, "addresses", addresses)
        got = chromium.fetch(Source("https://gone.example/", render="browser", robots="ignore"))
        assert got.reason == "the name gone.example does not resolve"

    def test_user_and_password_go_to_their_host(self, web, chromium):
        def page(request):
            if request.headers.get("Authorization"):
                answer(b"<p>words for members</p>")(request)
            else:
                answer(b"no", 401, (("WWW-Authenticate", 'Basic realm="x"'),))(request)

        web.pages["/p"] = page
        got = chromium.fetch(Source(web.base.replace("//", "//user:pw@") + "/p", render="browser"))
        assert isinstance(got, Snapshot), got
        assert b"words for members" in got.body
        assert "pw" not in got.url + got.final_url
