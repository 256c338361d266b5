"""One way in: bytes of any kind, told apart by themselves first and by what they are called second."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest

from policywatch.errors import ExtractionError
from policywatch.extraction import extract, sniff
from policywatch.extraction.markdown import FrontMatter, layout, parse

_WORDS = "We process personal data with your consent, under the law, and share it with no third party."
_HTML = f"<!doctype html><html><head><title>Privacy</title></head><body><h1>Privacy</h1><p>{_WORDS}</p></body></html>"
_XHTML = (
    '<?xml version="1.0" encoding="iso-8859-1"?>\n'
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
    f"<body><p>Política: {_WORDS}</p></body></html>"
)


@pytest.mark.parametrize(
    ("body", "content_type", "url", "kind"),
    [
        (_HTML.encode(), "", "", "html"),
        (_HTML.encode(), "text/plain", "", "html"),
        (_HTML.encode(), "application/octet-stream", "", "html"),
        (_HTML.encode("utf-16"), "", "", "html"),
        (b"<!-- hi -->\n<HTML><body>x", "", "", "html"),
        (b"<p>fragment</p>", "", "", "html"),
        (b"plain words", "text/html", "", "html"),
        (_XHTML.encode("latin-1"), "application/xhtml+xml", "", "html"),
        (b"%PDF-1.7 ...", "text/html", "", "pdf"),
        (b"\n\n%PDF-1.7 ...", "", "", "pdf"),
        (b"# Terms", "text/markdown; charset=utf-8", "", "markdown"),
        (b"# Terms", "text/plain", "https://nimbus.example/terms.md?raw=1", "markdown"),
        (b"# Terms", "", "https://nimbus.example/terms.MD", "markdown"),
        (b"Terms", "text/plain", "", "plain"),
        (b"Terms <p> are", "text/plain", "", "plain"),
        ("Größe".encode("utf-16"), "text/plain", "", "plain"),
        (b"Terms", "", "", "plain"),
    ],
)
def test_the_kind_is_told(body: bytes, content_type: str, url: str, kind: str) -> None:
    assert sniff(body, content_type, url) == kind


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "text/html"),
        (b" \n\t\xef\xbb\xbf", "text/html"),
        (b"PK\x03\x04....", "text/html"),
        (b"\x89PNG\r\n", ""),
        (b"{}", "application/json"),
        (b"x", "image/svg+xml"),
        (bytes(range(256)) * 8, ""),
    ],
)
def test_what_holds_no_text_is_refused(body: bytes, content_type: str) -> None:
    with pytest.raises(ExtractionError) as caught:
        extract(body, content_type=content_type, strict=False)
    assert caught.value.status == "invalid"


def test_lines_without_a_tag_are_text_whatever_they_are_called() -> None:
    body = b"PRIVACY POLICY\n\nWe collect personal data.\n\nCookies\n\nWe use cookies."

    assert sniff(body, "text/html", "https://nimbus.example/privacy.html") == "plain"
    assert sniff(b"<p>One\n\nTwo", "text/html") == "html"


def test_clauses_come_in_normal_form() -> None:
    body = _HTML.replace(
        "<p>", "<p>1. not a list.</p><p># *not* a heading [x](y)</p><ul><li>a\u00a0\u200b b</li></ul><p>"
    ).encode()
    text = extract(body, content_type="text/html; charset=utf-8")
    found = parse(layout(FrontMatter(title=text.title), text.clauses))[1]
    assert [(c.kind, c.text, c.level, c.marker, c.heading) for c in found] == [
        (c.kind, c.text, c.level, c.marker, c.heading) for c in text.clauses
    ]


def test_selectors_that_match_nothing_say_so() -> None:
    with pytest.raises(ExtractionError, match="main"):
        extract(_HTML.encode(), select=["main"])


def test_a_challenge_is_the_better_reason_than_its_missing_selectors() -> None:
    page = b"<html><head><title>Just a moment...</title></head><body><h1>Verify you are human</h1></body></html>"
    with pytest.raises(ExtractionError) as caught:
        extract(page, select=["main"])
    assert caught.value.status == "blocked"


def test_a_part_that_a_person_picked_may_be_about_anything() -> None:
    page = (
        "<html><body><p class=x>Our weather balloons fly over all the hills, with flags and a bell.</p></body></html>"
    )
    assert extract(page.encode(), select=[".x"]).clauses
    with pytest.raises(ExtractionError):
        extract(page.encode())


def test_xhtml_in_latin_1() -> None:
    text = extract(_XHTML.encode("latin-1"), content_type="application/xhtml+xml")
    assert text.clauses[-1].text == f"Política: {_WORDS}"


@pytest.mark.parametrize("codec", ["shift_jis", "euc-jp", "utf-16", "utf-8"])
def test_japanese_in_any_charset(codec: str) -> None:
    words = "当社は、お客様の個人情報を、同意のもとに利用します。お客様は、同意を取り消すことができます。"
    page = f'<html><head><meta charset="{codec}"></head><body><h1>利用規約</h1><p>{words}</p></body></html>'
    text = extract(page.encode(codec), content_type="text/html")
    assert text.language == "ja"
    assert text.clauses[-1].text == words.replace("。お", "。 お")


def test_binary_data_is_no_page_whatever_it_is_called() -> None:
    noise = random.Random(7).randbytes(40_000)
    for content_type, url in (("text/html", ""), ("", "terms.html"), ("text/plain", "")):
        with pytest.raises(ExtractionError, match="binary data"):
            extract(noise, content_type=content_type, url=url)


def test_importing_extraction_is_cheap() -> None:
    """Every command imports it; lxml and pypdf come in when a page does."""
    heavy = "{'lxml', 'pypdf', 'requests', 'yaml'}"
    code = f"import sys, policywatch.extraction; print({heavy} & {{name.split('.')[0] for name in sys.modules}})"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "set()"
    )
