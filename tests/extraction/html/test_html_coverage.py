"""Extraction says how sure it is, and asks a second voice only where it is not."""

from __future__ import annotations

import pytest
from html_pages import COLLECT, KEEP, POLICY, RIGHTS, SHARE, extracted

from policywatch.extraction.html import coverage, second_voice
from policywatch.extraction.html.page import Page
from policywatch.extraction.html.root import choose
from policywatch.extraction.html.tree import body_of, parse
from policywatch.extraction.html.walk import walk


def page_of(markup: str) -> Page:
    return walk(body_of(parse(markup)), Page())


def without(page: Page, *texts: str) -> bytearray:
    keep = choose(page)
    for index, block in enumerate(page.blocks):
        if block.text in texts:
            keep[index] = 0
    return keep


def test_lost_text_lowers_the_confidence_and_names_the_headings() -> None:
    page = page_of(f"<main>{POLICY}</main>")
    whole, half = coverage.check(page, choose(page)), coverage.check(page, without(page, SHARE, RIGHTS))

    assert half.confidence < coverage.UNSURE < whole.confidence
    assert half.headings == ("2. Whom we share it with", "3. Your rights")
    assert "2 headings of the page" in half.notes[0]
    assert "is not in the result" in half.notes[1]


def test_no_text_is_no_confidence() -> None:
    assert extracted("<div id=root></div>").confidence == 0.0


def test_a_text_that_is_no_policy_is_less_sure() -> None:
    recipe = "<p>Boil the potatoes for twenty minutes, peel them while they are hot and mash them with butter.</p>"

    assert extracted(f"<main>{recipe * 4}</main>").confidence < extracted(f"<main>{POLICY}</main>").confidence


def test_the_second_voice_gives_back_what_both_take_for_policy() -> None:
    markup = f"<html><body><div class=a>{POLICY}</div></body></html>"
    page = page_of(markup)
    keep = without(page, SHARE, "2. Whom we share it with")
    lost = coverage.check(page, keep).lost

    assert second_voice.restore(page, keep, lost, markup) == 1
    assert all(keep)


def test_the_second_voice_is_not_asked_about_a_plain_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_voice, "restore", lambda *_: pytest.fail("asked"))

    assert extracted(f"<nav><a href=/>x</a></nav><main>{POLICY}</main><footer>© Lumen</footer>").clauses


def test_the_second_voice_survives_what_readability_does_not() -> None:
    page = page_of(f"<p>{COLLECT}</p><p>{KEEP}</p>")

    assert second_voice.restore(page, bytearray(2), (0,), "") == 0
