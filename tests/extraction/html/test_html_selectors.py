"""A watchlist's selectors and ranges, and the section that a URL's fragment names."""

from __future__ import annotations

import pytest
from html_pages import COLLECT, KEEP, POLICY, POLICY_LINES, RIGHTS, SHARE, extracted

from policywatch.errors import ExtractionError
from policywatch.model import Range, Selector

PAGE = (
    "<body><nav><a href=/>Home</a></nav><div id=a class=part><h1>Terms</h1><p class=x>alpha</p><p>beta</p></div>"
    f"<div id=b class=part><h2 id=h2>Fees</h2><p>gamma</p><p class=x>delta</p></div>"
    f"<p id=end>omega</p><p>{COLLECT}</p></body>"
)


def select(*selectors: Selector, remove: tuple[Selector, ...] = ()) -> list[str]:
    return [clause.plain for clause in extracted(PAGE, select=selectors, remove=remove).clauses]


@pytest.mark.parametrize(
    ("selectors", "lines"),
    [
        (("#b",), ["Fees", "gamma", "delta"]),
        (("#b", "#a h1"), ["Terms", "Fees", "gamma", "delta"]),
        ((".part", ".x", "p.x"), ["Terms", "alpha", "beta", "Fees", "gamma", "delta"]),
        ((".x, h2",), ["alpha", "Fees", "delta"]),
        (("div#a > p:first-of-type",), ["alpha"]),
        (("nav",), ["Home"]),
        ((Range(start_before="h2", end_before="#end"),), ["Fees", "gamma", "delta"]),
        ((Range(start_after="h2", end_after="#b .x"),), ["gamma", "delta"]),
        ((Range(start_before="p.x", end_before=".x ~ p"),), ["alpha"]),
        ((Range(end_before="#b"),), ["Home", "Terms", "alpha", "beta"]),
        ((Range(start_after="#end"),), [COLLECT]),
        (("#end", Range(start_before="h1", end_before="#a p")), ["Terms", "omega"]),
    ],
)
def test_what_is_selected(selectors: tuple[Selector, ...], lines: list[str]) -> None:
    assert select(*selectors) == lines


@pytest.mark.parametrize(
    ("remove", "lines"),
    [
        ((".x",), ["Terms", "beta", "Fees", "gamma"]),
        ((".x", "h1", "#b h2"), ["beta", "gamma"]),
        ((Range(start_before="#a .x", end_before="#b .x"),), ["Terms", "delta"]),
        ((Range(start_after="h1", end_after="h2"),), ["Terms", "gamma", "delta"]),
    ],
)
def test_what_is_removed(remove: tuple[Selector, ...], lines: list[str]) -> None:
    assert select("#a", "#b", remove=remove) == lines


def test_removing_leaves_the_text_behind_the_element() -> None:
    text = extracted(f"<p>{SHARE} <b class=ad>Buy now!</b> And so on.</p><p>{KEEP}</p>", remove=(".ad",))

    assert text.clauses[0].plain == f"{SHARE} And so on."


def test_without_select_the_policy_is_still_looked_for() -> None:
    text = extracted(f"<nav><a href=/>Home</a></nav><main>{POLICY}</main>", remove=("h1",))

    assert [clause.plain for clause in text.clauses] == POLICY_LINES[1:]


def test_a_selector_without_a_match_is_an_error_that_names_it() -> None:
    for selectors in (("#a", "#gone"), (Range(start_before="#gone"),), (Range(start_before="h1", end_after="#gone"),)):
        with pytest.raises(ExtractionError, match="#gone"):
            select(*selectors)


def test_what_is_not_css_is_an_error_that_names_it() -> None:
    with pytest.raises(ExtractionError, match=r"\[\["):
        select("[[")


def test_a_removal_without_a_match_is_a_note() -> None:
    text = extracted(f"<main>{POLICY}</main>", remove=(".banner", Range(start_before=".gone")))

    assert [note for note in text.notes if ".banner" in note]
    assert [note for note in text.notes if ".gone" in note]


@pytest.mark.parametrize(
    "anchor", ["<h2 id=fees>Fees</h2>", "<a name=fees></a><h2>Fees</h2>", "<h2><a id=fees></a>Fees</h2>"]
)
def test_a_fragment_narrows_to_the_headings_section(anchor: str) -> None:
    page = (
        f"<main><h1>Terms</h1><p>{SHARE}</p><h2>Use</h2><p>{RIGHTS}</p>{anchor}<p>{COLLECT}</p><h3>Tax</h3><p>{KEEP}</p>"
        f"<h2>Law</h2><p>{SHARE} Again.</p></main>"
    )
    text = extracted(page, "https://lumen.example/terms#fees")

    assert [clause.plain for clause in text.clauses] == ["Fees", COLLECT, "Tax", KEEP]
    assert any("#fees" in note for note in text.notes)


def test_a_fragment_narrows_to_a_container() -> None:
    page = f"<main><div id=one>{POLICY}</div><div id=two><p>{SHARE}!</p><p>{RIGHTS}!</p></div></main>"

    assert [clause.plain for clause in extracted(page, "https://lumen.example/#two").clauses] == [
        f"{SHARE}!",
        f"{RIGHTS}!",
    ]


@pytest.mark.parametrize("fragment", ["", "/terms", "nowhere", "whole", "word"])
def test_other_fragments_change_nothing(fragment: str) -> None:
    page = f"<body><main id=whole>{POLICY}<p>a <b id=word>word</b> here.</p></main></body>"

    assert len(extracted(page, f"https://lumen.example/legal#{fragment}").clauses) == len(POLICY_LINES) + 1
