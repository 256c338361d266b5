"""What came or went under a "do not" is said to be denied, and nothing else is."""

from __future__ import annotations

import pytest

from policywatch.comparison import compare
from policywatch.model import Clause
from policywatch.reports import wording
from policywatch.reports.denials import denied


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We do not use private messages, résumés or calls for training.", "résumés"),
        ("When you write to us, we won't share it with advertisers or Orbel.", "Orbel"),
        ("You may not use the service to spam, scrape or harass.", "scrape"),
        ("We keep calls. We never sell calls, notes or drafts.", "notes"),
        ("We do not sell any of the following: calls, notes.", "notes"),
        ("We do not sell calls as well as notes, such as drafts.", "drafts"),
    ],
)
def test_what_stands_under_a_denial(text: str, words: str) -> None:
    assert denied(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We use private messages, résumés and calls.", "résumés"),
        ("We do not sell drafts. We share calls and notes.", "notes"),
        ("We do not sell drafts, but we share notes.", "notes"),
        ("We do not sell drafts and may share notes.", "notes"),
        ("We do not share drafts except with Orbel.", "Orbel"),
        ("If you do not agree we share drafts with Orbel.", "Orbel"),
        ("Content that we do not own, calls and notes, is deleted.", "notes"),
        ("We do not only share drafts with Orbel.", "Orbel"),
        ("We may not be able to offer calls or notes.", "notes"),
        ("We do not sell notes. We share notes.", "notes"),
        ("We do not profile you as the law of Freedonia defines it.", "Freedonia"),
        ("We do not sell drafts.", "notes"),
        ("We do not sell drafts.", ""),
    ],
)
def test_what_does_not(text: str, words: str) -> None:
    assert not denied(text, words)


def _shifts(before: str, after: str) -> tuple[str, ...]:
    (change,) = compare(
        *([Clause("paragraph", text, line=1)] if text else [] for text in (before, after)),
    )
    return wording.shifts(change)


def test_reports_say_where_it_came_or_went() -> None:
    long, short = "We do not use calls, notes or drafts for training.", "We do not use calls or drafts for training."
    assert _shifts(long, short) == ("gone from what is denied: notes",)
    assert _shifts(short, long) == ("new in what is denied: notes",)
    assert _shifts(long.replace(" do not", ""), short.replace(" do not", "")) == ("gone: notes",)
