"""Text extraction side by side: how much of each policy is found, how much else, and at what cost.

usage: python benchmarks/extraction.py PAGES REFERENCES [--json] [--memory N]

PAGES holds recorded pages, ``<platform>/<document>.html``; REFERENCES the texts that should come out of them, same
names, ``.md``. Every extractor gets the same bytes, no selectors, in the same run; the CPU time is this process's own,
the best of three, since whatever else runs on the machine slows a page down. Quality compares the sets of distinct
four-word runs. trafilatura takes part where it is installed; it is no dependency.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import logging
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import cast

from lxml import etree, html

from policywatch.extraction import extract
from policywatch.extraction.decode import decode
from policywatch.extraction.html import extract_html, second_voice
from policywatch.extraction.html.page import Page
from policywatch.extraction.markdown import FrontMatter, layout, normal
from policywatch.model import Clause

Found = str | tuple[Clause, ...]
Extractor = Callable[[bytes], Found]
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^)\s]*\)")
_START_OF_LINE = re.compile(
    r"^[ \t>|]*(?:(?:[-*+•●◦‣·–—]|\(?(?:\d{1,3}|[a-z]|[ivxl]{1,5})[.)])[ \t]+)+", re.MULTILINE | re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")


@dataclass
class Result:
    """What one extractor did: milliseconds of CPU and F1, recall, precision, one each per page."""

    name: str
    milliseconds: list[float] = field(default_factory=list)
    f1: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    precision: list[float] = field(default_factory=list)


def ours(body: bytes) -> Found:
    """The page's clauses."""
    return extract_html(body, content_type="text/html").clauses


def ours_complete(body: bytes) -> Found:
    """And all that a snapshot goes through: normal form, language, dates, guards."""
    return extract(body, content_type="text/html", strict=False).clauses


def readability_lxml(body: bytes) -> str:
    import readability

    return _text(readability.Document(decode(body, "text/html")).summary())


def plain_lxml(body: bytes) -> str:
    page = html.document_fromstring(decode(body, "text/html").encode(), parser=html.HTMLParser(encoding="utf-8"))
    etree.strip_elements(
        page, "script", "style", "noscript", "template", "nav", "header", "footer", "aside", with_tail=False
    )
    return _text(html.tostring(page, encoding="unicode"))


def trafilatura(body: bytes) -> str:
    module = importlib.import_module("trafilatura")
    return str(module.extract(body, include_tables=True, include_links=False, favor_recall=True) or "")


def _text(markup: str) -> str:
    """A page's text with its blocks on lines of their own."""
    page = html.fromstring(markup or "<p></p>")
    for element in page.iter("p", "div", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "section"):
        element.tail = f"\n{element.tail or ''}"
    return "".join(cast(Iterator[str], page.itertext()))


def four_words(text: str) -> set[tuple[str, ...]]:
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^>\n]{1,200}>", " ", _LINK.sub(r" \1 ", text))
    text = _START_OF_LINE.sub("", text).replace("’", "'").replace("\\", "")
    words = _WORD.findall(text.lower())
    return {tuple(words[place : place + 4]) for place in range(len(words) - 3)}


def measure(pages: Path, references: Path) -> tuple[list[Result], int]:
    extractors: dict[str, Extractor] = {
        "policywatch": ours, "policywatch, all": ours_complete,
        "readability-lxml": readability_lxml, "plain lxml": plain_lxml, "trafilatura": trafilatura,
    }  # fmt: skip
    if importlib.util.find_spec("trafilatura") is None:
        del extractors["trafilatura"]
        sys.stderr.write("trafilatura is not installed: skipped\n")
    results = {name: Result(name) for name in extractors}
    for extractor in extractors.values():
        extractor(b"<html><body><p>A first page loads what is loaded lazily.</p></body></html>")
    count = 0
    for reference in sorted(references.rglob("*.md")):
        page = pages / f"{str(reference.relative_to(references))[:-3]}.html"
        wanted = four_words(reference.read_text("utf-8"))
        if not page.exists() or len(wanted) < 40:
            continue
        count += 1
        body = page.read_bytes()
        for name, extractor in extractors.items():
            record(results[name], extractor, body, wanted)
    return list(results.values()), count


def forget() -> None:
    """Empty our caches of texts: a page that is read for the first time finds nothing of it in them.

    Those of class names and styles stay, which the pages of a site share.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith("policywatch.extraction") and not name.startswith("policywatch.extraction.html"):
            for value in list(vars(module).values()):
                if not isinstance(value, type) and (clear := getattr(value, "cache_clear", None)) is not None:
                    clear()


def record(result: Result, extractor: Extractor, body: bytes, wanted: set[tuple[str, ...]]) -> None:
    best, taken = float("inf"), cast(Found, "")
    for _ in range(3):
        forget()
        begin = time.process_time()
        try:
            taken = extractor(body)
        except Exception as error:  # a peer that fails on a page has found nothing there
            sys.stderr.write(f"{result.name}: {error}\n")
        best = min(best, time.process_time() - begin)
    result.milliseconds.append(best * 1000)
    found = four_words(taken if isinstance(taken, str) else layout(FrontMatter(), normal(taken)))
    common = len(found & wanted)
    recall, precision = common / len(wanted), common / len(found) if found else 0.0
    result.recall.append(recall)
    result.precision.append(precision)
    result.f1.append(2 * recall * precision / (recall + precision) if common else 0.0)


def asked_second_voice(pages: Path, references: Path) -> int:
    """On how many of the pages readability was asked."""
    asked: set[str] = set()
    page = ""
    original = second_voice.restore

    def counting(page_: Page, keep: bytearray, lost: tuple[int, ...], markup: str) -> int:
        asked.add(page)
        return original(page_, keep, lost, markup)

    second_voice.restore = counting  # type: ignore[assignment]
    try:
        for reference in references.rglob("*.md"):
            page = f"{str(reference.relative_to(references))[:-3]}.html"
            if (pages / page).exists():
                ours((pages / page).read_bytes())
    finally:
        second_voice.restore = original
    return len(asked)


def memory_over(pages: Path, count: int) -> tuple[float, float]:
    """Megabytes at the most after a tenth of ``count`` extractions, and after all of them."""
    bodies = [path.read_bytes() for path in sorted(pages.rglob("*.html"))[:40]]
    early = 0.0
    for place in range(count):
        ours(bodies[place % len(bodies)])
        if place == count // 10:
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return early, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def table(results: list[Result]) -> str:
    def mean(values: list[float]) -> float:
        return sum(values) / len(values)

    base = next(mean(result.milliseconds) for result in results if result.name == "readability-lxml")
    rows = ["extractor          mean F1  min F1  mean recall  min recall  ms/page  x readability"]
    for result in results:
        cost = mean(result.milliseconds)
        rows.append(
            f"{result.name:<17}  {mean(result.f1):7.4f}  {min(result.f1):6.4f}  {mean(result.recall):11.4f}"
            f"  {min(result.recall):10.4f}  {cost:7.2f}  {cost / base:13.2f}"
        )
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("pages", type=Path)
    parser.add_argument("references", type=Path)
    parser.add_argument("--json", action="store_true", help="every page's numbers")
    parser.add_argument("--memory", type=int, default=0, metavar="N", help="also the memory over N extractions")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)
    results, count = measure(asked.pages, asked.references)
    if not count:
        sys.exit("no page has a reference")
    if asked.json:
        print(json.dumps([asdict(result) for result in results]))
        return
    asked_for = asked_second_voice(asked.pages, asked.references)
    print(f"{count} pages, no selectors; policywatch asked readability on {asked_for} of them")
    print(table(results))
    if asked.memory:
        early, late = memory_over(asked.pages, asked.memory)
        print(f"memory: {early:.0f} MB after {asked.memory // 10} extractions, {late:.0f} MB after {asked.memory}")


if __name__ == "__main__":
    main()
