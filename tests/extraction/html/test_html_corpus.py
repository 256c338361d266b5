"""Recorded pages beside texts made with hand-picked selectors, where the recordings are at hand."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from policywatch.extraction.html import extract_html
from policywatch.extraction.markdown import FrontMatter, layout, normal, parse
from policywatch.model import Clause, Range, Selector

_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^)\s]*\)")
_MARKER = re.compile(r"^[ \t>|]*(?:(?:[-*+•]|\(?(?:\d{1,3}|[a-z])[.)])[ \t]+)+", re.MULTILINE | re.IGNORECASE)
WITHOUT = ("Midjourney/Terms of Service", "SOUNDRAW/Privacy Policy", "Murf/Terms of Service", "Doubao/Terms of Service")
WITH = (
    "GitHub Copilot/Terms of Service #en-site-policy-github-terms-github-terms-for-additional-products-and-features",
    "Mistral AI/Developer Terms",
)


@pytest.fixture(scope="module")
def pages(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    clone = tmp_path_factory.mktemp("pages")
    bundle = shared / "corpus" / "genai-snapshots.bundle"
    subprocess.run(["git", "clone", "-q", "-n", str(bundle), "-b", "main", str(clone)], check=True)
    wanted = [f"{name}.html" for name in (*WITHOUT, *WITH)]
    subprocess.run(["git", "-C", str(clone), "checkout", "-q", "main", "--", *wanted], check=True)
    return clone


def facts(shared: Path, name: str) -> dict[str, object]:
    manifest = (shared / "corpus" / "reference" / "manifest.jsonl").read_text("utf-8").splitlines()
    return next(fact for fact in map(json.loads, manifest) if fact["document"] == name)


def selectors(found: object) -> tuple[Selector, ...]:
    def one(selector: object) -> Selector:
        if isinstance(selector, str):
            return selector
        assert isinstance(selector, dict)
        names = {"startBefore": "start_before", "startAfter": "start_after", "endBefore": "end_before"}
        return Range(**{names.get(key, "end_after"): value for key, value in selector.items()})

    return tuple(map(one, found if isinstance(found, list) else [found] if found else []))


def four_words(text: str) -> set[tuple[str, ...]]:
    text = _MARKER.sub("", _LINK.sub(r" \1 ", text)).replace("\\", "").replace("’", "'")
    words = re.findall(r"[^\W_]+", text.lower())
    return {tuple(words[place : place + 4]) for place in range(len(words) - 3)}


def f1(reference: str, clauses: tuple[Clause, ...]) -> float:
    wanted, found = four_words(reference), four_words(layout(FrontMatter(), normal(clauses)))
    return 2 * len(wanted & found) / (len(wanted) + len(found))


@pytest.mark.corpus
@pytest.mark.parametrize("name", WITHOUT)
def test_the_policy_is_found_without_selectors(shared: Path, pages: Path, name: str) -> None:
    reference = (shared / "corpus" / "reference" / str(facts(shared, name)["reference"])).read_text("utf-8")
    text = extract_html((pages / f"{name}.html").read_bytes(), content_type="text/html")

    assert f1(reference, text.clauses) > 0.97
    assert text.confidence > 0.9


@pytest.mark.corpus
@pytest.mark.parametrize("name", WITH)
def test_selectors_take_the_part_that_they_name(shared: Path, pages: Path, name: str) -> None:
    fact = facts(shared, name)
    reference = (shared / "corpus" / "reference" / str(fact["reference"])).read_text("utf-8")
    body = (pages / f"{name}.html").read_bytes()
    text = extract_html(body, select=selectors(fact["select"]), remove=selectors(fact["remove"]))

    assert f1(reference, text.clauses) > 0.99


@pytest.mark.corpus
@pytest.mark.parametrize("name", WITHOUT)
def test_the_clauses_of_a_recorded_page_survive_the_archive(pages: Path, name: str) -> None:
    clauses = normal(extract_html((pages / f"{name}.html").read_bytes(), content_type="text/html").clauses)

    assert [(c.kind, c.text, c.level, c.marker, c.heading) for c in parse(layout(FrontMatter(), clauses))[1]] == [
        (c.kind, c.text, c.level, c.marker, c.heading) for c in clauses
    ]
